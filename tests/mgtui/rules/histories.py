"""Generated histories of an office: real mails, real commands, a real log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from eventstore.events import MailFetched
from mgtui.application import Application
from mgtui.bootstrap import build
from mgtui.commands import (
    AssignMail,
    Command,
    DismissReview,
    ImportContacts,
    LiftSuppression,
    NoteSending,
    Outcome,
    UndoEvent,
)
from mgtui.contacts import IncomingContact
from mgtui.deciding import Pending
from mgtui.settings import Settings, parse_config

TODAY = date(2026, 11, 20)
CONFIG = """
[office]
internal = ["office.example"]
[categories.invoice]
always_send = true
[categories.newsletter]
"""
ADDRESSES = ("k0@example.org", "k1@example.org", "k2@example.org", "nobody@example.org")
CODES = {"hard": "550 5.1.1 User unknown", "soft": "452 4.2.2 Mailbox full", "refused": "554 5.7.1 Spam"}
REPORT = """\
From: MAILER-DAEMON@mx.example.org
To: bounces@office.example
Subject: Undelivered Mail Returned to Sender
Date: {day:%d %b %Y} 09:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--b
Content-Type: text/rfc822-headers

From: us@office.example
To: {address}
X-Mailing-Id: {mailing}
X-Mailing-Category: {category}

--b--
"""
LETTER = """\
From: {address}
To: us@office.example
Subject: Hello
Date: {day:%d %b %Y} 09:00:00 +0000

A letter.
"""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that comes in."""

    kind: str  #: hard, soft, refused, delivered, letter
    address: str
    days_ago: int = 0
    mailing: str = "m"
    category: str = "newsletter"

    @property
    def raw(self) -> bytes:
        day = TODAY - timedelta(days=self.days_ago)
        if self.kind == "letter":
            return LETTER.format(address=self.address, day=day).encode()
        said = CODES.get(self.kind, "250 2.0.0 taken")
        return REPORT.format(
            day=day,
            address=self.address,
            action="delivered" if self.kind == "delivered" else "failed",
            status=said.split()[1],
            said=said,
            mailing=self.mailing,
            category=self.category,
        ).encode()


@dataclass(frozen=True, slots=True)
class Act:
    """Something an operator does; `number` picks the item, event or address."""

    what: str  #: assign, remember, dismiss, lift, import, undo, send
    number: int


MAILS = st.builds(
    Mail,
    st.sampled_from(["hard", "soft", "soft", "soft", "refused", "delivered", "letter"]),
    st.sampled_from(ADDRESSES),
    st.integers(0, 120),
    st.sampled_from(["m", "n", "o"]),
    st.sampled_from(["newsletter", "invoice", ""]),
)
ACTS = st.builds(
    Act,
    st.sampled_from(["assign", "remember", "dismiss", "lift", "import", "undo", "send"]),
    st.integers(0, 200),
)
HISTORIES = st.lists(st.one_of(MAILS, MAILS, ACTS), max_size=14)


class Office:
    """An office in a folder, to which a history happens."""

    def __init__(self, folder: Path) -> None:
        settings = Settings(parse_config(CONFIG, "test"), folder / "mgtui.toml", folder)
        self.application: Application = build(settings, "tester", lambda: TODAY)
        self.mails = 0
        self.do(Act("import", 1))

    def live(self, history: Sequence[Mail | Act]) -> None:
        for step in history:
            if isinstance(step, Mail):
                self.take(step)
            else:
                self.do(step)

    def take(self, mail: Mail) -> None:
        self.mails += 1
        mail_id = f"m{self.mails}"
        fetched = MailFetched(
            mail_id=mail_id,
            grabber="box",
            mailbox="b",
            folder="INBOX",
            uid_validity="1",
            uid=mail_id,
            content_digest="",
            size=0,
        )
        self.application.store.append(f"mail-{mail_id}", [fetched])
        deciding = self.application.deciding
        deciding.settle([Pending(mail_id, deciding.read(mail_id, mail.raw), 1)], TODAY, "grabber box")

    def do(self, act: Act) -> Outcome | None:
        command = self.command(act)
        return self.application.execute(command) if command else None

    def command(self, act: Act) -> Command | None:
        """Turn an act into a command on what is there now."""
        address = ADDRESSES[act.number % 3]
        match act.what:
            case "assign" | "remember" | "dismiss":
                items = [
                    *self.application.ask.open_items("bounces"),
                    *self.application.ask.open_items("imports"),
                ]
                if not items:
                    return None
                item = items[act.number % len(items)]["item"]
                if act.what == "dismiss":
                    return DismissReview(item, "nothing")
                return AssignMail(item, f"k{act.number % 3}", act.what == "remember")
            case "lift":
                return LiftSuppression(address, "she called")
            case "send":
                return NoteSending(address, "newsletter")
            case "undo":
                return UndoEvent(1 + act.number % self.application.store.head())
            case _:
                both = (
                    [ADDRESSES[n] for n in range(3)]
                    if act.number % 2
                    else ["new@example.org", *ADDRESSES[1:3]]
                )
                contacts = [IncomingContact(f"k{n}", f"K{n}", (both[n],), ("newsletter",)) for n in range(3)]
                return ImportContacts(contacts, "test")

    @property
    def standing(self) -> dict[str, Any]:
        """Tell how things stand, without times and positions."""
        ask, state = self.application.ask, self.application.deciding.state
        contacts = {}
        for n in range(3):
            of = state(f"k{n}")
            contacts[n] = (of.addresses, of.remembered, of.lists, of.left, sorted(of.bounces), of.suppressed)
        counts = ask.query("SELECT * FROM bounce_counts ORDER BY contact_id, address", ())
        shown = ("address", "contact_id", "categories", "until", "rule", "probed")
        return {
            "contacts": contacts,
            "counts": [
                {name: row[name] for name in COUNTED} for row in counts if any(map(row.get, SEVERITIES))
            ],
            "suppressed": sorted(tuple(map(row.get, shown)) for row in ask.suppressions()),
            "open": [row["item"] for queue in ("bounces", "imports") for row in ask.open_items(queue)],
            "documents": ask.query("SELECT contact_id, mail_id FROM documents ORDER BY 1, 2", ()),
        }


SEVERITIES = ("hard", "soft", "refused", "undetermined")
COUNTED = ("contact_id", "address", *SEVERITIES)
