"""Connections that break anywhere: an error that says so, and afterwards no mail is lost or doubled."""

import time
from collections.abc import Callable

import pytest

from mgtui.mailbox import ImapMailbox, MailboxError, MailboxRefused, MailboxUnavailable
from tests.mgtui.mailbox.conftest import settings_for
from tests.mgtui.mailbox.mails import mail
from tests.servers.dovecot import Dovecot
from tests.servers.proxy import Fault, Kind, Proxy
from tests.servers.scripted import ScriptedServer

ServerWith = Callable[..., Dovecot]
Connect = Callable[..., ImapMailbox]

RAWS = [mail(number, size=2000) for number in range(6)]


def work(port: int, timeout: float = 10.0) -> None:
    """Go once through everything that a mailbox does."""
    mailbox = ImapMailbox(settings_for(port, timeout=timeout))
    try:
        mailbox.connect()
        mailbox.ensure_folder("Processed")
        mailbox.select("INBOX")
        mailbox.state("Processed")
        uids = mailbox.uids()
        fetched = list(mailbox.fetch(uids))
        mailbox.move([each.uid for each in fetched[:3]], "Processed")
        mailbox.wait(0.01)
    finally:
        mailbox.close()


def commands_of(server: Dovecot) -> int:
    """Count the commands of a run without fault, and put the mails back."""
    with Proxy(server.port) as proxy:
        work(proxy.port)
        count = len(proxy.commands)
    reset(server)
    return count


def reset(server: Dovecot) -> None:
    """Empty both folders and deliver the mails anew."""
    for folder in ("INBOX", "Processed"):
        for part in ("new", "cur"):
            for path in server.folder("office", folder).glob(f"{part}/*"):
                path.unlink()
    for raw in RAWS:
        server.deliver("office", "INBOX", raw)


def everything(server: Dovecot) -> list[bytes]:
    return sorted(server.mails("office", "INBOX") + server.mails("office", "Processed"))


def settled(server: Dovecot, at_most: int) -> bool:
    """Wait until the server, still at work when its client is gone, holds no more mails than that."""
    end = time.monotonic() + 10
    while len(everything(server)) > at_most:
        if time.monotonic() > end:
            return False
    return True


@pytest.fixture(params=["IMAP4rev1 IDLE NAMESPACE MOVE UIDPLUS", "IMAP4rev1 UIDPLUS", "IMAP4rev1 MOVE"])
def server(request: pytest.FixtureRequest, server_with: ServerWith) -> Dovecot:
    server = server_with(capability=request.param)
    reset(server)
    return server


@pytest.mark.parametrize("answer_bytes", [None, 0, 30])
def test_a_cut_at_any_command_is_an_error_and_loses_no_mail(
    server: Dovecot, answer_bytes: int | None
) -> None:
    struck = 0
    for number in range(commands_of(server)):
        with Proxy(server.port) as proxy:
            proxy.fault = Fault("cut", command=number, answer_bytes=answer_bytes)
            try:
                work(proxy.port)
            except MailboxUnavailable as error:
                assert "\n" not in str(error)
            struck += proxy.struck.is_set()
        # Where mails are copied, those not removed yet stand in both folders; nowhere is one missing.
        copies = 0 if "MOVE" in server.options.capability else 3
        assert settled(server, len(RAWS) + copies)
        assert set(everything(server)) == set(RAWS)
        reset(server)
    assert struck >= 10


@pytest.mark.parametrize("command", [b"UID FETCH", b"UID MOVE", b"SELECT", b"CAPABILITY", b"LOGIN", b"IDLE"])
def test_a_stall_is_an_error_after_the_time_out(server_with: ServerWith, command: bytes) -> None:
    server = server_with()
    reset(server)
    with Proxy(server.port) as proxy:
        proxy.fault = Fault("stall", match=command, answer_bytes=0)
        with pytest.raises(MailboxUnavailable, match="no answer"):
            work(proxy.port, timeout=0.3)
    assert everything(server) == sorted(RAWS)


@pytest.mark.parametrize("answer_bytes", [5, 60, 500])
@pytest.mark.parametrize("command", [b"UID FETCH", b"UID MOVE", b"SELECT", b"STATUS", b"UID SEARCH"])
def test_a_corrupted_answer_never_ends_in_anything_but_a_mailbox_error(
    server_with: ServerWith, command: bytes, answer_bytes: int
) -> None:
    server = server_with()
    reset(server)
    with Proxy(server.port) as proxy:
        proxy.fault = Fault("corrupt", match=command, answer_bytes=answer_bytes)
        try:
            work(proxy.port, timeout=0.5)
        except MailboxError as error:
            assert str(error)
    assert everything(server) == sorted(RAWS)


@pytest.mark.parametrize("kind", ["cut", "stall"])
def test_a_mail_cut_in_its_middle_is_not_handed_out(server_with: ServerWith, kind: Kind) -> None:
    server = server_with()
    raw = mail(1, size=500_000)
    server.deliver("office", "INBOX", raw)
    with Proxy(server.port) as proxy:
        mailbox = ImapMailbox(settings_for(proxy.port, timeout=0.5))
        mailbox.connect()
        mailbox.select("INBOX")
        proxy.fault = Fault(kind, match=b"BODY.PEEK", answer_bytes=250_000)
        with pytest.raises(MailboxUnavailable):
            list(mailbox.fetch(["1"]))
        mailbox.connect()
        mailbox.select("INBOX")
        assert [each.raw for each in mailbox.fetch(["1"])] == [raw]
        mailbox.close()


