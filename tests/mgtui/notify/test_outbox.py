"""Notices: asked for in the commit of what they tell, sent once each, to a real SMTP server."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from eventstore import SqliteStore, open_store
from eventstore.events import OFFICE_EVENTS, FetchFailed, MailClassified, MailQuarantined, NoticeRaised
from mgtui.notify import MailChannel, Outbox, SmtpServer, Subscriber, Telling
from projections import actions, inline
from projections.fields import as_dicts
from tests.mgtui.cli.test_proof import CONFIG, ERIKA, bounce
from tests.mgtui.rules.mails import classified
from tests.offices import OfficeFolder
from tests.servers.ports import free_ports


@dataclass
class Inbox:
    """What an SMTP server took, and what it answers from now on."""

    answers: list[str] = field(default_factory=list)
    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    port: int = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer.startswith("2"):
            self.envelopes.append(envelope)
            assert isinstance(envelope.content, bytes)
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return answer


class Clock:
    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    inbox = Inbox(port=free_ports(1)[0])
    controller = Controller(inbox, hostname="127.0.0.1", port=inbox.port)
    controller.start()
    try:
        yield inbox
    finally:
        controller.stop()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with open_store(tmp_path / "events.db", OFFICE_EVENTS, inline([actions.PROJECTION])) as opened:
        yield opened


def outbox(store: SqliteStore, port: int, clock: Clock | None = None) -> Outbox:
    channel = MailChannel(
        SmtpServer("127.0.0.1", port, "mgtui@office.example", "plain"), "anna@office.example"
    )
    return Outbox(
        store,
        lambda now: as_dicts(store.query(actions.DUE, (now.isoformat(),))),
        {"anna": channel},
        clock or Clock(),
        attempts=3,
    )


def telling(store: SqliteStore, **changes: Any) -> Telling:
    return Telling(store, [Subscriber("anna", "mail", **changes)])


def notice(why: str = "it has to go by post", **changes: Any) -> NoticeRaised:
    usual: dict[str, Any] = {"mail_id": "m1", "contact_id": "k1", "address": "e@x", "to": (), "rule": "r"}
    return NoticeRaised(**{**usual, "why": why, **changes})


def types(store: SqliteStore) -> list[str]:
    return [recorded.type for recorded in store.read()]


def test_a_notice_goes_out_once_as_a_mail_that_no_program_answers(store: SqliteStore, inbox: Inbox) -> None:
    telling(store).append("mail-m1", [notice()])
    assert outbox(store, inbox.port).run().sent == 1
    assert outbox(store, inbox.port).run().sent == 0
    (mail,) = inbox.mails
    assert "by post" in mail["Subject"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert inbox.envelopes[0].mail_from == "<>"
    assert inbox.envelopes[0].rcpt_tos == ["anna@office.example"]
    assert types(store) == ["NoticeRaised", "ActionRequested", "ActionSucceeded"]


def test_the_notice_is_in_the_commit_of_what_it_tells(store: SqliteStore) -> None:
    telling(store).append("mail-m1", [notice(), notice("again")])
    (request,) = store.read(types=["ActionRequested"])
    assert request.cause == 1
    assert request.data["text"].count("\n") == 1
    refused = telling(store).append("mail-m1", [notice()], 0)
    assert not hasattr(refused, "first_position")
    assert len(list(store.read(types=["ActionRequested"]))) == 1


def test_after_a_crash_the_same_mail_goes_out_under_the_same_id(store: SqliteStore, inbox: Inbox) -> None:
    telling(store).append("mail-m1", [notice()])
    crashed = outbox(store, inbox.port)
    (row,) = crashed.due(datetime.now(UTC))
    crashed._send(row)  # sent, and then the process is killed: nothing was noted
    outbox(store, inbox.port).run()
    assert len({mail["Message-ID"] for mail in inbox.mails}) == 1
    assert types(store)[-1] == "ActionSucceeded"


def test_a_failure_is_tried_again_later_and_given_up_in_the_end(store: SqliteStore, inbox: Inbox) -> None:
    telling(store).append("mail-m1", [notice()])
    clock = Clock()
    box = outbox(store, inbox.port, clock)
    inbox.answers += ["451 later"] * 3
    assert box.run().failed == 1
    assert box.run().failed == 0
    clock.now += timedelta(minutes=2)
    assert box.run().failed == 1
    clock.now += timedelta(minutes=3)
    assert box.run().abandoned == 1
    (given_up,) = store.read(types=["ActionAbandoned"])
    assert given_up.data["error"] == "451 later"
    assert inbox.mails == []


def test_a_mail_that_is_refused_for_good_is_not_tried_again(store: SqliteStore, inbox: Inbox) -> None:
    telling(store).append("mail-m1", [notice()])
    inbox.answers.append("554 no")
    assert outbox(store, inbox.port).run().abandoned == 1


def test_a_server_that_is_not_there_is_tried_again(store: SqliteStore) -> None:
    telling(store).append("mail-m1", [notice()])
    assert outbox(store, 1).run().failed == 1


def test_what_an_operator_or_a_mail_wrote_can_not_add_header_fields(store: SqliteStore, inbox: Inbox) -> None:
    telling(store).append("mail-m1", [notice("a\r\nBcc: all@example.org\r\n\r\nx")])
    outbox(store, inbox.port).run()
    assert inbox.mails[0]["Bcc"] is None
    assert inbox.envelopes[0].rcpt_tos == ["anna@office.example"]


def test_everybody_is_told_only_what_he_wants(store: SqliteStore) -> None:
    quarantined = MailQuarantined(mail_id="m2", error="x", attempts=3)
    everybody = [
        Subscriber("usual", "mail"),
        Subscriber("failures", "mail", failures_only=True),
        Subscriber("box", "mail", grabbers=frozenset({"box"})),
        Subscriber("other", "mail", grabbers=frozenset({"other"})),
        Subscriber("one", "mail", frozenset({"MailQuarantined"})),
        Subscriber("silent", "mail", frozenset({"GrabberStarted"})),
    ]
    told = Telling(store, everybody)
    told.append("mail-m1", [notice()], actor="grabber box")
    told.append("mail-m2", [quarantined], actor="grabber box")
    told.append("mail-m1", [notice(to=("silent",))], actor="grabber box")
    asked = [recorded.data["subscriber"] for recorded in store.read(types=["ActionRequested"])]
    assert asked == ["usual", "box", "usual", "failures", "box", "one", "silent"]


def test_a_server_that_stays_away_is_told_once(store: SqliteStore) -> None:
    failed = FetchFailed(grabber="box", error="no route", transient=True)
    for _ in range(3):
        telling(store).append("grabber-box", [failed])
    assert types(store).count("ActionRequested") == 1


def test_a_notice_that_comes_back_is_never_told_of(store: SqliteStore) -> None:
    told = telling(store, events=frozenset({"MailClassified", "MailQuarantined"}))
    told.append("mail-m3", [read_of("<other@office.example>")])
    told.append("mail-m4", [read_of("<mgtui-action.1@office.example>")])
    assert types(store).count("ActionRequested") == 1


def read_of(message_id: str) -> MailClassified:
    return classified("bounce", original_message_id=message_id)


def test_a_bounced_invoice_is_told_by_mail_through_the_command_line(tmp_path: Path, inbox: Inbox) -> None:
    told = f"""[categories.invoice]
