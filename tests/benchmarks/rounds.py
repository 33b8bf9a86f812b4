"""Measuring in rounds: contestants take turns, and medians speak."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """Seconds for one unit of work."""

    wall: float
    cpu: float


@contextmanager
def stopwatch(units: int) -> Iterator[list[Measured]]:
    """Measure a block; its one result is in the list afterwards."""
    found: list[Measured] = []
    wall, cpu = time.perf_counter(), time.process_time()
    yield found
    found.append(Measured((time.perf_counter() - wall) / units, (time.process_time() - cpu) / units))


def in_turns(contestants: Mapping[str, Callable[[int], Measured]], rounds: int) -> dict[str, list[Measured]]:
    """Let each contestant do each round, one after the other, the order turned round every time."""
    results: dict[str, list[Measured]] = {name: [] for name in contestants}
    gc.collect()
    gc.freeze()  # what is loaded by now is no garbage, for nobody
    for number in range(rounds):
        for name, contestant in list(contestants.items())[:: 1 if number % 2 else -1]:
            gc.collect()
            results[name].append(contestant(number))
    gc.unfreeze()
    return results


def median(values: list[Measured]) -> Measured:
    """Give the medians."""
    return Measured(
        statistics.median(value.wall for value in values), statistics.median(value.cpu for value in values)
    )


def ratio(base: list[Measured], other: list[Measured]) -> Measured:
    """Give how many times as fast as `base` the other was: the median of the rounds' ratios."""
    pairs = list(zip(base, other, strict=True))
    return Measured(
        statistics.median(a.wall / b.wall for a, b in pairs),
        statistics.median(a.cpu / b.cpu for a, b in pairs),
    )
