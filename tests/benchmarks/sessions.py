"""A program on a terminal, with a clock. Nothing is drawn while it is measured."""

import os
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.mgtui.tui.terminal import Terminal

QUIET = 0.06  #: seconds without a byte after which a key is done


class Session:
    """The program, its bytes and its processor time."""

    def __init__(self, argv: Sequence[str]) -> None:
        self.begun = time.perf_counter()
        self.terminal = Terminal(argv, 120, 40)

    def first(self, seen: str) -> tuple[float, float]:
        """Wait for the first content; give the seconds since the start, and those of the processor."""
        while seen.encode() not in self.terminal.received:
            if not self.terminal.read(30.0):
                raise AssertionError(f"waited in vain for {seen!r}; on the screen:\n{self.terminal.text}")
        return self.terminal.heard_at - self.begun, self.cpu()

    def key(self, *keys: str, quiet: float = QUIET) -> float:
        """Press; give the milliseconds to the last byte before `quiet` seconds without any, 0 where none came."""
        start = self.terminal.heard_at = time.perf_counter()
        self.terminal.press(*keys)
        wait = 0.3
        while self.terminal.read(wait):
            wait = quiet
        return (self.terminal.heard_at - start) * 1000

    def keys(self, keys: str, quiet: float = QUIET) -> list[float]:
        """Press one by one; give the milliseconds of those that changed something."""
        return [took for key in keys if (took := self.key(key, quiet=quiet))]

    def cpu(self) -> float:
        """Give the seconds of processor time used so far, by all threads there are."""
        tasks = Path(f"/proc/{self.terminal.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def megabytes(self) -> float:
        """Give the resident memory."""
        pages = int(Path(f"/proc/{self.terminal.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def watch(self, seconds: float) -> tuple[float, float]:
        """Read for a while; give bytes and processor share a second."""
        cpu, received, start = self.cpu(), len(self.terminal.received), time.perf_counter()
        while (left := start + seconds - time.perf_counter()) > 0:
            self.terminal.read(left)
        span = time.perf_counter() - start
        return (len(self.terminal.received) - received) / span, (self.cpu() - cpu) / span


@contextmanager
def session(argv: Sequence[str]) -> Iterator[Session]:
    """Run the program."""
    running = Session(argv)
    try:
        yield running
    finally:
        running.terminal.end()


def spread(values: Sequence[float]) -> str:
    """Give median and 95th percentile."""
    if not values:
        return "nothing changed"
    ordered = sorted(values)
    return f"p50 {statistics.median(ordered):6.1f} ms   p95 {ordered[int(len(ordered) * 0.95)]:6.1f} ms"
