"""Text as cells of a terminal, and which characters every terminal gives the same width."""

import re
from functools import lru_cache

from rich.cells import split_graphemes

#: what all terminals show in one cell: Latin, Greek, Cyrillic, lines and blocks, and the signs of our own
_NARROW = (
    "\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u0482\u048a-\u052f\u1e00-\u1eff"
    "\u2010-\u2027\u20ac\u2190-\u2193\u2500-\u259f\u25b8\u25c6\u25cf\u2713\u2717\u2420\u23ce"
)
#: and in two: kana, Han, Hangul, fullwidth forms
_WIDE = "\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\ua48c\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60"
_ALL_NARROW = re.compile(f"[{_NARROW}]*").fullmatch
_ALL_SURE = re.compile(f"[{_NARROW}{_WIDE}]*").fullmatch


def cells_of(text: str) -> list[str] | None:
    """Cut text into cells: the second cell of a wide character is "", marks stand with what they mark.

    None for text that begins with a mark, or holds anything else whose place can't be told.
    """
    if text.isascii() or _ALL_NARROW(text):
        return list(text)
    cells: list[str] = []
    for start, end, width in split_graphemes(text)[0]:
        if width not in (1, 2):
            return None
        cells += [text[start:end], ""][:width]
    return cells


@lru_cache(maxsize=4096)
def is_sure(text: str) -> bool:
    """Tell whether every terminal gives each of these characters the width that we do."""
    return text.isascii() or _ALL_SURE(text) is not None
