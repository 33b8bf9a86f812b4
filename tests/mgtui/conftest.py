"""Fixtures of all tests of the application."""

from collections.abc import Iterator

import pytest

from mgtui.language import speak


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let each test begin in English, whatever the machine speaks and the test before spoke."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    speak("en")
    yield
    speak("en")
