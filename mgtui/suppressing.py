"""Suppressing an address by hand: what is appended, what would be, and why it may be refused."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eventstore import Append, Appended, EventStore, Sibling
from eventstore.events import AddressSuppressed, ReviewDismissed
from mgtui.commands import Outcome, SuppressAddress
from mgtui.contacts import normalise
from mgtui.language import N_, _
from mgtui.moments import day
from mgtui.questions import Row
from projections.fields import as_list
from projections.reviews import BRAKE

if TYPE_CHECKING:
    from mgtui.application import Application

NOBODY = ""  #: contact id of a suppression of an address that no contact has


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Streams and what is appended to them: the suppression at every contact that has the address."""

    address: str
    why: str
    contacts: tuple[str, ...]  #: ids; `NOBODY` alone where nobody has the address
    events: tuple[AddressSuppressed, ...]


def carry_out(
    command: SuppressAddress, office: "Application", closing: Row | None = None, version: int = 0
) -> Outcome | None:
    """Suppress, and close an item whose mail's stream has this version; None where somebody was faster."""
    if closing is not None and closing["reason"] == BRAKE:
        return Outcome(False, _("no single address stands behind this item"))
    plan = planned(command, office)
    if isinstance(plan, str):
        return Outcome(False, plan)
    appends = as_appends(plan, closing, office.store, version)
    if not appends:
        return Outcome(True, _("{address} is suppressed already").format(address=plan.address))
    result = office.log.append_many(appends, actor=office.operator)
    if not isinstance(result, Appended):
        return None
    until = f" {_('until {day}').format(day=day(command.until))}" if command.until else ""
    told = _("no more mail to {address}{until}").format(address=plan.address, until=until)
    return Outcome(True, told, (result.first_position, result.last_position))


def foresee(command: SuppressAddress, office: "Application") -> tuple[AddressSuppressed, ...]:
    """Give the suppressions that a command would put in force as things stand now, and append nothing."""
    plan = planned(command, office)
    return () if isinstance(plan, str) else plan.events


def planned(command: SuppressAddress, office: "Application") -> Suppressed | str:
    """Lay out a suppression, or say in one line why it is refused; no events where it stands already."""
    address = normalise(command.address)
    problem = _problem(command, address, office)
    if problem:
        return problem
    contacts = office.ask.holders([address]).get(address, ()) or (NOBODY,)
    standing = office.ask.suppressions_of(address)
    open_ = [one for one in contacts if not any(_says_as_much(row, one, command) for row in standing)]
    events = tuple(
        AddressSuppressed(
            contact_id=contact_id,
            address=address,
            categories=command.categories,
            until=command.until.isoformat() if command.until else None,
            mail_id=None,
            rule="",
            why=command.why.strip(),
            day=office.today().isoformat(),
        )
        for contact_id in open_
    )
    return Suppressed(address, command.why.strip(), contacts, events)


def as_appends(plan: Suppressed, closing: Row | None, store: EventStore, version: int) -> list[Append]:
    """Lay out the transaction; with an item of the queue, its end comes first and causes the rest."""
    appends = []
    if closing is not None:
        reason = N_("address suppressed: {why}").format(why=plan.why)
        ended = ReviewDismissed(mail_id=closing["mail_id"], address=closing["address"], reason=reason)
        appends.append(Append(f"mail-{closing['mail_id']}", [ended], version, [closing["item"]]))
    for event in plan.events:
        causes = [Sibling(0)] if appends else []
        stream = stream_for(event.contact_id)
        appends.append(Append(stream, [event], store.stream_version(stream), causes))
    return appends


def stream_for(contact_id: str) -> str:
    """Give the stream of a contact, or a new one: what nobody has is in no stream, and no name may betray it."""
    return f"contact-{contact_id}" if contact_id != NOBODY else f"address-{secrets.token_hex(8)}"


def stopped_and_sent(
    categories: Sequence[str], configured: Collection[str], always_send: Collection[str]
) -> tuple[list[str], list[str]]:
    """Give the categories that a suppression stops, and those that go all the same."""
    stopped = [one for one in configured if one not in always_send and (not categories or one in categories)]
    return stopped, [one for one in configured if one not in stopped]


def _problem(command: SuppressAddress, address: str, office: "Application") -> str:
    categories = office.settings.config.categories
    if not address:
        return _("{address} is no mail address").format(address=command.address)
    if not command.why.strip():
        return _("a suppression needs a reason")
    if command.until and command.until <= office.today():
        return _("{day} has come already; a suppression ends on a day to come").format(day=command.until)
    for name in command.categories:
        if name not in categories:
            there = ", ".join(categories) or _("none")
            return _("there is no category {name}; the configuration has {there}").format(
                name=name, there=there
            )
        if name in office.always_send:
            return _("{name} is always sent, so nothing is suppressed in it").format(name=name)
    return ""


def _says_as_much(row: Row, contact_id: str, command: SuppressAddress) -> bool:
    """Tell whether a suppression that stands holds for as much and as long already."""
    kept = row["categories"]
    categories = as_list(kept) if isinstance(kept, str) else kept
    wider = not categories or (command.categories and set(command.categories) <= set(categories))
    until = command.until.isoformat() if command.until else None
    longer = row["until"] is None or (until is not None and row["until"] >= until)
    return bool(row["contact_id"] == contact_id and wider and longer)
