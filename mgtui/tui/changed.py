"""Only changed cells are sent: a filter on what Textual writes to the terminal.

Textual repaints whole widgets, and says where, how and what: `CSI y;x H`, `CSI ... m`, text, line ends. `ChangedCells`
reads that, keeps what the terminal shows, and writes only what differs. Whatever else comes through stays as it is;
where it may have drawn something, everything is forgotten, and the next frame is sent in full.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from mgtui.tui.cells import cells_of, is_sure
from mgtui.tui.looks import change, look_of, on_blank

_BEGIN, _END = "\x1b[?2026h", "\x1b[?2026l"  #: of a synchronised update, which may turn out to be empty
_PIECES = re.compile(r"\x1b\[(?:(\d+);(\d+)H|([\d;]*)m)|(\n)|([^\x00-\x1f\x7f-\x9f]+)")
#: what draws nothing and moves nothing: modes but those of the alternate screen, questions, clipboard, bell, pointer
_DRAWS_NOTHING = re.compile(
    r"(?:\x1b\[\?(?!47[hl]|104[789][hl]|[36][hl])\d+(?:[hl]|\$p)|\x1b\[[<>=]\d*u|\x1b\[\d* q"
    r"|\x1b\](?:52|22);[^\x00-\x1f\x7f]*(?:\x07|\x1b\\)|\x07)+"
)
_BRIDGE = 4  #: unchanged cells that are cheaper to write than to pass over


class Row:
    """What stands in a row: each cell's text and look; None where nothing was drawn yet."""

    __slots__ = ("looks", "texts")

    def __init__(self, texts: list[str | None], looks: list[str]) -> None:
        self.texts, self.looks = texts, looks

    @classmethod
    def unknown(cls, width: int) -> "Row":
        """Give a row that may hold anything."""
        return cls([None] * width, [""] * width)

    def copy(self) -> "Row":
        """Give another one like it."""
        return Row(self.texts.copy(), self.looks.copy())

    def put(self, x: int, cells: list[str], look: str) -> None:
        """Write cells; of a wide character that is cut in half a blank remains, which terminals disagree on."""
        end = x + len(cells)
        if x and self.texts[x] == "":
            self.texts[x - 1] = " "
        if end < len(self.texts) and self.texts[end] == "":
            self.texts[end] = " "
        self.texts[x:end] = cells
        self.looks[x:end] = [look] * len(cells)


class Frame(NamedTuple):
    """What a write of Textual's wants to be on the terminal."""

    rows: dict[int, Row]
    x: int
    y: int


