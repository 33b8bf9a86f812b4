"""Proving a large log, and reading the stream of one mail."""

import random
import time

from eventstore import open_store, verify
from tests.benchmarks.logs import our_log
from tests.benchmarks.office import BENCH_EVENTS
from tests.benchmarks.rounds import median, stopwatch

ROUNDS = 3
STREAMS = 2000


def run() -> None:
    """Print events a second, and microseconds a stream."""
    path = our_log()
    walks = []
    for _ in range(ROUNDS):
        wall, cpu = time.perf_counter(), time.process_time()
        report = verify(path)
        walks.append((time.process_time() - cpu, time.perf_counter() - wall))
        assert report.whole, report.findings
    cpu, wall = sorted(walks)[ROUNDS // 2]
    print(f"verify: {report.events / wall:,.0f} events/s, {report.events / cpu:,.0f} per CPU second")
    with open_store(path, BENCH_EVENTS, read_only=True) as store:
        streams = [event.stream for event in store.read(types=["Moved"], limit=20 * STREAMS)]
        chosen = random.Random(1).sample(streams, min(STREAMS, len(streams)))
        rounds = []
        for _ in range(ROUNDS):
            with stopwatch(len(chosen)) as measured:
                events = sum(len(list(store.read_stream(stream))) for stream in chosen)
            rounds += measured
        found = median(rounds)
        print(
            f"stream of one mail, {events / len(chosen):.1f} events: {found.wall * 1e6:.0f} us,"
            f" {found.cpu * 1e6:.0f} us of CPU"
        )
        with stopwatch(200_000) as measured:
            for _ in store.read(limit=200_000):
                pass
        print(f"whole log as `Recorded`: {1 / measured[0].wall:,.0f} events/s")
