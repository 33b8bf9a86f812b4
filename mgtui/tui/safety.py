"""The last gate before the terminal: whatever a widget painted, no control character leaves."""

import os
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from mgtui.tui.paint import spell_out
from mgtui.wording import harmless

#: what stands for our own signs where only ASCII can be shown
PLAIN_SIGNS = str.maketrans(
    {
        "▌": ">", "●": "*", "✓": "+", "✗": "x", "·": "-", "…": "~", "─": "-", "│": "|", "╭": "+", "╮": "+",
        "╰": "+", "╯": "+", "→": ">", "←": "<", "↓": "v", "↑": "^", "␣": "_", "⏎": "<", "–": "-", "—": "-",
        "„": '"', "“": '"', "”": '"', "’": "'", "▸": ">", "◆": "#", "▁": "_", "▔": "-", "▏": "|", "▕": "|",
        "▎": "|", "▊": "|", "█": "#", "‖": "=", "▂": ".", "▃": ":", "▄": "-", "▅": "=", "▆": "+", "▇": "%",
        "━": "=", "└": "+", "✎": "&", "◂": "<",
    }
)  # fmt: skip


class Harmless(LineFilter):
    """Turns what could control a terminal into a sign, wherever it came from."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Clean a line."""
        return [
            segment
            if segment.control or safe(segment.text)
            else segment._replace(text=harmless(segment.text))
            for segment in segments
        ]


class AsciiOnly(LineFilter):
    """Spells everything in ASCII, in as many cells."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Spell a line."""
        return [
            segment
            if segment.control or segment.text.isascii()
            else segment._replace(text=spelt(segment.text))
            for segment in segments
        ]


@lru_cache(4096)
def safe(text: str) -> bool:
    """Tell whether a text may go to the terminal as it is."""
    return (text.isascii() and text.isprintable()) or harmless(text, len(text)) == text


@lru_cache(4096)
def spelt(text: str) -> str:
    """Write a text in ASCII, in as many cells: letters without their marks, else question marks."""
    letters = []
    for char in text.translate(PLAIN_SIGNS):
        bare = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
        width = cell_len(char)
        letters.append(bare if bare and len(bare) == width else "?" * width)
    return "".join(letters)


def is_ascii_only(environment: Mapping[str, str]) -> bool:
    """Tell from the environment whether the terminal shows only ASCII.

    Python itself sets LC_CTYPE to C.UTF-8 where the locale is C or isn't installed; LANG says then what was meant.
    """
    if environment.get("MGTUI_ASCII"):
        return environment["MGTUI_ASCII"] != "0"
    names = [environment.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG")]
    if names[1] == "C.UTF-8" and names[2]:
        names[1] = ""
    effective = next((name for name in names if name), "")
    return bool(effective) and "utf8" not in effective.lower().replace("-", "")


def filters_for_terminal() -> list[LineFilter]:
    """Give the filters that this terminal needs; where it shows only ASCII, umlauts are spelt out, too."""
    ascii_only = is_ascii_only(os.environ)
    spell_out(ascii_only)
    return [Harmless(), AsciiOnly(ascii_only)]