@pytest.mark.parametrize("ending", [Dovecot.stop, Dovecot.kill])
def test_after_a_restart_of_the_server_the_work_goes_on(
    own_server: ServerWith, connect: Connect, ending: Callable[[Dovecot], None]
) -> None:
    server = own_server()
    reset(server)
    mailbox = connect(server.port)
    selected = mailbox.select("INBOX")
    uids = mailbox.uids()
    ending(server)
    with pytest.raises(MailboxUnavailable):
        list(mailbox.fetch(uids))
    with pytest.raises(MailboxUnavailable, match="can't be reached"):
        mailbox.connect()
    server.start()
    mailbox.connect()
    assert mailbox.select("INBOX") == selected
    assert [each.raw for each in mailbox.fetch(uids)] == RAWS


def test_a_wrong_answer_to_a_fetch_left_open_does_not_reach_the_next_folder(
    server_with: ServerWith, connect: Connect
) -> None:
    server = server_with()
    reset(server)
    for number in range(100, 106):
        server.deliver("office", "Processed", mail(number))
    mailbox = connect(server.port, batch_mails=2)
    mailbox.select("INBOX")
    unfinished = mailbox.fetch(mailbox.uids())
    assert next(unfinished).raw == RAWS[0]
    mailbox.select("Processed")
    with pytest.raises(MailboxUnavailable, match="another folder"):
        list(unfinished)
    assert [each.raw for each in mailbox.fetch(mailbox.uids())] == [
        mail(number) for number in range(100, 106)
    ]


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (b"* BYE shutting down for maintenance", MailboxUnavailable, "shutting down for maintenance"),
        (b"%TAG% NO [THROTTLED] too fast", MailboxUnavailable, "slow down: too fast"),
        (b"%TAG% NO [UNAVAILABLE] later", MailboxUnavailable, "problem of its own: later"),
        (b"%TAG% NO [NOPERM] not you", MailboxRefused, "no right"),
        (b"%TAG% NO odd", MailboxUnavailable, "odd"),
        (b"%TAG% BAD odd", MailboxRefused, "odd"),
        (b"garbage", MailboxUnavailable, "no IMAP"),
        (b"* 1 FETCH (UID 5 BODY[] {99999999999}", MailboxUnavailable, "more than can be taken"),
        (b"%CLOSE%", MailboxUnavailable, "closed the connection"),
    ],
)
def test_what_a_server_says_is_told_in_plain_words(
    connect: Connect, answer: bytes, kind: type[MailboxError], words: str
) -> None:
    with ScriptedServer({b"UID SEARCH": [answer]}) as server:
        mailbox = connect(server.port)
        mailbox.select("INBOX")
        with pytest.raises(kind, match=words):
            mailbox.uids()
        mailbox.close()


def test_an_alert_is_kept_for_people_to_read(connect: Connect) -> None:
    script = {b"UID SEARCH": [b"* OK [ALERT] Disk will be \x1b[31mreplaced", b"* SEARCH", b"%TAG% OK done"]}
    with ScriptedServer(script) as server:
        mailbox = connect(server.port)
        mailbox.select("INBOX")
        assert mailbox.uids() == []
        assert mailbox.alerts == ("Disk will be [31mreplaced",)
        mailbox.close()


def test_alerts_of_the_greeting_and_the_login_are_kept_without_the_secret(connect: Connect) -> None:
    login = [b"* OK [ALERT] we move on Friday", b"%TAG% OK [ALERT] the password secret is old"]
    with ScriptedServer({b"LOGIN": login}, greeting=b"* OK [ALERT] be quick") as server:
        mailbox = connect(server.port)
        assert mailbox.alerts == ("be quick", "we move on Friday", "the password *** is old")
        mailbox.close()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([b"* OK [UIDNEXT 5] x", b"%TAG% OK done"], "no UIDVALIDITY"),
        ([b"* OK [UIDVALIDITY 5] x", b"* NO [UIDNOTSTICKY] x", b"%TAG% OK done"], "no lasting UIDs"),
        ([b"* OK [UIDVALIDITY 5] x", b"%TAG% OK [READ-ONLY] done"], "read-only"),
        ([b"* OK [PERMANENTFLAGS ()] x", b"* OK [UIDVALIDITY 5] x", b"%TAG% OK done"], "read-only"),
    ],
)
def test_a_folder_that_cannot_be_worked_on_is_refused(
    connect: Connect, lines: list[bytes], words: str
) -> None:
    with ScriptedServer({b"SELECT": lines}) as server:
        mailbox = connect(server.port)
        with pytest.raises(MailboxRefused, match=words):
            mailbox.select("INBOX")
        mailbox.close()


def test_a_missing_uidnext_is_found_by_a_search(connect: Connect) -> None:
    script = {
        b"SELECT": [b"* OK [UIDVALIDITY 5] x", b"%TAG% OK done"],
        b"UID SEARCH": [b"* SEARCH 41", b"%TAG% OK done"],
    }
    with ScriptedServer(script) as server:
        mailbox = connect(server.port)
        assert mailbox.select("INBOX").uid_next == "42"
        mailbox.close()
