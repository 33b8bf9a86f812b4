"""Fixtures of the tests of the screens."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import _wait

from tests.mgtui.tui.mails import report
from tests.mgtui.tui.offices import CONFIG, TestOffice, make_office, open_office

BRAKED_CONTACTS = "id,name,addresses\n" + "".join(f"k{n},Contact {n},c{n}@same.example\n" for n in range(6))
BRAKE = '[brake]\nshare = 0.3\nat_least = 1\nown = ["user unknown"]\n'


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


@pytest.fixture
def braked(tmp_path: Path) -> Iterator[TestOffice]:
    """Make an office in which three decisions wait behind one brake."""
    mails = [report(f"c{number}@same.example", number=number) for number in range(3)]
    office = make_office(tmp_path, mails, BRAKED_CONTACTS, CONFIG + BRAKE)
    yield office
    office.application.close()
