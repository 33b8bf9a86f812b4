"""Appending: bare SQLite, the `eventsourcing` library, and this store without and with four projections.

The library takes part as its application is used out of the box, with dataclasses that check nothing; with
pydantic events; and with mapper and recorder alone, below the application. It has one index where ours and the
bare one have two. Ours proves events, checks expected versions, hashes, chains and passes the guard triggers; the
bare one inserts rows that were made before.
"""

import tempfile
from collections import defaultdict
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from eventstore import SqliteStore, open_store
from projections import inline
from tests.benchmarks.contestants import Bare, Library, appends, ours
from tests.benchmarks.office import BENCH_EVENTS, FOUR, made_up
from tests.benchmarks.rounds import Measured, in_turns, median, ratio, stopwatch

SIZES = {1: 300, 10: 200, 100: 60, 1000: 15}  #: events in a batch -> batches in a round
ROUNDS = 9


def run() -> None:
    """Print events a second and ratios for every batch size."""
    print("batch  contestant                   events/s   of bare: wall   cpu   of eventsourcing: wall   cpu")
    for size, batches in SIZES.items():
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), size, batches)


def measure(folder: Path, size: int, batches: int) -> None:
    """Measure one batch size."""
    plain = open_store(folder / "ours.db", BENCH_EVENTS)
    projecting = open_store(folder / "four.db", BENCH_EVENTS, inline(FOUR))
    contestants = {
        "bare executemany": bare(folder / "bare.db", size, batches),
        "eventsourcing": library(Library(folder / "library.db", validated=False), size, batches),
        "eventsourcing, pydantic": library(Library(folder / "pydantic.db", validated=True), size, batches),
        "eventsourcing, recorder": recorder(Library(folder / "recorder.db", validated=False), size, batches),
        "ours": store(plain, size, batches),
        "ours, 4 projections": store(projecting, size, batches),
    }
    results = in_turns(contestants, ROUNDS)
    for name, measured in results.items():
        to_bare, to_library = (
            ratio(results[base], measured) for base in ("bare executemany", "eventsourcing")
        )
        print(
            f"{size:5}  {name:24}    {1 / median(measured).wall:9,.0f}          {to_bare.wall:5.2f}"
            f" {to_bare.cpu:5.2f}                  {to_library.wall:5.2f} {to_library.cpu:5.2f}",
            flush=True,
        )
    plain.close()
    projecting.close()


def bare(path: Path, size: int, batches: int) -> Callable[[int], Measured]:
    """Make the round of bare SQLite."""
    log, made = Bare(path), made_up()

    def one_round(_: int) -> Measured:
        work = [log.rows(islice(made, size)) for _ in range(batches)]
        with stopwatch(size * batches) as measured:
            for rows in work:
                log.append(rows)
        return measured[0]

    return one_round


def library(log: Library, size: int, batches: int) -> Callable[[int], Measured]:
    """Make the round of the library's application."""
    return round_of(log, log.append, size, batches)


def recorder(log: Library, size: int, batches: int) -> Callable[[int], Measured]:
    """Make the round of the library below its application."""
    return round_of(log, log.append_below, size, batches)


def round_of(log: Library, append: Callable[..., None], size: int, batches: int) -> Callable[[int], Measured]:
    """Make a round of the library that appends in one way or the other."""
    made = made_up()

    def one_round(_: int) -> Measured:
        work = [log.prepared(islice(made, size)) for _ in range(batches)]
        with stopwatch(size * batches) as measured:
            for events in work:
                append(events)
        return measured[0]

    return one_round


def store(log: SqliteStore, size: int, batches: int) -> Callable[[int], Measured]:
    """Make our round."""
    made, versions = made_up(), defaultdict[str, int](int)

    def one_round(_: int) -> Measured:
        work = [list(appends(islice(made, size), versions)) for _ in range(batches)]
        with stopwatch(size * batches) as measured:
            for groups in work:
                log.append_many(ours(groups), actor="grabber")
        return measured[0]

    return one_round
