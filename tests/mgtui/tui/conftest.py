"""Fixtures of the tests of the screens."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import _wait

from tests.mgtui.tui.offices import TestOffice, make_office, open_office


@pytest.fixture(scope="session")
def office_as_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an office with a few mails taken in, once."""
    folder = tmp_path_factory.mktemp("office") / "made"
    make_office(folder).application.close()
    return folder


@pytest.fixture
def office_folder(office_as_made: Path, tmp_path: Path) -> Path:
    """Give a copy of that office."""
    return Path(shutil.copytree(office_as_made, tmp_path / "office"))


@pytest.fixture
def office(office_folder: Path) -> Iterator[TestOffice]:
    """Open a copy of that office."""
    opened = open_office(office_folder)
    yield opened
    opened.application.close()


@pytest.fixture(scope="session", autouse=True)
def quick_keys() -> Iterator[None]:
    """Let Pilot look 5 ms after a key whether the program is idle, not 20: tests wait for what they want to see."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_wait, "SLEEP_GRANULARITY", 0.005)
        patch.setattr(_wait, "SLEEP_IDLE", 0.00025)
        yield
