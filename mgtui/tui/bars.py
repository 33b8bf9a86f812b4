"""The first line, which says where one is and what waits, and the last, which says the keys or what happened."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from textual.strip import Strip

from mgtui.language import N_, _
from mgtui.tui.inked import Inked
from mgtui.tui.paint import Ink, Line, Piece, plain

if TYPE_CHECKING:
    from mgtui.tui.app import MgtuiApp

#: mode -> its name; the place is the number key
PLACES = {
    "live": N_("Live"),
    "queue": N_("Queue"),
    "imports": N_("Imports"),
    "contacts": N_("Contacts"),
    "mailboxes": N_("Mailboxes"),
}
COUNTED = {"queue": "bounces", "imports": "imports"}


class TopBar(Inked):
    """`1 Live  2 Queue 12 ...` and, on the right, how the mailboxes do."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar-here"}
    DEFAULT_CSS = """
    TopBar { height: 1; background: $panel; dock: top; }
    TopBar > .bar-here { background: $primary; color: $background; text-style: bold; }
    """

    def render_line(self, y: int) -> Strip:
        """Paint the line."""
        app = cast("MgtuiApp", self.app)
        under = self.under
        here = self.get_component_rich_style("bar-here", partial=True)
        strips: list[Strip] = []
        for number, (mode, name) in enumerate(PLACES.items(), start=1):
            name = plain(_(name))
            count = app.counts.get(COUNTED.get(mode, ""), 0)
            is_here = mode == app.current_mode
            text = f" {number} {name}{f' {count}' if count else ''} "
            pieces: Line = ((text, ""),)
            if count and not is_here:
                pieces = ((f" {number} {name} ", ""), (f"{count} ", "warn"))
            strips.append(self.strip(pieces, cell_len(text), under + here if is_here else under))
        left = Strip.join(strips)
        state, ink = app.grabbers_in_a_word
        rest = self.size.width - left.cell_length
        state = f"{plain(state)} "[: max(rest, 0)] if rest > cell_len(state) else ""
        gap = max(rest - cell_len(state), 0)
        right = self.strip(((" " * gap, ""), (state, ink)), rest) if rest > 0 else Strip([])
        return Strip.join([left, right])


class BottomBar(Inked):
    """The keys that matter here, as many as fit; after an act, what came of it, until the next key."""

    DEFAULT_CSS = """
    BottomBar { height: 1; background: $panel; dock: bottom; }
    """

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._keys = keys
        self._notice: Line | None = None

    def say(self, text: str, ink: Ink) -> None:
        """Show a notice."""
        sign = {"good": "✓", "bad": "✗", "warn": "!"}.get(ink, "·")
        self._notice = ((f" {sign} ", ink), (text, ""))
        self.refresh()

    def hush(self) -> None:
        """Show the keys again."""
        if self._notice is not None:
            self._notice = None
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paint the line."""
        width = self.size.width
        return self.strip(self._notice or fitting(self._keys, width), width)


def fitting(keys: Sequence[tuple[str, str]], width: int) -> Line:
    """Lay out hints, the last one always and of the others as many whole ones as fit."""
    if not keys:
        return ()
    *others, last = keys
    left = width - _room(last)
    shown: list[tuple[str, str]] = []
    for hint in others:
        if _room(hint) > left:
            break
        left -= _room(hint)
        shown.append(hint)
    pieces: list[Piece] = []
    for key, word in (*shown, last):
        pieces += [(f" {key}", "accent"), (f" {word} ", "")]
    return tuple(pieces)


def _room(hint: tuple[str, str]) -> int:
    return cell_len(hint[0]) + cell_len(plain(hint[1])) + 3
