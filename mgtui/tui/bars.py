"""The first line, which says where one is and what waits, and the last, which says the keys or what happened."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from textual.strip import Strip

from mgtui.language import N_, _
from mgtui.tui.inked import Inked
from mgtui.tui.paint import Ink, Line, Piece, plain

if TYPE_CHECKING:
    from mgtui.tui.app import MgtuiApp

SHORT = "short: "  #: begins the texts that are names for narrow terminals; it is never shown
#: mode -> its name, and a shorter one for narrow terminals; the place is the number key
PLACES = {
    "live": (N_("Live"), N_("short: Live")),
    "queue": (N_("Queue"), N_("short: Queue")),
    "imports": (N_("Imports"), N_("short: Imports")),
    "contacts": (N_("Contacts"), N_("short: Contacts")),
    "mailboxes": (N_("Mailboxes"), N_("short: Boxes")),
    "rules": (N_("Rules"), N_("short: Rules")),
    "reports": (N_("Reports"), N_("short: Reports")),
    "log": (N_("Log"), N_("short: Log")),
}
#: cells that stay free for how the mailboxes do: a sign with blanks around it
LEFT_FOR_STATE = 3
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
        state, ink = app.grabbers_in_a_word
        # What fails is told in words, even where the names of the screens make room for it.
        needed = cell_len(state) + 2 if ink == "bad" else LEFT_FOR_STATE
        left = self._places(app.current_mode, app.counts, needed)
        rest = self.size.width - left.cell_length
        said = next((text for text in (state, state[:1]) if cell_len(text) + 2 <= rest), "")
        gap = max(rest - cell_len(said) - 1, 0)
        right = self.strip(((" " * gap, ""), (said, ink)), rest) if rest > 0 else Strip([])
        return Strip.join([left, right])

    def _places(self, current: str, counts: Mapping[str, int], needed: int) -> Strip:
        """Lay out the screens: whole names, or short ones close together, or only numbers but for this one."""
        for layout in (0, 1, 2):
            cells = [
                (*self._place(number, mode, names, counts, layout, mode == current), mode == current)
                for number, (mode, names) in enumerate(PLACES.items(), start=1)
            ]
            if sum(width for _, width, _ in cells) + needed <= self.size.width:
                break
        here = self.under + self.get_component_rich_style("bar-here", partial=True)
        return Strip.join(
            [self.strip(line, width, here if is_here else self.under) for line, width, is_here in cells]
        )

    def _place(
        self,
        number: int,
        mode: str,
        names: tuple[str, str],
        counts: Mapping[str, int],
        layout: int,
        is_here: bool,
    ) -> tuple[Line, int]:
        """Lay out one screen; give its line and how wide that is."""
        count = counts.get(COUNTED.get(mode, ""), 0)
        name = "" if layout == 2 and not is_here else plain(_(names[min(layout, 1)])).removeprefix(SHORT)
        told = f"{number} {name}".strip()
        end = " " if layout == 0 or is_here else ""
        line: Line = ((f" {told}", ""), (f" {count}" if count else "", "" if is_here else "warn"), (end, ""))
        return line, sum(cell_len(text) for text, _ink in line)


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
