"""When the screens look for garbage."""

import asyncio
import gc
import time
import weakref

from mgtui.tui.garbage import QUIET, WORTH, Garbage


class Knot:
    """Something that only the collector can take away."""

    def __init__(self) -> None:
        self.itself = self


def old_knot() -> "weakref.ref[Knot]":
    """Make garbage that only a full look finds, and have enough happen for one to be worth it."""
    knot = Knot()
    gc.collect()
    for _ in range(WORTH):
        gc.collect(1)
    return weakref.ref(knot)


def test_garbage_is_taken_away_in_an_idle_moment() -> None:
    knot = old_knot()
    Garbage().look()
    assert knot() is None


async def test_a_full_look_waits_until_nothing_happens() -> None:
    knot, garbage = old_knot(), Garbage()
    garbage.stir()
    garbage.look()
    assert knot() is not None
    async with asyncio.timeout(10):
        while knot() is not None:
            await asyncio.sleep(0)
    assert time.monotonic() - garbage.stirred >= QUIET


def test_nothing_is_looked_at_where_nothing_happened() -> None:
    knot = old_knot()
    Garbage().look()
    assert knot() is None
    before = gc.get_stats()[2]["collections"]
    Garbage().look()
    assert gc.get_stats()[2]["collections"] == before
