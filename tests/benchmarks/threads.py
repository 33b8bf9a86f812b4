"""Four threads that append single events at once: ours share a commit and its sync, those of bare SQLite take turns."""

import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from zlib import crc32

from eventstore import SqliteStore, open_store
from tests.benchmarks.contestants import Bare, appends, ours
from tests.benchmarks.office import BENCH_EVENTS, Made, made_up
from tests.benchmarks.rounds import Measured, in_turns, median, ratio, stopwatch

THREADS = 4
BATCHES = 400  #: in a round, over all threads
ROUNDS = 9


def run() -> None:
    """Print events a second and ratios."""
    print("contestant                   events/s   of one thread with bare SQLite: wall   cpu")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one, four = (open_store(folder / f"{each}.db", BENCH_EVENTS) for each in ("one", "four"))
        contestants = {
            "bare, 1 thread": bare(folder / "bare1.db", 1),
            f"bare, {THREADS} threads": bare(folder / "bare4.db", THREADS),
            "ours, 1 thread": store(one, 1),
            f"ours, {THREADS} threads": store(four, THREADS),
        }
        results = in_turns(contestants, ROUNDS)
        for title, measured in results.items():
            to_bare = ratio(results["bare, 1 thread"], measured)
            print(
                f"{title:24}    {1 / median(measured).wall:9,.0f}                                "
                f"   {to_bare.wall:5.2f} {to_bare.cpu:5.2f}"
            )
        one.close()
        four.close()


def bare(path: Path, threads: int) -> Callable[[int], Measured]:
    """Make the round of bare SQLite: one connection, and a lock around each transaction."""
    log, made, lock = Bare(path), made_up(), threading.Lock()

    def append(rows: Sequence[tuple[Any, ...]]) -> None:
        with lock:
            log.append(rows)

    def one_round(_: int) -> Measured:
        work = [log.rows(islice(made, 1)) for _ in range(BATCHES)]
        return together([work[number::threads] for number in range(threads)], append)

    return one_round


def store(log: SqliteStore, threads: int) -> Callable[[int], Measured]:
    """Make our round; no two threads append to one stream."""
    made, versions = made_up(), defaultdict[str, int](int)

    def append(groups: Sequence[tuple[str, int, list[Made]]]) -> None:
        log.append_many(ours(groups), actor="grabber")

    def one_round(number: int) -> Measured:
        parts: list[list[Any]] = [[] for _ in range(threads)]
        for groups in [list(appends(islice(made, 1), versions)) for _ in range(BATCHES)]:
            parts[crc32(groups[0][0].encode()) % threads].append(groups)
        measured = together(parts, append)
        assert log.head() == BATCHES * (number + 1), "an append was refused"
        return measured

    return one_round


def together(parts: Sequence[Sequence[Any]], append: Callable[[Any], None]) -> Measured:
    """Let each thread append its part, all at once."""

    def work(part: Sequence[Any]) -> None:
        for each in part:
            append(each)

    running = [threading.Thread(target=work, args=(part,)) for part in parts]
    with stopwatch(BATCHES) as measured:
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()
    return measured[0]
