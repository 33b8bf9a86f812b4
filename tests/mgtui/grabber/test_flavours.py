"""Whole rounds against servers that speak like those of several makes, and against some that misbehave."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mgtui.application import Application
from mgtui.bootstrap import build_grabber
from mgtui.cli.doctor import balance_of
from mgtui.grabber import Service, run_all
from mgtui.mailbox import MailboxRefused, MailboxUnavailable
from tests.mgtui.grabber.letters import letter
from tests.mgtui.grabber.states import office_on, opened
from tests.mgtui.grabber.test_service import ended, until
from tests.servers.flavoured import FlavouredServer
from tests.servers.flavours import CYRUS, EXCHANGE, FLAVOURS, GMAIL, OLD, Flavour

Office = tuple[FlavouredServer, Application, Service]
Open = Callable[..., Office]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Open]:
    """Open an office on a server of a flavour."""
    opened_ones: list[object] = []

    def make(flavour: Flavour, more: str = "", folders: str = "") -> Office:
        server = FlavouredServer(flavour)
        server.__enter__()
        folder = office_on(tmp_path / f"office-{len(opened_ones)}", server.port, batch=2)
        folder.write(folder.config.read_text("utf-8") + more + folders)
        context = opened(folder)
        application = context.__enter__()
        service = build_grabber(application, "bounces", lambda *_: None)
        opened_ones.append((server, context, service))
        return server, application, service

    yield make
    for server, context, service in opened_ones:  # type: ignore[misc]
        service.grabber.mailbox.close()  # type: ignore[has-type]
        context.__exit__(None, None, None)  # type: ignore[has-type]
        server.__exit__(None, None, None)  # type: ignore[has-type]


def types(application: Application) -> Counter[str]:
    return Counter(event.type for event in application.ask.events())


def assert_balanced(application: Application) -> None:
    counted = application.ask.counted()
    for row in application.ask.balance():
        assert balance_of(row, counted[row["grabber"]])["balanced"], row


@pytest.mark.parametrize("flavour", FLAVOURS, ids=lambda flavour: flavour.name)
def test_a_round_takes_everything_in_and_harms_nothing(office: Open, flavour: Flavour) -> None:
    server, application, service = office(flavour)
    for number in range(4):
        server.deliver(letter(number), flags=b"\\Deleted" if number == 3 else b"")
    server.deliver(letter(0))
    service.once()
    expected = [letter(number) for number in (0, 1, 2, 3, 0)]
    manual = flavour.prefix + b"Manual"
    assert sorted(server.mails(manual)) == sorted(expected)
    assert not server.folders[b"INBOX"].mails
    if flavour.everything:
        assert sorted(server.mails(flavour.everything)) == sorted(expected), "labels move, mails stay"
    assert server.subscribed == {flavour.prefix + b"Processed", manual}
    assert not server.words() & {b"EXPUNGE", b"CLOSE"}
    assert (b"UID MOVE" in server.words()) == flavour.can("MOVE")
    assert not any(b"BODY[" in line.upper() for line in server.lines), "no mail is marked as seen"
    by_uid = {uid: mail.raw for uid, mail in server.folders[manual].mails.items()}
    blobs = service.grabber.blobs
    digests = {event.data["mail_id"]: event.data for event in application.ask.events(types=["MailFetched"])}
    for event in application.ask.events(types=["MailMoved"]):
        assert by_uid[int(event.data["uid"])] == blobs.get(digests[event.data["mail_id"]]["content_digest"])
    found = types(application)
    assert (found["MailFetched"], found["MailMoved"], found["MailVanished"]) == (5, 5, 0)
    service.once()
    assert types(application)["MailFetched"] == 5
    assert_balanced(application)


@pytest.mark.parametrize("flavour", [*FLAVOURS, OLD], ids=lambda flavour: flavour.name)
def test_a_mail_that_comes_while_it_waits_is_taken_in(office: Open, flavour: Flavour) -> None:
    server, application, service = office(flavour, "allow_deleted_marks = true\n")
    service.poll_seconds = 600.0 if flavour.can("IDLE") else 0.05
    stop = threading.Event()
    threads = run_all([service], stop)
    until(lambda: [status.state for status in application.grabbers()] in (["idle"], ["poll"]))
    if flavour.can("IDLE"):
        until(lambda: b"IDLE" in server.words())
    server.deliver(letter(1))
    until(lambda: types(application)["MailMoved"] == 1)
    ended(threads, stop)
    assert (b"IDLE" in server.words()) == flavour.can("IDLE")


def test_without_move_and_uidplus_nothing_is_touched_until_a_setting_allows_marks(office: Open) -> None:
    server, application, service = office(OLD)
    server.deliver(letter(1))
    with pytest.raises(MailboxRefused, match="allow_deleted_marks"):
        service.once()
    assert server.mails(b"INBOX") == [letter(1)]
    assert not server.words() & {b"UID STORE", b"UID COPY", b"EXPUNGE"}
    assert types(application)["MailFetched"] == 1, "it is stored and decided all the same"


def test_with_marks_allowed_a_mail_is_copied_marked_and_left_to_an_old_server(office: Open) -> None:
    server, application, service = office(OLD, "allow_deleted_marks = true\n")
    for number in range(3):
        server.deliver(letter(number))
    for _ in range(2):
        service.once()
    assert server.mails(b"Manual") == [letter(number) for number in range(3)]
    assert not server.mails(b"INBOX")
    assert len(server.folders[b"INBOX"].mails) == 3, "the server removes them some day, we never do"
    assert not server.words() & {b"EXPUNGE", b"CLOSE", b"UID EXPUNGE"}
    found = types(application)
    assert (found["MailFetched"], found["MailMoved"], found["MailMetAgain"]) == (3, 3, 0)
    assert_balanced(application)


def test_all_mail_of_gmail_is_refused_because_nothing_can_be_moved_out_of_it(office: Open) -> None:
    folders = 'folders = { inbox = "[Gmail]/Alle Nachrichten" }\n'
    server, application, service = office(GMAIL, folders=folders)
    server.deliver(letter(1))
    with pytest.raises(MailboxRefused, match="shows mails of other folders"):
        service.once()
    assert types(application)["MailFetched"] == 0
    assert server.mails(b"INBOX") == [letter(1)]


@pytest.mark.parametrize(
    ("flavour", "use", "folder"),
    [
        (EXCHANGE, "Sent", b"Sent Items"),  # marked, though it doesn't announce SPECIAL-USE
        (GMAIL, "Trash", b"[Gmail]/M&APw-ll"),  # listed in modified UTF-7, though UTF-8 was agreed on
        (CYRUS, "Sent", b"INBOX.Sent"),
    ],
    ids=lambda value: value.name if isinstance(value, Flavour) else str(value),
)
def test_special_folders_are_found_by_their_use(
    office: Open, flavour: Flavour, use: str, folder: bytes
) -> None:
    folders = f'folders = {{ inbox = "INBOX", done = "Processed", manual = "\\\\{use}" }}\n'
    server, _application, service = office(flavour, folders=folders)
    server.deliver(letter(1))
    service.once()
    assert server.mails(folder) == [letter(1)]


def test_utf8_is_accepted_where_a_server_offers_it(office: Open) -> None:
    folders = 'folders = { inbox = "INBOX", done = "Erledigt für 2026", manual = "Müll & Co" }\n'
    server, _application, service = office(GMAIL, folders=folders)
    raw = "From: Jürgen <jürgen@müller.example>\r\nSubject: Grüße\r\n\r\nHallo\r\n".encode()
    server.deliver(raw)
    service.once()
    assert b"ENABLE UTF8=ACCEPT" in server.lines
    assert server.mails("Müll & Co".encode()) == [raw]
    server, _application, service = office(CYRUS, folders=folders)
    server.deliver(raw)
    service.once()
    assert not any(line.startswith(b"ENABLE") for line in server.lines)
    assert server.mails(b"INBOX.M&APw-ll &- Co") == [raw]


def once_instead(start: bytes, *lines: bytes) -> Callable[[bytes, FlavouredServer], list[bytes] | None]:
    """Answer the first command that begins so with these lines."""
    left = [list(lines)]
    return lambda line, _server: left.pop() if left and line.upper().startswith(start) else None


def test_a_mail_that_never_gives_its_bytes_is_told_and_holds_up_no_other(office: Open) -> None:
    server, application, service = office(CYRUS)
    for number in range(3):
        server.deliver(letter(number))

    def withhold(line: bytes, server: FlavouredServer) -> list[bytes] | None:
        if not (line.upper().startswith(b"UID FETCH") and b"BODY.PEEK[]" in line):
            return None
        whole = b"* %d FETCH (UID %d BODY[] {%d}\r\n%s)"
        mails = list(server.folders[b"INBOX"].mails.items())
        lines = [whole % (at, uid, len(mail.raw), mail.raw) for at, (uid, mail) in enumerate(mails, start=1)]
        return [line if b"UID 2 " not in line else b"* 2 FETCH (UID 2 BODY[] NIL)" for line in lines] + [
            b"%TAG% OK done"
        ]

    server.misbehave = withhold
    for _ in range(2):
        done = service.once()
        assert done.unreadable == ["2"]
    assert server.mails(b"INBOX") == [letter(1)]
    assert sorted(server.mails(b"INBOX.Manual")) == [letter(0), letter(2)]
    [failed] = application.ask.events(types=["FetchFailed"])
    assert "UID 2" in failed.data["error"]
    server.misbehave = lambda _line, _server: None
    service.once()
    assert not server.mails(b"INBOX")
    assert types(application)["FetchResumed"] == 1
    assert_balanced(application)


@pytest.mark.parametrize(
    ("start", "lines"),
    [
        (b"UID MOVE", [b"%CLOSE%"]),
        (b"UID MOVE", [b"%TAG% NO [UNAVAILABLE] later"]),
        (b"UID MOVE", [b"%TAG% NO [THROTTLED] slowly"]),
        (b"UID MOVE", [b"%TAG% OK [COPYUID 9 77 78] done"]),
        (b"UID MOVE", [b"%TAG% OK done"]),
        (b"UID MOVE", [b"* BYE Request is throttled. Suggested Backoff Time: 2000 milliseconds", b"%CLOSE%"]),
        (b"UID FETCH", [b"* 1 FETCH (UID 99 RFC822.SIZE 5)", b"%TAG% OK done"]),
        (b"UID FETCH", [b"%TAG% NO The server returned the following error: 9"]),
        (b"UID SEARCH", [b"* SEARCH 901 902", b"%TAG% OK done"]),
        (b"UID SEARCH", [b"* SEARCH", b"%TAG% OK done"]),
        (b"STATUS", [b"* BYE Connection is closed. 13", b"%CLOSE%"]),
        (b"SELECT", [b"%TAG% NO [INUSE] another program has it"]),
        (b"NAMESPACE", [b"%TAG% BAD Command Error. 12"]),
    ],
    ids=lambda value: value.decode() if isinstance(value, bytes) else b" / ".join(value).decode(),
)
def test_whatever_a_server_answers_once_the_next_round_ends_as_if_it_had_not(
    office: Open, start: bytes, lines: list[bytes]
) -> None:
    server, application, service = office(EXCHANGE)
    for number in range(5):
        server.deliver(letter(number))
    server.misbehave = once_instead(start, *lines)
    try:
        service.once()
    except (MailboxUnavailable, MailboxRefused) as error:
        assert "\n" not in str(error)
    server.misbehave = lambda _line, _server: None
    service.once()
    assert sorted(server.mails(b"Manual")) == [letter(number) for number in range(5)]
    assert not server.folders[b"INBOX"].mails
    found = types(application)
    assert (found["MailFetched"], found["MailMoved"], found["MailVanished"]) == (5, 5, 0)
    assert_balanced(application)


def test_an_alert_is_an_event_once_a_day_and_is_shown(office: Open) -> None:
    server, application, service = office(CYRUS)

    def alerting(line: bytes, _server: FlavouredServer) -> list[bytes] | None:
        if line.startswith(b"UID SEARCH"):
            return [b"* OK [ALERT] 95% of your \x1b[31mquota is used", b"* SEARCH", b"%TAG% OK done"]
        return None

    server.misbehave = alerting
    for _ in range(3):
        service.once()
    [alert] = application.ask.events(types=["AlertReceived"])
    assert "quota is used" in alert.data["text"]
    assert "\x1b" not in alert.data["text"]
    [status] = application.grabbers()
    assert status.alert == alert.data["text"]


def test_a_server_that_wants_to_be_left_alone_is(office: Open) -> None:
    _server, _application, service = office(EXCHANGE)
    suggested = MailboxUnavailable("throttled", 240.0)
    assert 240.5 <= service._failed(suggested) <= 241.0
    assert service._failed(MailboxUnavailable("cut")) < 3
