"""A log such as an office has, made up: what happens to a thousand mails and more."""

import os
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import Any, ClassVar

from eventstore import Event
from projections import Fact, Projection, Rows, Table

EVENTS = int(os.environ.get("BENCH_EVENTS", "1000000"))  #: how many the large benchmarks take


class Fetched(Event):
    mail_id: str
    mailbox: str
    folder: str
    uid_validity: str
    uid: str
    content_digest: str
    size: int


class Classified(Event):
    personal: ClassVar[frozenset[str]] = frozenset({"sender", "subject"})

    mail_id: str
    kind: str
    sender: str
    subject: str
    message_id: str
    severity: str
    findings: tuple[str, ...]


class Matched(Event):
    personal: ClassVar[frozenset[str]] = frozenset({"address"})

    mail_id: str
    contact_id: str
    address: str


class Ruled(Event):
    mail_id: str
    contact_id: str
    rule: str
    ruleset_digest: str
    actions: tuple[str, ...]
    why: str


class Moved(Event):
    mail_id: str
    folder: str
    uid: str


class Counted(Event):
    contact_id: str
    mail_id: str
    severity: str
    day: str


class Suppressed(Event):
    contact_id: str
    until: str | None


class ReviewAsked(Event):
    mail_id: str
    queue: str


class Reviewed(Event):
    mail_id: str
    contact_id: str


class Filed(Event):
    mail_id: str
    contact_id: str
    attachments: int


BENCH_EVENTS = (Fetched, Classified, Matched, Ruled, Moved, Counted, Suppressed, ReviewAsked, Reviewed, Filed)

Made = tuple[str, type[Event], dict[str, Any]]  #: stream, type, fields


def life_of_a_mail(number: int) -> Iterator[Made]:
    """Tell what happens to one mail: five to eight events, most in its own stream, some in its contact's."""
    name = sha256(b"%d" % number).hexdigest()
    mail_id, contact_id = name[:24], f"c{number * 7919 % 20011}"
    stream, contact = f"mail-{mail_id}", f"contact-{contact_id}"
    day = f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}"
    common = {"mail_id": mail_id, "contact_id": contact_id}
    yield stream, Fetched, {
        "mail_id": mail_id, "mailbox": "bounces@office.example", "folder": "INBOX", "uid_validity": "17",
        "uid": str(number), "content_digest": name, "size": 2000 + number % 5000,
    }  # fmt: skip
    yield stream, Classified, {
        "mail_id": mail_id, "kind": "bounce", "sender": "MAILER-DAEMON@mx.example", "severity": "soft",
        "subject": f"Undelivered Mail Returned to Sender ({number})", "message_id": f"<{mail_id}@mx.example>",
        "findings": (),
    }  # fmt: skip
    yield stream, Matched, {**common, "address": f"person{number}@example.org"}
    if number % 10 < 6:
        yield contact, Counted, {**common, "severity": "hard" if number % 3 else "soft", "day": day}
    if number % 10 == 3:
        yield contact, Suppressed, {"contact_id": contact_id, "until": None if number % 4 else day}
    if number % 10 == 7:
        yield stream, ReviewAsked, {"mail_id": mail_id, "queue": "bounces"}
    if number % 20 == 17:
        yield stream, Reviewed, common
    if number % 10 > 6:
        yield stream, Filed, {**common, "attachments": number % 3}
    yield stream, Ruled, {
        **common, "rule": "three-soft", "ruleset_digest": name[:32], "actions": ("suppress",),
        "why": "three soft bounces within 30 days",
    }  # fmt: skip
    yield stream, Moved, {"mail_id": mail_id, "folder": "Done", "uid": str(number)}


def made_up(first_mail: int = 0) -> Iterator[Made]:
    """Tell what happens to mail after mail."""
    while True:
        yield from life_of_a_mail(first_mail)
        first_mail += 1


def count_bounce(tables: Mapping[str, Rows], fact: Fact) -> None:
    """Count by contact and severity, and remember the last day."""
    data, rows = fact.data, tables["bounce_counts"]
    row = rows.get(data["contact_id"])
    if row is None:
        row = {"contact_id": data["contact_id"], "hard": 0, "soft": 0, "last_day": ""}
    row[data["severity"]] += 1
    if data["day"] > row["last_day"]:
        row["last_day"] = data["day"]
    rows.put(row)


def suppress(tables: Mapping[str, Rows], fact: Fact) -> None:
    """Keep who gets nothing more."""
    tables["suppressions"].put({**fact.data, "position": fact.position})


def queue(tables: Mapping[str, Rows], fact: Fact) -> None:
    """Keep what waits for a person."""
    if fact.type == "ReviewAsked":
        tables["reviews"].put({**fact.data, "since": fact.recorded_at})
    else:
        tables["reviews"].delete(fact.data["mail_id"])


def file(tables: Mapping[str, Rows], fact: Fact) -> None:
    """Count the documents of a contact."""
    contact_id, rows = fact.data["contact_id"], tables["documents"]
    row = rows.get(contact_id)
    if row is None:
        row = {"contact_id": contact_id, "mails": 0, "attachments": 0}
    row["mails"] += 1
    row["attachments"] += fact.data["attachments"]
    rows.put(row)


def projection(
    name: str, columns: dict[str, str], reads: dict[type[Event], tuple[str, ...]], fold: Callable[..., None]
) -> Projection:
    """Make a projection with one table, whose first column is the key."""
    return Projection(name, 1, (Table(name, columns, (next(iter(columns)),)),), reads, fold)


FOUR = (
    projection(
        "bounce_counts",
        {"contact_id": "TEXT", "hard": "INTEGER", "soft": "INTEGER", "last_day": "TEXT"},
        {Counted: ("contact_id", "severity", "day")},
        count_bounce,
    ),
    projection(
        "suppressions",
        {"contact_id": "TEXT", "until": "TEXT", "position": "INTEGER"},
        {Suppressed: ("contact_id", "until")},
        suppress,
    ),
    projection(
        "reviews",
        {"mail_id": "TEXT", "queue": "TEXT", "since": "TEXT"},
        {ReviewAsked: ("mail_id", "queue"), Reviewed: ("mail_id",)},
        queue,
    ),
    projection(
        "documents",
        {"contact_id": "TEXT", "mails": "INTEGER", "attachments": "INTEGER"},
        {Filed: ("contact_id", "attachments")},
        file,
    ),
)
