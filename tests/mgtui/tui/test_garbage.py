"""When the screens look for garbage."""

import gc
import weakref

from mgtui.tui.garbage import WORTH, Garbage


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


def test_a_full_look_never_follows_a_key() -> None:
    knot, garbage = old_knot(), Garbage()
    garbage.key()
    garbage.look()
    assert knot() is not None


def test_nothing_is_looked_at_where_nothing_happened() -> None:
    knot = old_knot()
    Garbage().look()
    assert knot() is None
    before = gc.get_stats()[2]["collections"]
    Garbage().look()
    assert gc.get_stats()[2]["collections"] == before
