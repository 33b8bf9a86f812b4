"""Texts in the language of whoever reads them, by gettext; English where there is no translation."""

from gettext import NullTranslations

_spoken: NullTranslations = NullTranslations()


def _(text: str) -> str:
    """Give a text in the language of the reader."""
    return _spoken.gettext(text)


def n_(one: str, many: str, number: int) -> str:
    """Give the form of a text that goes with a number."""
    return _spoken.ngettext(one, many, number)


def N_(text: str) -> str:
    """Mark a text that is translated where it is shown."""
    return text
