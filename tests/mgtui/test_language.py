"""Which language is spoken, and how it writes numbers and days."""

import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from mgtui.language import Language, _, as_logged, counted, figures, language_of, speak
from mgtui.moments import day, moment


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_AT@euro", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "de_CH"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": ""}, "de"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "fr:de:en"}, "de"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "default"}, "en"),
    ],
)
def test_the_locale_says_the_language(environment: Mapping[str, str], wanted: str) -> None:
    assert language_of(environment) == wanted


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", ["7", "1,234.2", "1,234,567", "1 event", "1,234 events", "2026-11-23"]),
        ("de", ["7", "1.234,2", "1.234.567", "1 Ereignis", "1.234 Ereignisse", "23.11.2026"]),
    ],
)
def test_numbers_and_days_are_written_as_the_language_has_them(language: Language, wanted: list[str]) -> None:
    speak(language)
    numbers = [figures(7), figures(1234.25, 1), figures(1234567)]
    events = [counted(number, "{} event", "{} events") for number in (1, 1234)]
    assert [*numbers, *events, day("2026-11-23")] == wanted


def test_a_moment_is_told_to_the_minute_by_this_machines_clock() -> None:
    when = datetime(2026, 11, 23, 18, 43, 59, tzinfo=UTC)
    here = when.astimezone()
    speak("de")
    assert moment(when) == moment(when.isoformat()) == f"{here:%d.%m.%Y %H:%M}"
    assert day(date(2026, 1, 2)) == "02.01.2026"
    assert moment("no moment") == day("") == moment(None) == ""


def test_the_empty_text_has_no_translation() -> None:
    speak("de")
    assert _("") == ""


def test_what_is_stored_has_the_language_of_the_log_while_others_are_spoken_to_in_theirs() -> None:
    speak("de")
    heard: list[str] = []
    with as_logged():
        other = threading.Thread(target=lambda: heard.append(_("hard")))
        other.start()
        other.join()
        assert _("hard") == "hard"
    assert heard == ["dauerhaft"]
    assert _("hard") == "dauerhaft"
