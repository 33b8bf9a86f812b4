"""Lines of text as the screens draw them: pieces with an ink, cleaned, cut and wrapped by cells.

Whatever a widget of ours shows goes through `strip_of`, so nothing of a mail can reach the terminal raw.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Literal

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from mgtui.wording import harmless

#: What a piece of text is; the theme says how that looks, and no meaning rests on it alone.
Ink = Literal["", "dim", "good", "warn", "bad", "accent", "strong"]
Piece = tuple[str, Ink]
Line = tuple[Piece, ...]

INDENT = 13  #: cells of a label and the blanks behind it
LONGEST = 1000  #: characters of one piece that are looked at
MARKS = 2  #: combining marks that one character may carry
#: presentation selectors: they only choose between two pictures of a character, in widths terminals disagree on
SELECTORS = dict.fromkeys((0xFE0E, 0xFE0F))
#: blanks and marks that take no room, or room with nothing in it, and would hide or move what follows
HIDING = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
#: letters that are two where only ASCII can be shown; by `spell_out`, because it changes how lines are laid out
TWO_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"}
)
_spelling: dict[int, str] = {}


def spell_out(on: bool) -> None:
    """Write umlauts as two letters from now on, or not."""
    global _spelling
    _spelling = TWO_LETTERS if on else {}


def plain(text: str, limit: int = LONGEST) -> str:
    """Make text safe and of known width on any terminal: `harmless`, and no pile of combining marks."""
    if text.isascii() and text.isprintable():
        return text[:limit]
    clean, marks = [], MARKS
    for char in harmless(text, limit).translate(SELECTORS):
        if char in HIDING:
            clean.append("\ufffd")
        elif unicodedata.category(char) in ("Mn", "Me"):
            marks += 1
            if marks <= MARKS:
                clean.append(char)
            elif marks == MARKS + 1:
                clean.append("\ufffd")
        else:
            marks = 0
            clean.append(char)
    shown = "".join(clean)
    return shown.translate(_spelling) if _spelling else shown


def cut(text: str, width: int) -> str:
    """Fit clean text into `width` cells; what is cut off shows as an ellipsis."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip(" ") + "…" if width > 0 else ""


def pad(text: str, width: int) -> str:
    """Bring text to exactly `width` cells."""
    return set_cell_size(cut(plain(text), width), width)


def wrap(text: str, width: int) -> list[str]:
    """Break text into lines of at most `width` cells, at blanks where there are any."""
    lines: list[str] = []
    line = ""
    for word in plain(text).split(" "):
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        while cell_len(word) > width > 1:
            head = set_cell_size(word, width).rstrip(" ") or word[:1]
            lines.append(head)
            word = word[len(head) :]
        line = word
    return [*lines, line]


def field(label: str, text: str, width: int, ink: Ink = "", indent: int = INDENT) -> list[Line]:
    """Lay out a label and its text, wrapped beside it."""
    labels = [label, *[""] * len(text)]
    wrapped = wrap(text, max(width - indent, 10))
    return [
        ((f"{name:>{indent - 2}}  ", "dim"), (part, ink))
        for name, part in zip(labels[: len(wrapped)] or [label], wrapped, strict=False)
    ]


def strip_of(line: Sequence[Piece], width: int, inks: Mapping[str, Style], under: Style) -> Strip:
    """Draw a line exactly `width` cells wide, its inks over the style `under`."""
    segments: list[Segment] = []
    left, held, held_ink = width, "", ""
    for text, ink in line:
        if left <= 0:
            break
        shown = cut(plain(text), left)
        left -= cell_len(shown)
        # Blanks look alike in every ink that only colours letters: each change of style costs some 20 bytes.
        if ink == held_ink or shown.isspace():
            held += shown
            continue
        segments.append(Segment(held, under + inks[held_ink] if held_ink else under))
        held, held_ink = shown, ink
    segments.append(Segment(held + " " * left, under + inks[held_ink] if held_ink else under))
    return Strip(segments, width)
