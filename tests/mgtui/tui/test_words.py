"""Every word that a screen shows is either data or goes through the catalogue.

A language made for this writes each letter of a text in another alphabet. What then stands on a screen in ours
is data, or was never translated.
"""

import json
import re
from collections.abc import Iterable, Iterator
from gettext import NullTranslations

import pytest

from eventstore import Recorded
from eventstore.events import OFFICE_EVENTS
from mgtui.language import speak_by
from mgtui.story import TOLD
from mgtui.tui.themes import THEMES
from tests.mgtui.tui.offices import TestOffice
from tests.mgtui.tui.steps import screens, shown, until
from tests.mgtui.tui.test_snapshots import LIFTED, WALK

LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
MADE_UP = str.maketrans(
    LATIN, "".join(chr(0x430 + n) for n in range(26)) + "".join(chr(0x460 + n) for n in range(26))
)
WORD = re.compile(r"[A-Za-z]{2,}")
AS_LOGGED = (
    "behind",
    "log",
    "goto",
    "verify",
)  #: screens that show events as they are recorded, or lie over one
DIGEST = re.compile(r"\b[0-9a-f]{12,}\b")


class MadeUp(NullTranslations):
    """Writes every letter of a text otherwise, but for places and how days are written."""

    def gettext(self, message: str) -> str:
        """Translate a text."""
        if message.startswith("%"):
            return message
        parts = re.split(r"(\{\w*\})", message)
        return "".join(part if part.startswith("{") else part.translate(MADE_UP) for part in parts)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Translate one of two texts."""
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture
def made_up() -> MadeUp:
    """Speak the language that only these tests know."""
    language = MadeUp()
    speak_by(language)
    return language


def words_of(value: object) -> Iterator[str]:
    """Give the words of data, but for fields that are told in words of ours."""
    match value:
        case dict():
            for name, inner in value.items():
                if name not in TOLD:
                    yield from words_of(inner)
        case list() | tuple():
            for inner in value:
                yield from words_of(inner)
        case str():
            yield from WORD.findall(value)


def words_of_data(office: TestOffice) -> set[str]:
    """Give every word that may stand on a screen as it is."""
    ask = office.application.ask
    events: Iterable[Recorded] = ask.events()
    found = {word for event in events for word in words_of([event.data, event.stream])}
    for row in ask.contacts():
        found |= set(words_of([row["name"], row["fields"], row["lists"]]))
    found |= {event_type.__name__ for event_type in OFFICE_EVENTS}
    found |= {word for name in office.application.settings.config.categories for word in WORD.findall(name)}
    found |= {word for theme in THEMES for word in WORD.findall(theme.name)}
    mails = (office.folder / "Maildir").rglob("*.test*")
    for mail in mails:
        found |= set(WORD.findall(mail.read_text("utf-8")))
    return found


def words_as_logged(office: TestOffice) -> set[str]:
    """Give the words of every field of every event: the log shows them as they are recorded."""
    return {
        word
        for event in office.application.ask.events()
        for word in WORD.findall(json.dumps([event.data, event.digest, *event.data]))
    }


def untranslated(text: str, data: set[str]) -> set[str]:
    """Give the words on a screen that are no data; at the edge of a box, or of what fits, part of a word is."""
    found = set()
    for line in text.splitlines():
        line = DIGEST.sub(lambda digest: "0" * len(digest[0]), line)
        for match in WORD.finditer(line):
            word, before, behind = match[0], line[: match.start()], line[match.end() :].lstrip(" │")
            cut = before.endswith("│") or behind[:1] == "…" or not behind
            if word not in data and not (cut and any(word in whole for whole in data)):
                found.add(word)
    return found


async def test_nothing_on_a_screen_but_data_is_untranslated(office: TestOffice, made_up: MadeUp) -> None:
    data = words_of_data(office)
    assert json.dumps(sorted(data)).isascii()
    found: dict[str, set[str]] = {}
    async with screens(office.application, size=(120, 40)) as (app, pilot):
        for name, keys, whole in WALK:
            await pilot.press(*keys)
            told = made_up.gettext(whole).format(address=LIFTED)
            await until(app, lambda text, signs=(whole, told): any(sign in text for sign in signs))
            await pilot.pause()
            if words := untranslated(
                shown(app), data | words_as_logged(office) if name in AS_LOGGED else data
            ):
                found[name] = words
    assert not found


def test_a_word_that_is_no_data_is_found() -> None:
    assert untranslated(" Live  anna берг Undeliv…", {"anna", "Undelivered"}) == {"Live"}
