"""How fast mails are taken in the whole way, beside mbsync, which only downloads.

`python -m tests.benchmarks.grabbing [MAILS]`: a private Dovecot with so many mails of 65 kB on average. The contestants
take turns, each on a fresh server; the median of three rounds counts. Ours stores, classifies, decides, commits and
moves every mail; mbsync keeps its default fsync. The last figures are over a line with 30 ms round-trip.
"""

import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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


def run(mails: int = 1000) -> None:
    """Print mails per second, the ratio to mbsync, and the peak memory of a grab."""
    rates: dict[str, list[float]] = {"mgtui grab --once": [], "mbsync": []}
    contestants = {"mgtui grab --once": _mgtui, "mbsync": _mbsync}
    if not shutil.which("mbsync"):
        print("mbsync isn't installed (Debian package isync); measuring ours alone")
        del rates["mbsync"]
    for _ in range(ROUNDS):
        for name in rates:
            rates[name].append(_measure(contestants[name], mails, 0.0))
    medians = {name: statistics.median(found) for name, found in rates.items()}
    for name, rate in medians.items():
        print(f"{name:28} {rate:7.0f} mails/s  {rate / medians.get('mbsync', rate):5.2f} of mbsync")
    print(f"{'mgtui, 30 ms round-trip':28} {_measure(_mgtui, mails, 0.015):7.0f} mails/s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory of any process started: {peak:.0f} MB")


def _measure(contestant: object, mails: int, delay: float) -> float:
    with Dovecot() as server, tempfile.TemporaryDirectory() as folder:
        for number in range(mails):
            server.deliver("office", "INBOX", letter(number))
        with Proxy(server.port, delay=delay) as proxy:
            port = proxy.port if delay else server.port
            begun = time.perf_counter()
            contestant(port, Path(folder))  # type: ignore[operator]
            return mails / (time.perf_counter() - begun)


def _mgtui(port: int, folder: Path) -> None:
    OfficeFolder(folder).write(IMAP_CONFIG.format(port=port, batch=200)).run("grab", "--once")


def _mbsync(port: int, folder: Path) -> None:
    config = folder / "mbsyncrc"
    config.write_text(MBSYNC.format(port=port, password=PASSWORD, folder=folder))
    (folder / "near").mkdir()
    command = ["mbsync", "-q", "-c", str(config), "box"]
    subprocess.run(command, check=True, timeout=600, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    run(*[int(argument) for argument in sys.argv[1:]])
