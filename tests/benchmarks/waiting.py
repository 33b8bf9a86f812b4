"""How soon a new mail is an event on the screen, and what grabbers cost that have nothing to do.

A private Dovecot. The screens run on a terminal of their own beside `mgtui grab`, which idles (IDLE); the time is from
the delivery to the folder until the mail's subject stands on the screen; half a second of it is Dovecot's. Then ten
grabbers of ten mailboxes idle for `BENCH_IDLE` seconds (60).
"""

import contextlib
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.letters import letter
from tests.mgtui.tui.terminal import Terminal
from tests.offices import IMAP_CONFIG, OfficeFolder
from tests.servers.dovecot import PASSWORD, Dovecot

MAILS = 60
IDLE = float(os.environ.get("BENCH_IDLE", "60"))
MAILBOXES = 10
GRABBER = IMAP_CONFIG[IMAP_CONFIG.index("[grabbers.bounces]") :]


def run() -> None:
    """Print percentiles of the way to the screen, and processor share and memory of ten idle grabbers."""
    with Dovecot() as server, tempfile.TemporaryDirectory() as folder:
        delays = sorted(_delays(server, Path(folder)))
    p50, p95 = statistics.median(delays), delays[int(len(delays) * 0.95)]
    print(f"delivery to screen, {MAILS} mails: p50 {p50:.2f} s, p95 {p95:.2f} s, most {delays[-1]:.2f} s")
    with Dovecot() as server, tempfile.TemporaryDirectory() as folder:
        share, megabytes = _idling(server, Path(folder))
    print(f"{MAILBOXES} idle grabbers, {IDLE:.0f} s: {share:.2%} of a core, {megabytes:.0f} MB")


def _delays(server: Dovecot, folder: Path) -> list[float]:
    office = OfficeFolder(folder).write(IMAP_CONFIG.format(port=server.port, batch=200))
    chance = random.Random(1)
    with _grabbing(office, "1 grabbers at work"), _screens(office) as terminal:
        terminal.wait_for("Live")
        server.deliver("office", "INBOX", letter(5 * MAILS))  # the first one imports what reads mails
        terminal.wait_for(_subject(5 * MAILS))
        return [_delay(server, terminal, 5 * number, chance.uniform(0.1, 1.1)) for number in range(MAILS)]


def _subject(number: int) -> str:
    return f"Unterlagen {number}"


def _delay(server: Dovecot, terminal: Terminal, number: int, pause: float) -> float:
    until = time.perf_counter() + 1.0 + pause  # at some moment while the grabber idles
    while (left := until - time.perf_counter()) > 0:
        terminal.read(left)
    mail, begun = letter(number), time.perf_counter()
    server.deliver("office", "INBOX", mail)
    terminal.wait_for(_subject(number) + "\n")
    return time.perf_counter() - begun


@contextlib.contextmanager
def _screens(office: OfficeFolder) -> Iterator[Terminal]:
    argv = [sys.executable, "-m", "mgtui", "--config", str(office.config), "--data", str(office.data)]
    environment = {"MGTUI_TEST_PASSWORD": PASSWORD, "PYTHONPATH": str(Path.cwd())}
    with Terminal(argv, 160, 40, environment) as terminal:
        yield terminal


@contextlib.contextmanager
def _grabbing(office: OfficeFolder, begun: str) -> Iterator[int]:
    """Run the service, from the moment it says so; gives its process id."""
    with office.start("grab") as process:
        assert process.stderr is not None
        try:
            while begun not in (line := process.stderr.readline()):
                assert line, f"it ended with {process.wait()}"
            yield process.pid
        finally:
            process.terminate()
            process.communicate(timeout=30)


def _idling(server: Dovecot, folder: Path) -> tuple[float, float]:
    """Give the share of a core, and the most memory in MB."""
    config = IMAP_CONFIG.replace(GRABBER, "").format(port=server.port)
    for number in range(MAILBOXES):
        table = GRABBER.replace("bounces", f"box{number}").replace('"office"', f'"user{number}"')
        config += table.format(port=server.port, batch=200)
        server.deliver(f"user{number}", "INBOX", letter(5 * number))
    with _grabbing(OfficeFolder(folder).write(config), f"{MAILBOXES} grabbers at work") as process:
        while any(server.mails(f"user{number}", "INBOX") for number in range(MAILBOXES)):
            time.sleep(0.1)
        time.sleep(2.0)  # until every one of them idles
        before, begun = _cpu(process), time.perf_counter()
        time.sleep(IDLE)
        share = (_cpu(process) - before) / (time.perf_counter() - begun)
        return share, _peak(process)


def _cpu(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


if __name__ == "__main__":
    run()
