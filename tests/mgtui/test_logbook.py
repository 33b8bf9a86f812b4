"""A place in the log is found by what people type for it."""

from pathlib import Path

import pytest

from mgtui.logbook import Logbook
from tests.mgtui.tui.offices import make_office


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Logbook:
    """Make a log of some length."""
    folder: Path = tmp_path_factory.mktemp("log")
    return Logbook(make_office(folder).application.store)


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("12", 12),
        ("#12", 12),
        (" 0 ", 1),
        ("4,711", 107),
        ("4.711", 107),
        ("2001-01-01", 1),
        ("01.01.2001", 1),
        ("2101-12-31 23:59", 107),
        ("31.12.2101 23:59", 107),
        ("31.02.2001", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_place_is_a_position_or_a_day_in_either_language(
    log: Logbook, typed: str, place: int | None
) -> None:
    assert log.place_of(typed) == place
