"""Texts, numbers and moments in the language of whoever reads them, by gettext.

English where there is no translation. Only what a person is shown goes through here: the log, and what machines
read, have one language. How a language writes days and numbers stands in its catalogue, like any other text.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Literal, get_args

Language = Literal["en", "de"]

LANGUAGES: tuple[Language, ...] = get_args(Language)
CATALOGUES = Path(__file__).parent / "locale"
DOMAIN = "mgtui"

AS_LOGGED = NullTranslations()  #: every text as it stands in the program, the way the log has it

_spoken: NullTranslations = AS_LOGGED
_for_now: ContextVar[NullTranslations | None] = ContextVar("language", default=None)


def _(text: str) -> str:
    """Give a text in the language of the reader."""
    # To gettext, the empty text is the head of the catalogue.
    return (_for_now.get() or _spoken).gettext(text) if text else ""


def n_(one: str, many: str, number: int) -> str:
    """Give the form of a text that goes with a number."""
    return (_for_now.get() or _spoken).ngettext(one, many, number)


def N_(text: str) -> str:
    """Mark a text that is translated where it is shown."""
    return text


def speak(language: Language) -> None:
    """Speak a language from now on."""
    speak_by(catalogue_of(language))


def speak_by(translations: NullTranslations) -> None:
    """Speak as a catalogue says."""
    global _spoken
    _spoken = translations


@contextmanager
def as_logged() -> Iterator[None]:
    """Speak the language of the log meanwhile, in this thread: for what is stored, or read by machines."""
    before = _for_now.set(AS_LOGGED)
    try:
        yield
    finally:
        _for_now.reset(before)


def speaks_as_logged() -> bool:
    """Tell whether what is shown has the words of the log."""
    return (_for_now.get() or _spoken) is AS_LOGGED


def catalogue_of(language: Language) -> NullTranslations:
    """Read the texts of a language; English needs none."""
    if language == "en":
        return AS_LOGGED
    with (CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
        return GNUTranslations(file)


def language_of(environment: Mapping[str, str]) -> Language:
    """Say which of our languages an environment asks for, by the names and the order that gettext uses."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for asked in filter(None, environment.get(name, "").split(":")):
            for language in LANGUAGES:
                if asked.replace("-", "_").split("_")[0].split(".")[0].lower() == language:
                    return language
        if environment.get(name):
            break
    return "en"


def figures(number: float, digits: int = 0) -> str:
    """Write a number with marks between the thousands, and so many digits behind the point."""
    text = f"{number:,.{digits}f}"
    if text.isdigit():
        return text
    return text.translate({ord(","): _("1,000")[1:-3], ord("."): _("0.5")[1:-1]})


def counted(number: int, one: str, many: str) -> str:
    """Write how many of something there are; `{}` stands for the number in both forms."""
    return n_(one, many, number).format(figures(number))
