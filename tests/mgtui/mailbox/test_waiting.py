"""Waiting for mail over IMAP: IDLE in slices, polling, and connections that die silently."""

import socket
import threading
import time
from collections.abc import Callable

import pytest

from mgtui.mailbox import ImapMailbox, MailboxUnavailable
from tests.mgtui.mailbox.conftest import settings_for
from tests.mgtui.mailbox.mails import mail
from tests.servers.dovecot import Dovecot
from tests.servers.proxy import Fault, Proxy
from tests.servers.scripted import ScriptedServer

Connect = Callable[..., ImapMailbox]
ServerWith = Callable[..., Dovecot]


def waiting_for_mail(mailbox: ImapMailbox, server: Dovecot, seconds: float = 20.0) -> bool:
    """Wait while another thread delivers a mail."""
    timer = threading.Timer(0.2, server.deliver, ("office", "INBOX", mail(2)))
    timer.start()
    try:
        return mailbox.wait(seconds)
    finally:
        timer.join()


@pytest.mark.parametrize("security", ["plain", "tls", "starttls"])
def test_idle_wakes_up_with_every_encryption(dovecot: Dovecot, connect: Connect, security: str) -> None:
    dovecot.deliver("office", "INBOX", mail(1))
    port = dovecot.tls_port if security == "tls" else dovecot.port
    mailbox = connect(port, security=security, ca_file=dovecot.ca_file)
    mailbox.select("INBOX")
    assert waiting_for_mail(mailbox, dovecot)
    assert mailbox.uids() == ["1", "2"]


def test_idle_is_used_and_ended_in_slices_with_a_search_after_each(
    dovecot: Dovecot, connect: Connect
) -> None:
    with Proxy(dovecot.port) as proxy:
        mailbox = connect(proxy.port, idle_slice=0.05)
        mailbox.select("INBOX")
        assert mailbox.wait(0.4) is False
        mailbox.close()
        names = [b" ".join(line.split()[:2]) for line in proxy.commands]
    idles = [place for place, name in enumerate(names) if name == b"IDLE"]
    assert len(idles) >= 3
    assert all(names[place + 1 : place + 3] == [b"DONE", b"UID SEARCH"] for place in idles)


def test_without_idle_the_server_is_asked_again_and_again(server_with: ServerWith, connect: Connect) -> None:
    server = server_with(capability="IMAP4rev1 MOVE UIDPLUS")
    with Proxy(server.port) as proxy:
        mailbox = connect(proxy.port, poll_interval=0.05)
        mailbox.select("INBOX")
        assert waiting_for_mail(mailbox, server)
        mailbox.close()
        assert b"IDLE" not in proxy.words()
        assert b"NOOP" in proxy.words()


def test_a_mail_that_another_program_removes_does_not_end_the_wait(
    dovecot: Dovecot, connect: Connect
) -> None:
    dovecot.deliver("office", "INBOX", mail(1))
    mailbox, other = connect(dovecot.port), connect(dovecot.port)
    mailbox.select("INBOX")
    other.select("INBOX")
    timer = threading.Timer(0.1, other.remove_copied, (["1"],))
    timer.start()
    assert mailbox.wait(1.5) is False
    timer.join()


def test_a_mail_that_came_and_went_does_not_end_the_wait(dovecot: Dovecot, connect: Connect) -> None:
    mailbox, other = connect(dovecot.port), connect(dovecot.port)
    mailbox.select("INBOX")
    dovecot.deliver("office", "INBOX", mail(1))
    other.select("INBOX")
    other.remove_copied(other.uids())
    assert mailbox.wait(0.1) is False


