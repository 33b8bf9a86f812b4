"""How fast mails are taken in the whole way, beside mbsync, which only downloads; and in how much memory.

`python -m tests.benchmarks.grabbing [MAILS]`: a private Dovecot with so many mails of 65 kB on average. The contestants
take turns, each on a fresh server; the median of three rounds counts. Ours stores, classifies, decides, commits and
moves every mail; mbsync keeps its default fsync. Then the same over a line with 30 ms round-trip, an inbox of 20,000
small mails, and one with a mail of 100 MB. CPU seconds are of our own process: they say more on a busy machine.
"""

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.letters import letter
from tests.offices import IMAP_CONFIG, OfficeFolder
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.proxy import Proxy

ROUNDS = 3

MBSYNC = """
IMAPAccount box
Host 127.0.0.1
Port {port}
User office
Pass {password}
SSLType None
AuthMechs LOGIN

IMAPStore far
Account box

MaildirStore near
Path {folder}/near/
Inbox {folder}/near/INBOX
SubFolders Verbatim

Channel box
Far :far:
Near :near:
Patterns INBOX
Sync Pull
Create Near
SyncState *
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a contestant needed."""

    seconds: float
    cpu: float  #: seconds of its own process
    peak: float  #: MB of its own process


def run(mails: int = 1000) -> None:
    """Print mails per second, the ratio to mbsync, and the peak memory of a grab."""
    found: dict[str, list[Taken]] = {"mgtui grab --once": [], "mbsync": []}
    contestants = {"mgtui grab --once": _mgtui, "mbsync": _mbsync}
    if not shutil.which("mbsync"):
        print("mbsync isn't installed (Debian package isync); measuring ours alone")
        del found["mbsync"]
    letters = [letter(number) for number in range(mails)]
    for _ in range(ROUNDS):
        for name in found:
            found[name].append(_measure(contestants[name], letters))
    rates = {name: mails / statistics.median(each.seconds for each in all_) for name, all_ in found.items()}
    for name, rate in rates.items():
        cpu = statistics.median(each.cpu for each in found[name])
        ratio = rate / rates.get("mbsync", rate)
        print(
            f"{name:28} {rate:7.0f} mails/s  {ratio:5.2f} of mbsync  {1000 * cpu / mails:5.2f} ms CPU a mail"
        )
    far = _measure(_mgtui, letters, 0.015)
    print(f"{'mgtui, 30 ms round-trip':28} {mails / far.seconds:7.0f} mails/s")
    _memory()


def _memory() -> None:
    many = _measure(_mgtui, [_small(number) for number in range(20_000)])
    print(f"{'mgtui, 20,000 mails of 2 kB':28} {20_000 / many.seconds:7.0f} mails/s  peak {many.peak:.0f} MB")
    one = _measure(_mgtui, [*map(_small, range(100)), _huge(), *map(_small, range(100, 200))])
    print(f"{'mgtui, a mail of 100 MB':28} {one.seconds:7.1f} s  peak {one.peak:.0f} MB")


def _small(number: int) -> bytes:
    """Make a letter of 2 kB."""
    head, _, _ = letter(number).partition(b"--cut\r\nContent-Type: application")
    return head + b"Noch eine Zeile, damit der Brief etwas wiegt.\r\n" * 25 + b"--cut--\r\n"


def _huge() -> bytes:
    head = letter(4).removesuffix(b"\r\n--cut--\r\n")
    line = random.Random(1).randbytes(38).hex().encode() + b"\r\n"
    return head + line * (100_000_000 // len(line)) + b"\r\n--cut--\r\n"


def _measure(contestant: Callable[[int, Path], Taken], mails: Sequence[bytes], delay: float = 0.0) -> Taken:
    with Dovecot() as server, tempfile.TemporaryDirectory() as folder:
        for mail in mails:
            server.deliver("office", "INBOX", mail)
        with Proxy(server.port, delay=delay) as proxy:
            return contestant(proxy.port if delay else server.port, Path(folder))


def _waited(process: "subprocess.Popen[Any]", begun: float) -> Taken:
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"exit {process.returncode}"
    return Taken(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _mgtui(port: int, folder: Path) -> Taken:
    office = OfficeFolder(folder).write(IMAP_CONFIG.format(port=port, batch=200))
    begun = time.perf_counter()
    with office.start("grab", "--once") as process:
        return _waited(process, begun)


def _mbsync(port: int, folder: Path) -> Taken:
    config = folder / "mbsyncrc"
    config.write_text(MBSYNC.format(port=port, password=PASSWORD, folder=folder))
    (folder / "near").mkdir()
    begun = time.perf_counter()
    with subprocess.Popen(["mbsync", "-q", "-c", str(config), "box"], stdin=subprocess.DEVNULL) as process:
        return _waited(process, begun)


if __name__ == "__main__":
    run(*[int(argument) for argument in sys.argv[1:]])
