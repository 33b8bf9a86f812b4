"""How fast mails come out of an IMAP mailbox, and move, against other ways to do the same.

`python -m tests.benchmarks.mailbox [MAILS]`: a private Dovecot with so many mails of 65 kB on average. The
contestants take turns in each of three rounds; the median counts.
"""

import imaplib
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable

from imap_tools import MailBoxUnencrypted

from mgtui.mailbox import ImapMailbox, ImapSettings, PasswordFrom
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.proxy import Proxy

ROUNDS = 3
SIZES = (4_000, 12_000, 30_000, 75_000, 204_000)  # bytes; 65,000 on average


def run(mails: int = 1000) -> None:
    """Print mails per second and the ratios to imap-tools' plain fetch."""
    os.environ["BENCH_PASSWORD"] = PASSWORD
    with Dovecot() as server:
        _fill(server, mails)
        rates = _compare(_contestants(server, mails))
        plain = rates["imap-tools fetch()"]
        for name, rate in rates.items():
            print(f"{name:32} {rate:8.0f} mails/s   {rate / plain:6.2f} of imap-tools fetch()")
        _move(server, mails)


def _fill(server: Dovecot, mails: int) -> None:
    line = b"The quick brown fox jumps over the lazy dog, and then it jumps back again.\r\n"
    for number in range(mails):
        head = f"From: a@example.com\r\nMessage-ID: <{number}@example.com>\r\nSubject: {number}\r\n\r\n"
        server.deliver("office", "INBOX", head.encode() + line * (SIZES[number % len(SIZES)] // len(line)))


def _contestants(server: Dovecot, mails: int) -> dict[str, Callable[[], int]]:
    return {
        "imap-tools fetch()": lambda: _imap_tools(server.port),
        "imap-tools fetch(bulk=100)": lambda: _imap_tools(server.port, bulk=100),
        "imaplib, 100 at once, no pairing": lambda: _imaplib(server.port, mails),
        "mgtui": lambda: _ours(server.port),
    }


def _compare(contestants: dict[str, Callable[[], int]]) -> dict[str, float]:
    rates: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, work in contestants.items():
            start = time.perf_counter()
            count = work()
            rates[name].append(count / (time.perf_counter() - start))
    return {name: statistics.median(found) for name, found in rates.items()}


def _opened(port: int, folder: str = "INBOX") -> ImapMailbox:
    source = PasswordFrom(environment="BENCH_PASSWORD")
    mailbox = ImapMailbox(ImapSettings("127.0.0.1", "office", source, port=port, security="plain"))
    mailbox.connect()
    mailbox.ensure_folder("Processed")
    mailbox.select(folder)
    return mailbox


def _ours(port: int) -> int:
    mailbox = _opened(port)
    count = _count(mailbox.fetch(mailbox.uids()))
    mailbox.close()
    return count


def _imap_tools(port: int, *, bulk: bool | int = False) -> int:
    with MailBoxUnencrypted("127.0.0.1", port).login("office", PASSWORD) as box:
        return _count(box.fetch(mark_seen=False, bulk=bulk))


def _imaplib(port: int, mails: int) -> int:
    with imaplib.IMAP4("127.0.0.1", port) as client:
        client.login("office", PASSWORD)
        client.select("INBOX", readonly=True)
        count = 0
        for first in range(1, mails + 1, 100):
            _, parts = client.uid("FETCH", f"{first}:{first + 99}", "(BODY.PEEK[])")
            count += sum(isinstance(part, tuple) for part in parts)
        return count


def _count(mails: Iterable[object]) -> int:
    return sum(1 for _ in mails)


def _move(server: Dovecot, mails: int) -> None:
    """Move everything there and back, in batches of 200, without and with a long line."""
    there, back = ("INBOX", "Processed"), ("Processed", "INBOX")
    for (source, target), delay in ((there, 0.0), (back, 0.015)):
        with Proxy(server.port, delay=delay) as proxy:
            mailbox = _opened(proxy.port if delay else server.port, source)
            start = time.perf_counter()
            uids = mailbox.uids()
            for first in range(0, len(uids), 200):
                batch = uids[first : first + 200]
                _count(mailbox.fetch(batch))
                assert len(mailbox.move(batch, target)) == len(batch)
            rate = mails / (time.perf_counter() - start)
            mailbox.close()
        print(f"fetched and moved, 200 at once, {2000 * delay:.0f} ms round-trip: {rate:.0f} mails/s")


if __name__ == "__main__":
    run(*[int(argument) for argument in sys.argv[1:]])
