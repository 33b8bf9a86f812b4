"""Classified mails and contacts in short words, for tests of decisions."""

from datetime import date
from typing import Any

from eventstore import Event, data_of
from eventstore.events import MailClassified, Verdict
from mgtui.contacts import INITIAL, ContactState, Internal, evolve
from mgtui.rules import Decision, Known, Office, decide, default_rules
from mgtui.rules.load import LoadedRules

TODAY = date(2026, 11, 20)


def verdict(recipient: str | None, severity: str = "hard", **changes: Any) -> Verdict:
    usual: dict[str, Any] = {
        "recipient": recipient,
        "original_recipient": None,
        "status": None,
        "reply_code": None,
        "diagnostic": "",
        "remote_mta": None,
        "reason": "user_unknown",
        "severity": severity,
        "reader": "test",
        "entry": "",
        "line": 1,
        "text": "said so",
    }
    return Verdict(**{**usual, **changes})


def classified(kind: str, *recipients: Verdict, **changes: Any) -> MailClassified:
    usual: dict[str, Any] = {
        "mail_id": "m1",
        "kind": kind,
        "sender": (),
        "addressees": (),
        "subject": "",
        "sent_at": "2026-11-10T08:00:00+00:00",
        "message_id": "",
        "recipients": recipients,
        "original_message_id": "",
        "original_addressees": (),
        "mailing": "",
        "category": "",
        "attachments": 0,
        "new_address": None,
        "returns_on": None,
        "why": "",
        "line": None,
        "findings": (),
    }
    return MailClassified(**{**usual, **changes})


def office(rules: LoadedRules | None = None) -> Office:
    loaded = rules or default_rules()
    return Office(
        loaded.rules, loaded.digest, Internal.of(["office.example"]), always_send=frozenset({"invoice"})
    )


def contact(*addresses: str, lists: tuple[str, ...] = (), events: tuple[Event, ...] = ()) -> ContactState:
    data = {"name": "Erika", "addresses": addresses, "lists": lists, "fields": {}}
    state = evolve(INITIAL, "ContactImported", data)
    for event in events:
        state = evolve(state, type(event).__name__, data_of(event))
    return state


def known(**contacts: ContactState) -> Known:
    holders: dict[str, tuple[str, ...]] = {}
    for contact_id, state in contacts.items():
        for address in state.addresses:
            holders[address] = (*holders.get(address, ()), contact_id)
    return Known(holders, contacts)


def decided(mail: MailClassified, knowledge: Known, rules: LoadedRules | None = None) -> Decision:
    return decide(mail, knowledge, office(rules), TODAY)


def names(decision: Decision) -> list[str]:
    return [type(event).__name__ for event in decision.events]


def only(decision: Decision, event_type: type[Event]) -> Any:
    found = [event for event in decision.events if isinstance(event, event_type)]
    assert len(found) == 1, names(decision)
    return found[0]
