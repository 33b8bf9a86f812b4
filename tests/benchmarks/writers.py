"""Two processes that append to one log as fast as they can."""

import multiprocessing
import random
import tempfile
import time
from collections import defaultdict
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

from eventstore import Appended, open_store, verify
from tests.benchmarks.contestants import appends, ours
from tests.benchmarks.office import BENCH_EVENTS, EVENTS, made_up

WRITERS = 2


def run() -> None:
    """Print speed, the longest wait, and whether the log is whole."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.db"
        with open_store(path, BENCH_EVENTS):
            pass
        context = multiprocessing.get_context("spawn")
        started = time.perf_counter()
        running = []
        for number in range(WRITERS):
            mine, theirs = context.Pipe()
            process = context.Process(target=write, args=(theirs, path, number, EVENTS // WRITERS))
            process.start()
            running.append((process, mine))
        waits = [wait for _, pipe in running for wait in pipe.recv()]
        for process, _ in running:
            process.join()
        took = time.perf_counter() - started
        report = verify(path)
    waits.sort()
    print(f"{report.events:,} events in {report.commits:,} commits, {report.events / took:,.0f} events/s")
    print(
        f"append: p50 {waits[len(waits) // 2] * 1e3:.1f} ms, p99 {waits[int(len(waits) * 0.99)] * 1e3:.1f} ms,"
        f" longest {waits[-1]:.2f} s"
    )
    print(f"whole, without a gap: {report.whole and report.events == report.anchor.position}")


def write(pipe: Connection, path: Path, number: int, events: int) -> None:
    """Append batches of 1 to 100; report how long each took."""
    chance, waits, made = random.Random(number), [], made_up(number * 10_000_000)
    versions: dict[str, int] = defaultdict(int)
    with open_store(path, BENCH_EVENTS) as store:
        while events:
            size = min(events, chance.randint(1, 100))
            batch = [(f"{stream}w{number}", *rest) for stream, *rest in islice(made, size)]
            work = ours(appends(batch, versions))  # type: ignore[arg-type]
            began = time.perf_counter()
            result = store.append_many(work, actor=f"writer {number}")
            waits.append(time.perf_counter() - began)
            assert isinstance(result, Appended), result
            events -= size
    pipe.send(waits)