always_send = true
[smtp]
host = "127.0.0.1"
port = {inbox.port}
sender = "mgtui@office.example"
security = "plain"
[subscribers.anna]
mail = "anna@office.example"
"""
    office = OfficeFolder(tmp_path).write(CONFIG + told)
    (tmp_path / "contacts.csv").write_text(f"id,name,addresses\nk1,Erika,{ERIKA}\n")
    for part in ("tmp", "new", "cur"):
        (tmp_path / "Maildir" / part).mkdir(parents=True)
    office.run("contacts", "import", str(tmp_path / "contacts.csv"))
    invoice = bounce().replace("To: erika@", "X-Mailing-Category: invoice\nTo: erika@")
    (tmp_path / "Maildir" / "new" / "1790000000.M1.here").write_text(invoice)
    inbox.answers.append("451 later")
    _, err = office.run("grab", "--once")
    assert "1 to be tried again" in err
    assert [row["state"] for row in office.records("outbox", "list")] == ["open"]
    assert office.records("queue") == []
    (raised,) = office.records("events", "--type", "NoticeRaised")
    (request,) = office.records("events", "--type", "ActionRequested")
    assert request["cause"] == raised["position"]
    office.run("erase", "k1", "--why", "asked for it", "--yes")
    assert "erased" in office.records("events", "--type", "ActionRequested")[0]["data"]
    assert office.records("outbox", "list") == []
    assert ERIKA.encode() not in (office.data / "events.db").read_bytes()