def test_a_connection_that_dies_silently_is_noticed_at_the_end_of_the_slice(
    dovecot: Dovecot, connect: Connect
) -> None:
    with Proxy(dovecot.port) as proxy:
        mailbox = connect(proxy.port, idle_slice=0.2, timeout=0.3)
        mailbox.select("INBOX")
        proxy.fault = Fault("stall", match=b"IDLE", answer_bytes=10)  # right after "+ idling"
        start = time.monotonic()
        with pytest.raises(MailboxUnavailable, match="no answer"):
            mailbox.wait(60.0)
        assert time.monotonic() - start < 10


@pytest.mark.parametrize("security", ["plain", "tls"])
@pytest.mark.parametrize("capability", ["IMAP4rev1 IDLE", "IMAP4rev1"])
def test_a_server_that_hangs_up_while_we_wait_is_noticed_at_once(
    own_server: ServerWith, connect: Connect, capability: str, security: str
) -> None:
    server = own_server(capability=capability)
    port = server.tls_port if security == "tls" else server.port
    mailbox = connect(port, security=security, ca_file=server.ca_file, poll_interval=60.0)
    mailbox.select("INBOX")
    timer = threading.Timer(0.2, server.kill)
    timer.start()
    start = time.monotonic()
    with pytest.raises(MailboxUnavailable):
        mailbox.wait(60.0)
    assert time.monotonic() - start < 30
    timer.join()


class Idling(ScriptedServer):
    """Says these lines in answer to IDLE, then holds a mail with the UID 100."""

    def __init__(self, *lines: bytes) -> None:
        super().__init__({b"IDLE": list(lines), b"DONE": []})
        self._tag = b""

    def _answers(self, command: bytes) -> list[bytes]:
        if command.startswith(b"UID SEARCH"):
            found = b"100" if any(line.upper().startswith(b"IDLE") for line in self.lines) else b""
            return [b"* SEARCH " + found, b"%TAG% OK done"]
        return super()._answers(command)


@pytest.mark.parametrize(
    "lines",
    [
        [b"+ idling\r\n* 2 EXISTS", b"%READ%", b"%TAG% OK done"],
        [b"* 2 EXISTS\r\n+ idling", b"%READ%", b"%TAG% OK done"],
        [b"+ idling\r\n* OK Still here\r\n* 1 EXPUNGE\r\n* 1 EXISTS", b"%READ%", b"%TAG% OK done"],
        [b"+", b"* 2 RECENT", b"%READ%", b"%TAG% OK done"],
        [b"+ idling", b"%TAG% OK idle ended by the server"],
    ],
)
def test_news_is_noticed_wherever_it_stands(lines: list[bytes]) -> None:
    with Idling(*lines) as server:
        mailbox = ImapMailbox(settings_for(server.port))
        mailbox.connect()
        mailbox.select("INBOX")
        start = time.monotonic()
        assert mailbox.wait(60.0) is True
        assert time.monotonic() - start < 30
        mailbox.close()


class Halting(Idling):
    """Sends the line that tells of a mail in two pieces, the second a while after the first."""

    def _say(self, client: socket.socket, reader: object, answer: bytes, tag: bytes, command: bytes) -> None:
        if answer == b"%HALTING%":
            client.sendall(b"+ idling\r\n* 2 EX")
            threading.Timer(0.3, client.sendall, (b"ISTS\r\n",)).start()
        else:
            super()._say(client, reader, answer, tag, command)


def test_a_line_that_comes_in_two_pieces_is_one_line() -> None:
    with Halting(b"%HALTING%", b"%READ%", b"%TAG% OK done") as server:
        mailbox = ImapMailbox(settings_for(server.port))
        mailbox.connect()
        mailbox.select("INBOX")
        assert mailbox.wait(60.0) is True
        mailbox.close()


def test_bye_while_idling_is_told_with_its_words() -> None:
    with Idling(b"+ idling\r\n* BYE logged out for inactivity") as server:
        mailbox = ImapMailbox(settings_for(server.port))
        mailbox.connect()
        mailbox.select("INBOX")
        with pytest.raises(MailboxUnavailable, match="logged out for inactivity"):
            mailbox.wait(20.0)
        mailbox.close()
