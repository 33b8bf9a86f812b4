"""An office with a log of any length, made quickly, and events that keep coming."""

import itertools
import threading
import time
from pathlib import Path

from eventstore import ANY, Append, Event
from eventstore.events import (
    GrabberStarted,
    MailClassified,
    MailFetched,
    MailMoved,
    ReviewRequested,
    RuleApplied,
)
from mgtui.application import Application
from mgtui.bootstrap import build
from mgtui.commands import ImportContacts
from mgtui.contacts import IncomingContact
from mgtui.settings import Settings, parse_config

BATCH = 400  #: mails in one transaction
EVENTS_OF_A_MAIL = 4
FEEDS = itertools.count(50)


def life(number: int) -> tuple[str, list[Event]]:
    """Tell what happens to one mail; every tenth waits for a person, in the queue or the import list."""
    mail_id = f"{number * 2654435761 % (1 << 80):020x}"
    address = f"person{number}@far{number % 977}.example"
    events: list[Event] = [
        MailFetched(
            mail_id=mail_id, grabber="post", mailbox="maildir:post", folder="INBOX", uid_validity="1",
            uid=str(number), content_digest=f"{number:064x}", size=2000 + number % 5000,
        ),
        MailClassified(
            mail_id=mail_id, kind="bounce", sender=("MAILER-DAEMON@mx.example",), addressees=("b@office.example",),
            subject=f"Undelivered Mail Returned to Sender ({number})", sent_at=None, message_id=f"<{mail_id}@x>",
            recipients=(), original_message_id="", original_addressees=(), mailing="", category="", attachments=0,
            new_address=None, returns_on=None, why="", line=None, findings=(),
        ),
        RuleApplied(
            mail_id=mail_id, contact_id=None, rule="bounce that only counts", ruleset_digest="d", actions=(), why="soft"
        ),
    ]  # fmt: skip
    if number % 10 == 0:
        events.append(
            ReviewRequested(
                mail_id=mail_id, queue="imports" if number % 20 else "bounces", reason="no_contact",
                why=f"nobody has {address}", address=address, candidates=(),
            )
        )  # fmt: skip
    return f"mail-{mail_id}", [*events, MailMoved(mail_id=mail_id, folder="Processed", uid=str(number))]


def make(folder: Path, events: int) -> Application:
    """Make an office with a log of so many events."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mgtui.toml").write_text("", "utf-8")
    office = build(
        Settings(parse_config("", "mgtui.toml"), folder / "mgtui.toml", folder / "data"), "operator bench"
    )
    started = GrabberStarted(grabber="post", mailbox="maildir:post", folder="INBOX", program_version="1")
    office.store.append("grabber-post", [started], actor="grabber post")
    contacts = [
        IncomingContact(
            f"k{number:06}", f"Person {number * 7919 % 100003:06}", (f"p{number}@here.example",), (), {}
        )
        for number in range(events // 10)
    ]
    office.execute(ImportContacts(contacts, "bench.csv"))
    number = 0
    while office.store.head() < events:
        lives = [life(one) for one in range(number, number + BATCH)]
        office.store.append_many([Append(stream, made, ANY) for stream, made in lives], actor="grabber post")
        number += BATCH
    return office


class Feeder(threading.Thread):
    """Appends mails' events at an even pace, until told to stop."""

    def __init__(self, office: Application, per_second: int) -> None:
        super().__init__(daemon=True)
        self._office, self._per_second = office, per_second
        self._stop_asked = threading.Event()
        self.appended = 0

    def run(self) -> None:
        """Append what is due, twenty times a second."""
        start, number = time.perf_counter(), next(FEEDS) * 1_000_000
        while not self._stop_asked.wait(0.05):
            due = int((time.perf_counter() - start) * self._per_second) - self.appended
            lives = [life(number + one) for one in range(due // EVENTS_OF_A_MAIL)]
            if lives:
                self._office.store.append_many([Append(*told, ANY) for told in lives], actor="grabber post")
                number += len(lives)
                self.appended += sum(len(told) for _, told in lives)

    def __enter__(self) -> "Feeder":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop_asked.set()
        self.join()
