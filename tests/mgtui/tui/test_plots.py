"""Plots as text: nothing that isn't nothing is lost, and every chart is as wide as it may be."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mgtui.tui.plots import chart, share, sparkline, squeezed
from mgtui.tui.safety import spelt

SERIES = st.lists(st.integers(0, 10**6), max_size=400)


@given(SERIES, st.integers(1, 100))
def test_squeezing_keeps_the_sum_and_the_width(series: list[int], width: int) -> None:
    found = squeezed(series, width)
    assert sum(found) == sum(series)
    assert len(found) <= width


@given(SERIES.filter(len), st.integers(20, 200), st.integers(3, 30))
def test_a_chart_fits_its_place(series: list[int], width: int, height: int) -> None:
    lines = chart(series, date(2026, 11, 20), width, height)
    assert len(lines) == height
    assert all(sum(cell_len(text) for text, _ in line) <= width for line in lines)


def test_what_is_little_is_seen_beside_what_is_much() -> None:
    assert sparkline([0, 1, 1000], 3) == " ▁▇"


def test_a_chart_grows_with_its_numbers() -> None:
    lines = ["".join(text for text, _ in line) for line in chart([1, 2, 4], date(2026, 11, 20), 20, 6)]
    assert lines[0].startswith("     4 │")
    assert [line[7:].count("█") // 3 for line in lines[:4]] == [1, 1, 2, 3]
    assert lines[-1].endswith("2026-11-20")


def test_a_share_of_something_is_never_nothing() -> None:
    assert share(1, 10_000, 10) == "━"
    assert share(0, 10, 10) == share(1, 0, 10) == ""


def test_plots_are_spelt_in_ascii_with_rising_weight() -> None:
    assert spelt("▁▂▃▄▅▆▇█━│└─") == "_.:-=+%#=|+-"
