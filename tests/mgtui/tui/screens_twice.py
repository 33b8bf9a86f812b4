"""Two terminals drawn by pyte: one gets a stream as Textual writes it, the other what `ChangedCells` makes of it."""

from typing import NamedTuple

import pyte

from mgtui.tui.changed import ChangedCells

NO_WRAP = "\x1b[?7l"


class Seen(NamedTuple):
    """What a person sees of a cell: on a blank neither the colour of letters nor bold."""

    text: str
    ink: str
    ground: str
    ways: tuple[bool, ...]


def seen(cell: pyte.screens.Char) -> Seen:
    """Look at a cell."""
    lines = cell.underscore, cell.strikethrough, cell.reverse
    if cell.data == " " and not any(lines):
        return Seen(" ", "", cell.bg, ())
    return Seen(cell.data, cell.fg, cell.bg, (cell.bold, cell.italics, cell.blink, *lines))


class Twice:
    """Writes to both, and compares."""

    def __init__(self, width: int, height: int) -> None:
        self.full, self.spared = pyte.Screen(width, height), pyte.Screen(width, height)
        self._streams = pyte.Stream(self.full), pyte.Stream(self.spared)
        self.changed = ChangedCells(width, height)
        self.sizes = 0, 0  #: characters that either got
        self.write(NO_WRAP)

    def write(self, data: str) -> str:
        """Write; give what was sent in place of it."""
        sent = self.changed.of(data)
        self._streams[0].feed(data)
        self._streams[1].feed(sent)
        self.sizes = self.sizes[0] + len(data), self.sizes[1] + len(sent)
        return sent

    def resize(self, width: int, height: int) -> None:
        """Give the terminals another size."""
        for screen in (self.full, self.spared):
            screen.resize(height, width)
        self.changed.resize(width, height)

    def differences(self) -> list[tuple[int, int, Seen, Seen]]:
        """List the cells that look different, of the lines that were drawn since the last time."""
        found = []
        drawn = self.full.dirty | self.spared.dirty
        for y in sorted(drawn & set(range(self.full.lines))):
            for x in range(self.full.columns):
                pair = seen(self.full.buffer[y][x]), seen(self.spared.buffer[y][x])
                if pair[0] != pair[1]:
                    found.append((x, y, *pair))
        self.full.dirty.clear()
        self.spared.dirty.clear()
        return found
