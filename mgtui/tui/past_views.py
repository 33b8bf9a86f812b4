"""What is shown of the past: counts then and now, and the lists as they were."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mgtui.application import Application
from mgtui.figures import Figures
from mgtui.language import N_, _, figures
from mgtui.lookback import LookBack
from mgtui.questions import Questions, Row
from mgtui.retelling import word
from mgtui.tui import contact_card, review_line
from mgtui.tui.details import Details
from mgtui.tui.paint import Line, field
from mgtui.tui.pane import Layout
from mgtui.tui.telling import columns

#: (the past, text looked for, anchor, backwards, limit) -> rows
Page = Callable[[LookBack, str, Any, bool, int], list[Any]]


@dataclass(frozen=True, slots=True)
class View:
    """A list of the past, and how one of its rows is told."""

    name: str
    page: Page
    draw: Callable[[Any, int], Line]
    key: Callable[[Any], Hashable]
    tell: Callable[[LookBack, Any], Layout]


@dataclass(frozen=True, slots=True)
class Count:
    """A number as it was, and as it is now."""

    name: str
    then: int
    now: int


def counts(look: LookBack, office: Application) -> list[Count]:
    """Give what can be counted, then and now."""
    then, now = _counted(look.ask, look.today), _counted(office.ask, office.today())
    return [Count(name, then.get(name, 0), now.get(name, 0)) for name in dict.fromkeys((*then, *now))]


def _counted(ask: Questions, today: date) -> dict[str, int]:
    open_ = ask.open_counts()
    found = {
        N_("events"): ask.store.head(),
        N_("contacts"): ask.contact_count(),
        N_("waiting in the queue"): open_["bounces"],
        N_("waiting in the import list"): open_["imports"],
    }
    for figure in Figures(ask.query, ask.store).standing(today):
        found[f"suppressions: {figure.name}"] = figure.number
    return found | {f"mails: {kind}": number for kind, number in ask.kinds().items()}


def count_line(count: Count, width: int) -> Line:
    """Lay out a number then and now."""
    change = count.now - count.then
    since = f"{'+' if change > 0 else ''}{figures(change)}" if change else ""
    name = max(24, min(40, width - 34))
    return columns(
        (name_of(count.name), name, ""),
        (f"{figures(count.then):>9}", 9, "strong"),
        (f"{_('now')} {figures(count.now)}", 14, "dim"),
        (since, width - name - 27, "accent"),
    )


def name_of(name: str) -> str:
    """Write the name of a number as a person reads it."""
    group, colon, one = name.partition(": ")
    if not colon:
        return _(name)
    return f"{_('mails')}: {word(one)}" if group == "mails" else f"{_('suppressions')}: {_(one)}"


def _queue(queue: str) -> Page:
    return lambda look, text, anchor, backwards, limit: look.ask.open_page(
        queue, text, anchor, backwards, limit
    )


def _item(look: LookBack, item: Row) -> Layout:
    found = (look.ask.contact(contact_id) for contact_id in item["candidates"][:9])
    candidates = tuple(contact for contact in found if contact is not None)
    return Details(item, look.classified(item["mail_id"]), candidates).lines


def _contact(look: LookBack, row: Row) -> Layout:
    contact = look.ask.contact(row["contact_id"])
    today = look.today
    return lambda width: contact_card.contact_lines(contact, today, width) if contact is not None else ()


def views() -> Sequence[View]:
    """Give the lists: queue, import list, contacts."""
    return (
        View(N_("Queue"), _queue("bounces"), review_line.draw, lambda item: item["item"], _item),
        View(N_("Imports"), _queue("imports"), review_line.draw, lambda item: item["item"], _item),
        View(
            N_("Contacts"),
            lambda look, text, anchor, backwards, limit: look.ask.contacts_page(
                text, anchor, backwards, limit
            ),
            contact_card.draw,
            lambda contact: (contact["name"], contact["contact_id"]),
            _contact,
        ),
    )


def overview(office: Application) -> View:
    """Give the counts, then and now."""

    def page(look: LookBack, _text: str, anchor: Any, _backwards: bool, _limit: int) -> list[Count]:
        return [] if anchor is not None else counts(look, office)

    def tell(_look: LookBack, _count: Count) -> Layout:
        told = _("Nothing can be done here: it is how the office stood then. esc leads back to today.")
        return lambda width: field("", told, width, indent=2)

    return View(N_("Overview"), page, count_line, lambda count: count.name, tell)
