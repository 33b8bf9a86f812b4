"""From the commit in one process to the reader in another."""

import multiprocessing
import statistics
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from eventstore import open_store
from tests.benchmarks.office import BENCH_EVENTS, Moved

EVENTS = 400
PAUSE = 0.037  #: seconds between two commits; no multiple of the reader's tick


def run() -> None:
    """Print percentiles, and what waiting costs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.db"
        with open_store(path, BENCH_EVENTS):
            pass
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        reader = context.Process(target=read, args=(theirs, path))
        reader.start()
        idle = ours.recv()
        committed = write(path)
        seen, busy = ours.recv()
        reader.join()
    delays = sorted((seen[position] - at) * 1000 for position, at in committed.items())
    p50, p99 = statistics.median(delays), delays[int(len(delays) * 0.99)]
    print(f"commit to reader: p50 {p50:.1f} ms, p99 {p99:.1f} ms, most {delays[-1]:.1f} ms")
    print(
        f"CPU of the reader: {idle:.2%} of a core while nothing happens, {busy:.2%} at {1 / PAUSE:.0f} events/s"
    )


def write(path: Path) -> dict[int, float]:
    """Append now and then; give the time at which each append returned, by position."""
    committed = {}
    with open_store(path, BENCH_EVENTS) as store:
        for number in range(EVENTS):
            store.append(f"mail-{number}", [Moved(mail_id=str(number), folder="Done", uid="1")])
            committed[number + 1] = time.perf_counter()  # one clock for all processes on Linux
            time.sleep(PAUSE)
    return committed


def read(pipe: Connection, path: Path) -> None:
    """Wait idly for a while, then note when each event is seen."""
    with open_store(path, BENCH_EVENTS, read_only=True) as store:
        cpu = time.process_time()
        store.wait(0, 5.0)
        pipe.send((time.process_time() - cpu) / 5.0)
        seen: dict[int, float] = {}
        wall, cpu = time.perf_counter(), time.process_time()
        while len(seen) < EVENTS:
            if store.wait(len(seen), 1.0):
                now = time.perf_counter()
                seen |= {event.position: now for event in store.read(after=len(seen))}
        pipe.send((seen, (time.process_time() - cpu) / (time.perf_counter() - wall)))
