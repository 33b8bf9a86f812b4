"""Fixtures of the tests of the screens."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mgtui.tui.offices import TestOffice, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[TestOffice]:
    """Open an office with a few mails taken in."""
    opened = open_office(tmp_path)
    yield opened
    opened.application.close()