class ChangedCells:
    """Turns a stream of frames into one that shows the same and says less."""

    def __init__(self, width: int, height: int) -> None:
        self.misread = 0  #: writes that were not understood, and sent as they came
        self._look = ""  #: what the next character would look like; the same after a resize
        self._begun = self._waiting = False
        self.resize(width, height)

    def resize(self, width: int, height: int) -> None:
        """Take another size; terminals differ in what they then show."""
        self._width, self._height = width, height
        self.forget()

    def forget(self) -> None:
        """Send the next frame in full: nobody knows what the terminal shows."""
        self._rows: dict[int, Row] = {}
        self._at: tuple[int, int] | None = None

    def of(self, data: str) -> str:
        """Give what has to be sent in place of `data`, "" for nothing."""
        if not data:
            return ""
        if data == _BEGIN:
            self._waiting = True
            return ""
        if data == _END:
            sent, self._begun, self._waiting = self._begun, False, False
            return _END if sent else ""
        if _DRAWS_NOTHING.fullmatch(data):
            return data
        rows = self._rows
        frame = self._read(data)
        changes = self._write(frame, rows) if frame is not None else None
        # A signal may have suspended and resumed the program meanwhile: then `rows` is a picture of the past.
        if changes is None or rows is not self._rows:
            self.misread += 1
            changes = self._plain() + data
            self.forget()
        if changes and self._waiting:
            self._waiting, self._begun = False, True
            return _BEGIN + changes
        return changes

    def _plain(self) -> str:
        before, self._look = self._look, ""
        return change(before, "")

    # reading

    def _read(self, data: str) -> Frame | None:
        """Draw a write on a copy of what is shown; None for one that holds more than a frame does."""
        rows: dict[int, Row] = {}
        x = y = end = 0
        look = ""
        placed = False
        for piece in _PIECES.finditer(data):
            if piece.start() != end:
                return None
            end = piece.end()
            line, column, parameters, newline, text = piece.groups()
            if text is not None:
                cells = cells_of(text)
                if cells is None or not placed or y >= self._height or x + len(cells) > self._width:
                    return None
                if y not in rows:
                    rows[y] = self._row(y)
                rows[y].put(x, cells, look)
                x += len(cells)
            elif parameters is not None:
                look = "" if parameters == "0" else parameters
                if look_of(look) is None:
                    return None
            elif newline:
                x, y, placed = 0, y + 1, False
            else:
                x, y, placed = int(column) - 1, int(line) - 1, True
        whole = end == len(data) and placed and not look
        return Frame(rows, x, y) if whole and x < self._width and y < self._height else None

    def _row(self, y: int) -> Row:
        shown = self._rows.get(y)
        return shown.copy() if shown else Row.unknown(self._width)

    # writing

    def _write(self, frame: Frame, shown: dict[int, Row]) -> str:
        out: list[str] = []
        for y in sorted(frame.rows):
            row = frame.rows[y]
            for start, end in spans(shown.get(y) or Row.unknown(self._width), row):
                self._move(start, y, out)
                self._write_cells(row, start, end, y, out)
            shown[y] = row
        self._move(frame.x, frame.y, out)
        return "".join(out)

    def _write_cells(self, row: Row, start: int, end: int, y: int, out: list[str]) -> None:
        x = start
        for look, cells in groupby(range(start, end), key=row.looks.__getitem__):
            texts = [row.texts[cell] or "" for cell in cells]
            joined = "".join(texts)
            if not joined.isspace() or on_blank(look) != on_blank(self._look):
                out.append(change(self._look, look))
                self._look = look
            if is_sure(joined):
                out.append(joined)
                x += len(texts)
            else:
                x = self._write_unsure(texts, x, out)
        self._at = (end, y) if end < self._width else None

    @staticmethod
    def _write_unsure(texts: list[str], x: int, out: list[str]) -> int:
        """Write cells of which a terminal may think otherwise, each one where it belongs."""
        for number, text in enumerate(texts):
            wide = texts[number + 1 : number + 2] == [""]
            if text and not is_sure(text):
                blanks = "  " if wide else " "
                out.append(f"{blanks}\x1b[{x + 1}G{text}\x1b[{x + 1 + len(blanks)}G")
            else:
                out.append(text)
            x += 1
        return x

    def _move(self, x: int, y: int, out: list[str]) -> None:
        """Go to a cell in the shortest way."""
        if self._at == (x, y):
            return
        ways = [f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"]
        if self._at is not None:
            here, line = self._at
            if line == y and x > here:
                ways.append(f"\x1b[{x - here if x - here > 1 else ''}C")
            if x == 0 and line <= y:
                ways.append("\r" + "\n" * (y - line))
        out.append(min(ways, key=len))
        self._at = (x, y)


def spans(before: Row, after: Row) -> list[tuple[int, int]]:
    """Give the runs of cells that have to be written so that `before` becomes `after`."""
    found: list[tuple[int, int]] = []
    if before.texts == after.texts and before.looks == after.looks:
        return found
    for first, last in _runs(before, after):
        start, end = _whole(before, after, first, last)
        if found and start <= found[-1][1] + _BRIDGE and _is_bridge(after, found[-1][1], start):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _runs(before: Row, after: Row) -> Iterator[tuple[int, int]]:
    """Give the runs of cells that show something else, as they stand."""
    cells = zip(before.texts, after.texts, before.looks, after.looks, strict=True)
    start = None
    for x, (old, new, was, look) in enumerate(cells):
        if (old == new and was == look) or not differs(old, new, was, look):
            if start is not None:
                yield start, x
                start = None
        elif start is None:
            start = x
    if start is not None:
        yield start, len(after.texts)


def differs(old: str | None, new: str | None, was: str, look: str) -> bool:
    """Tell whether a cell shows something else; what isn't known after a frame needn't be written."""
    if new is None:
        return False
    if old != new:
        return True
    return was != look and (new != " " or on_blank(was) != on_blank(look))


def _whole(before: Row, after: Row, start: int, end: int) -> tuple[int, int]:
    """Widen a run so that no wide character, gone or to come, is cut in half."""
    while start and "" in (before.texts[start], after.texts[start]):
        start -= 1
    while end < len(after.texts) and "" in (before.texts[end], after.texts[end]):
        end += 1
    return start, end


def _is_bridge(row: Row, start: int, end: int) -> bool:
    """Tell whether unchanged cells can be written as well as passed over: known, and without another look."""
    return None not in row.texts[start:end] and len({*row.looks[start - 1 : end]}) <= 1
