"""How fast mails are taken in the whole way, beside others that only download; and in how much memory.

`python -m tests.benchmarks.grabbing [MAILS] [ROUNDS]`: a private Dovecot with so many mails of 65 kB on average
(5,000). The contestants take turns, each on a fresh server; the median of three rounds counts. Ours stores,
classifies, decides, commits and moves every mail; mbsync keeps its default fsync; imap-tools' plain `fetch` keeps
nothing. "Only fetched and moved" is what the server itself can do: pipelined FETCH and MOVE whose answers nobody looks
at. Then the same over a line with 30 ms round-trip, an inbox of 20,000 small mails, and one with a mail of 100 MB.
CPU seconds are of the contestant's own processes: they say more on a busy machine. Memory is that of all its processes
together, looked at twenty times a second, what they share counted once.
"""

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.benchmarks.letters import letter
from tests.offices import IMAP_CONFIG, OfficeFolder
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.proxy import Proxy

ROUNDS = 3
MEASURED = Path(__file__).with_name("measured.py")

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


IMAP_TOOLS = """
import sys
from imap_tools import MailBoxUnencrypted
with MailBoxUnencrypted("127.0.0.1", int(sys.argv[1])).login("office", sys.argv[2]) as box:
    for mail in box.fetch(mark_seen=False):
        pass
"""

#: Fetches a hundred at once, three commands ahead, and moves five hundred at once.
BARE = """
import socket, sys
sock = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
reader, mails = sock.makefile("rb", 1 << 20), int(sys.argv[3])
def finish(tag):
    while not (line := reader.readline()).startswith(tag + b" "):
        if line.endswith(b"}\\r\\n"):
            reader.read(int(line[line.rindex(b"{") + 1 : -3]))
    assert line.startswith(tag + b" OK"), line
def send(tag, command):
    sock.sendall(tag + b" " + command + b"\\r\\n")
    return tag
reader.readline()
for number, command in enumerate(["LOGIN office " + sys.argv[2], "CREATE Processed", "SELECT INBOX"]):
    finish(send(b"a%d" % number, command.encode()))
waiting = []
for first in range(1, mails + 1, 100):
    waiting.append(send(b"f%d" % first, b"UID FETCH %d:%d (UID BODY.PEEK[])" % (first, first + 99)))
    if len(waiting) > 3:
        finish(waiting.pop(0))
for tag in waiting:
    finish(tag)
for first in range(1, mails + 1, 500):
    finish(send(b"m%d" % first, b"UID MOVE %d:%d Processed" % (first, first + 499)))
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a contestant needed."""

    seconds: float
    cpu: float  #: seconds of its own processes
    peak: float  #: MB; 0 where it wasn't looked at


def run(mails: int = 5000, rounds: int = ROUNDS) -> None:
    """Print mails per second, the ratio to mbsync, and the peak memory of a grab."""
    contestants = {
        "mgtui grab --once": _mgtui,
        "mbsync": _mbsync,
        "imap-tools fetch()": _imap_tools,
        "only fetched and moved": _bare,
    }
    if not shutil.which("mbsync"):
        print("mbsync isn't installed (Debian package isync)")
        del contestants["mbsync"]
    letters = [letter(number) for number in range(mails)]
    found: dict[str, list[Taken]] = {name: [] for name in contestants}
    for number in range(rounds):
        for name in list(contestants)[:: 1 if number % 2 else -1]:
            found[name].append(_measure(contestants[name], letters))
    start = statistics.median(_measure(_mgtui, letters[:1]).seconds for _ in range(rounds))
    others = [each.seconds for each in found.get("mbsync", [])]
    for name, all_ in found.items():
        _tell(name, mails, all_, others)
    started = [replace(each, seconds=each.seconds - start) for each in found["mgtui grab --once"]]
    _tell(f"mgtui without {start:.2f} s of start", mails, started, others)
    far = _measure(_mgtui, letters, 0.015)
    print(f"{'mgtui, 30 ms round-trip':32} {mails / far.seconds:7.0f} mails/s")
    _memory()


