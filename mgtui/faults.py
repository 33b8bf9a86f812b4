"""Errors told in the reader's language.

An error is worded where it happens, in the language of the log: it may be recorded there, and the log's own room
knows no other. Whoever shows one tells it here. Names, paths and what a server said stay as they are.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from mgtui.language import _, speaks_as_logged
from mgtui.retelling import actor_in_words, retold

LONGEST = 600  #: characters; longer ones are shown as they are
MOST_DIVISIONS = 12
_DIVISION = re.compile(r"(: |; )")
_UNDIVIDED = r"(?:(?!: |; ).)+?"
_QUOTED = r"'[^']*'|\"[^\"]*\""
_FIGURE = r"\d[\d.,]*"
_ANYTHING = ".+?"
#: what may stand at a place, where that isn't any text without a division
_SHAPES = {
    "place": r"\S+", "key": r"\S+", "rule": _QUOTED, "type": r"\w+", "state": r"is \w+|\S+", "code": ".*?",
    "name": f"{_QUOTED}|{_UNDIVIDED}", "folder": f"{_QUOTED}|{_UNDIVIDED}", "found": _ANYTHING, "said": _ANYTHING,
    "why": _ANYTHING, "error": _ANYTHING, "known": _ANYTHING, "names": _ANYTHING, "text": _ANYTHING,
    "number": _FIGURE, "line": _FIGURE, "column": _FIGURE, "position": _FIGURE, "first": _FIGURE,
    "seconds": _FIGURE, "process": _FIGURE,
}  # fmt: skip


def fault_in_words(text: str) -> str:
    """Tell an error as a person reads it: every piece of it that is ours, in the reader's language."""
    if speaks_as_logged() or len(text) > LONGEST:
        return retold(text)
    told = pieces_of(text)
    return "".join(words for words, _known in told) if any(known for _, known in told) else retold(text)


def pieces_of(text: str) -> list[tuple[str, bool]]:
    """Divide an error into pieces, each told if it is one of ours, and say whether it is."""
    from mgtui.fault_texts import OTHERWISE, PIECES  # few who start the program ever see an error

    candidates = _candidates(PIECES, text)
    parts = _DIVISION.split(text, MOST_DIVISIONS)
    found: list[tuple[str, bool]] = []
    at = 0
    while at < len(parts):
        # The longest run first: some of our pieces hold a colon or a semicolon themselves.
        for end in range(len(parts), at, -2):
            run = "".join(parts[at:end])
            told = _(OTHERWISE[run]) if run in OTHERWISE else _by(candidates, run)
            if told is not None:
                break
        found.append((told, True) if told is not None else (parts[at], False))
        found += [(division, False) for division in parts[end : end + 1]]
        at = end + 1
    return found


def _kind(text: str) -> str:
    from mgtui.fault_texts import KINDS

    return _by(_candidates(KINDS, text), text) or text


def _candidates(pieces: Sequence[str], text: str) -> list[str]:
    """Give the pieces whose words all stand in a text: a look for them costs far less than a match."""
    return [piece for piece in pieces if all(words in text for words in _words(piece))]


def _by(candidates: Sequence[str], text: str) -> str | None:
    for piece in candidates:
        if found := _pattern(piece).fullmatch(text):
            places = {name: _INNER.get(name, str)(part) for name, part in found.groupdict().items()}
            return _(piece).format_map(places)
    return None


@cache
def _words(piece: str) -> tuple[str, ...]:
    """Give what stands between the places of a piece."""
    return tuple(filter(None, re.split(r"\{\w+\}", piece)))


@cache
def _pattern(piece: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{(\w+)\\}", _place, re.escape(piece)))


def _place(found: re.Match[str]) -> str:
    return f"(?P<{found[1]}>{_SHAPES.get(found[1], _UNDIVIDED)})"


#: places at which words of ours may stand
_INNER: Mapping[str, Callable[[str], str]] = {
    "why": fault_in_words,
    "error": fault_in_words,
    "where": fault_in_words,
    "state": fault_in_words,
    "span": fault_in_words,
    "known": lambda text: _("none") if text == "none" else text,
    "what": _kind,
    "names": _kind,
    "last": _kind,
    "actor": actor_in_words,
}
