"""What `mgtui grab --dry-run` says."""

from typing import Any

import click

from eventstore import data_of
from eventstore.events import MailClassified
from mgtui.cli.common import print_json, say
from mgtui.faults import fault_in_words
from mgtui.grabber import Foreseen, Service, foresee
from mgtui.language import _, counted
from mgtui.retelling import word
from mgtui.story import words_for
from mgtui.wording import harmless


def tell_foreseen(service: Service, as_json: bool) -> None:
    """Say for each mail of a grabber what would happen to it. Raises `MailboxError`."""
    number = 0
    try:
        for found in foresee(service.grabber):
            number += 1
            record = _as_record(service.grabber.name, found)
            if as_json:
                print_json(record)
            else:
                _tell(record)
    finally:
        service.grabber.mailbox.close()
    told = counted(number, "{} mail looked at, nothing touched", "{} mails looked at, nothing touched")
    say(f"{service.grabber.name}: {told}")


def _as_record(grabber: str, found: Foreseen) -> dict[str, Any]:
    mail = next((event for event in found.events if isinstance(event, MailClassified)), None)
    events = [
        {"type": type(event).__name__, "data": data_of(event)} for event in found.events if event is not mail
    ]
    return {
        "grabber": grabber,
        "uid": found.uid,
        "mail_id": found.mail_id,
        "size": found.size,
        "kind": mail.kind if mail else "",
        "sender": next(iter(mail.sender), "") if mail else "",
        "subject": mail.subject if mail else "",
        "target": found.target,
        "note": found.note,
        "events": events,
    }


def _tell(record: dict[str, Any]) -> None:
    there = _("to {folder}").format(folder=record["target"])
    where = there if record["target"] else _("stays, and is tried again")
    note = f" ({fault_in_words(record['note'])})" if record["note"] else ""
    what = " ".join(filter(None, (word(record["kind"]), record["sender"], record["subject"])))
    click.echo(harmless(f"{record['grabber']} {record['uid']}: {where}: {what}{note}"))
    for event in record["events"]:
        click.echo(f"    {event['type']}: {words_for(event['type'], event['data'])}")