def _tell(name: str, mails: int, found: Sequence[Taken], others: Sequence[float]) -> None:
    rate = mails / statistics.median(each.seconds for each in found)
    cpu = statistics.median(each.cpu for each in found)
    ratios = [other / each.seconds for each, other in zip(found, others, strict=False)]
    ratio = f"{statistics.median(ratios):5.2f} of mbsync" if ratios else ""
    print(f"{name:32} {rate:7.0f} mails/s  {ratio}  {1000 * cpu / mails:5.2f} ms CPU a mail")


def _memory() -> None:
    many = _measure(_watched, [_small(number) for number in range(20_000)])
    print(f"{'mgtui, 20,000 mails of 2 kB':28} {20_000 / many.seconds:7.0f} mails/s  peak {many.peak:.0f} MB")
    one = _measure(_watched, [*map(_small, range(100)), _huge(), *map(_small, range(100, 200))])
    print(f"{'mgtui, a mail of 100 MB':28} {one.seconds:7.1f} s  peak {one.peak:.0f} MB")


def _small(number: int) -> bytes:
    """Make a letter of 2 kB."""
    head, _, _ = letter(number).partition(b"--cut\r\nContent-Type: application")
    return head + b"Noch eine Zeile, damit der Brief etwas wiegt.\r\n" * 25 + b"--cut--\r\n"


def _huge() -> bytes:
    head = letter(4).removesuffix(b"\r\n--cut--\r\n")
    line = random.Random(1).randbytes(38).hex().encode() + b"\r\n"
    return head + line * (100_000_000 // len(line)) + b"\r\n--cut--\r\n"


def _measure(
    contestant: Callable[[int, Path, int], Taken], mails: Sequence[bytes], delay: float = 0.0
) -> Taken:
    with Dovecot() as server, tempfile.TemporaryDirectory() as folder:
        for mail in mails:
            server.deliver("office", "INBOX", mail)
        with Proxy(server.port, delay=delay) as proxy:
            return contestant(proxy.port if delay else server.port, Path(folder), len(mails))


def _measured(*command: str, together: bool = False) -> Taken:
    run = subprocess.run(
        [sys.executable, "-S", str(MEASURED), *(["--together"] if together else []), *command],
        env={**os.environ, "MGTUI_TEST_PASSWORD": PASSWORD},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    seconds, cpu, peak = map(float, run.stdout.split())
    return Taken(seconds, cpu, peak / 1024)


def _mgtui(port: int, folder: Path, _mails: int) -> Taken:
    return _grab(port, folder)


def _watched(port: int, folder: Path, _mails: int) -> Taken:
    return _grab(port, folder, together=True)


def _grab(port: int, folder: Path, *, together: bool = False) -> Taken:
    office = OfficeFolder(folder).write(IMAP_CONFIG.format(port=port, batch=500))
    place = ("--config", str(office.config), "--data", str(office.data))
    return _measured(sys.executable, "-m", "mgtui", *place, "grab", "--once", together=together)


def _mbsync(port: int, folder: Path, _mails: int) -> Taken:
    config = folder / "mbsyncrc"
    config.write_text(MBSYNC.format(port=port, password=PASSWORD, folder=folder))
    (folder / "near").mkdir()
    return _measured("mbsync", "-q", "-c", str(config), "box")


def _imap_tools(port: int, _folder: Path, _mails: int) -> Taken:
    return _measured(sys.executable, "-c", IMAP_TOOLS, str(port), PASSWORD)


def _bare(port: int, _folder: Path, mails: int) -> Taken:
    return _measured(sys.executable, "-S", "-c", BARE, str(port), PASSWORD, str(mails))


if __name__ == "__main__":
    run(*[int(argument) for argument in sys.argv[1:]])
