"""The proxy passes bytes on, writes commands down, and fails where it is told to."""

import imaplib
import socket
import time
from collections.abc import Iterator

import pytest

from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.proxy import Fault, Proxy


@pytest.fixture
def proxy(dovecot: Dovecot) -> Iterator[Proxy]:
    dovecot.deliver("office", "INBOX", b"Subject: x\r\n\r\n" + b"y" * 100_000)
    with Proxy(dovecot.port) as proxy:
        yield proxy


def client(proxy: Proxy, timeout: float = 10) -> imaplib.IMAP4:
    client = imaplib.IMAP4("127.0.0.1", proxy.port, timeout=timeout)
    client.login("office", PASSWORD)
    client.select()
    return client


def test_commands_are_written_down_and_answers_come_whole(proxy: Proxy) -> None:
    with client(proxy) as imap:
        assert len(imap.uid("FETCH", "1", "BODY.PEEK[]")[1][0][1]) > 100_000
    assert b"UID FETCH" in proxy.words()
    assert b"SELECT" in proxy.words()
    assert proxy.commands[1].startswith(b"LOGIN office")


@pytest.mark.parametrize("answer_bytes", [None, 0, 10, 50_000])
def test_a_connection_is_cut_where_it_is_told(proxy: Proxy, answer_bytes: int | None) -> None:
    proxy.fault = Fault("cut", match=b"UID FETCH", answer_bytes=answer_bytes)
    imap = client(proxy)
    with pytest.raises((OSError, imaplib.IMAP4.abort)):
        imap.uid("FETCH", "1", "BODY.PEEK[]")
    assert proxy.struck.is_set()
    imap.sock.close()
    imap.file.close()
    with client(proxy) as again:
        assert again.uid("FETCH", "1", "BODY.PEEK[]")[0] == "OK"


def test_a_stalled_connection_stays_open_and_says_nothing(proxy: Proxy) -> None:
    proxy.fault = Fault("stall", match=b"NOOP")
    imap = client(proxy, timeout=0.2)
    with pytest.raises(socket.timeout):
        imap.noop()
    imap.sock.close()
    imap.file.close()


def test_a_corrupted_byte_is_another_byte(proxy: Proxy) -> None:
    proxy.fault = Fault("corrupt", match=b"UID FETCH", answer_bytes=50_000)
    with client(proxy) as imap:
        assert imap.uid("FETCH", "1", "BODY.PEEK[]")[1][0][1].count(b"\0") == 1


def test_the_delay_is_added_to_each_way(proxy: Proxy) -> None:
    proxy.delay = 0.05
    with client(proxy) as imap:
        start = time.monotonic()
        imap.noop()
        assert time.monotonic() - start >= 0.1
