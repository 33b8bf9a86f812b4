"""Contacts out of a CSV file as spreadsheets and administrations write it; damaged lines cost only themselves."""

import csv
import io
from codecs import getincrementaldecoder
from collections import deque
from collections.abc import Iterator
from itertools import chain

from mgtui.contacts.incoming import BrokenLine, Columns, ContactsUnreadable, Entries, contact_of, layout_of

MOST_LINES = 100  #: of one record; a quotation mark left open doesn't swallow more than it is looked for
_STEP = 1 << 20


def lines_of(raw: bytes) -> Iterator[str]:
    """Decode a file as spreadsheets write it, line by line with their ends.

    UTF-8 with or without a mark, UTF-16 with one, else Windows-1252.
    """
    return iter(io.TextIOWrapper(io.BytesIO(raw), _encoding_of(raw), "replace", newline=""))


def _encoding_of(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    decoder = getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(raw), _STEP):
            decoder.decode(raw[at : at + _STEP])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def read_csv(raw: bytes, columns: Columns | None = None) -> Entries:
    """Yield each line as a contact or as broken; the delimiter is found out from the first line.

    `columns` maps our names (id, name, addresses, lists) to the file's, one or several each. Raises
    `ContactsUnreadable` where the file has no column for the id or the addresses.
    """
    lines = lines_of(raw)
    first = next(lines, "")
    # Excel can be told the delimiter by a line of its own.
    named = first.strip().lower().startswith("sep=") and len(first.strip()) == 5
    delimiter = first.strip()[4] if named else max(",;\t|", key=first.count)
    records = _Records(lines if named else chain([first], lines), delimiter, 1 if named else 0)
    header = next(records, None)
    if not header or isinstance(header, BrokenLine):
        raise ContactsUnreadable("the file is empty: its first line must name the columns")
    layout = layout_of(header[1], columns or {})
    records.width, records.id_at = layout.width, layout.id[0]
    for record in records:
        yield record if isinstance(record, BrokenLine) else contact_of(record[1], layout, record[0])


class _Records:
    """Gives each record with the number of its first line, from 1.

    A record may run over several lines within quotation marks. Where one is left open, the line it stands on
    is broken, and the next record begins on the line after.
    """

    def __init__(self, lines: Iterator[str], delimiter: str, number: int) -> None:
        self.width = 0  #: fields of a record that is worth running over several lines, 0 for any
        self.id_at: int | None = None  #: field that holds the id of a record, once that is known
        self._lines = lines
        self._ahead: deque[str] = deque()
        self._delimiter = delimiter
        self._number = number

    def __iter__(self) -> "_Records":
        return self

    def __next__(self) -> tuple[int, list[str]] | BrokenLine:
        while True:
            line = self._take()
            self._number += 1
            number = self._number
            row = self._quoted(line) if '"' in line else self._plain(line)
            if row is None:
                why = "a quotation mark is left open, or a field is too long"
                return BrokenLine(number, why, self._id_of(line))
            if any(cell.strip() for cell in row):
                return number, row

    def _id_of(self, line: str) -> str:
        """Guess whose a line is that can't be read, so that its contact isn't thought to have vanished."""
        cells = line.split(self._delimiter)
        known = self.id_at is not None and self.id_at < len(cells)
        return cells[self.id_at or 0].strip().strip('"') if known else ""

    def _take(self) -> str:
        return self._ahead.popleft() if self._ahead else next(self._lines)

    def _plain(self, line: str) -> list[str] | None:
        bare = line.rstrip("\r\n")
        return None if len(bare) > csv.field_size_limit() else bare.split(self._delimiter)

    def _quoted(self, line: str) -> list[str] | None:
        """Read a record that begins with this line and may take more; None where it doesn't end."""
        taken = [line]
        reader = csv.reader(self._more(taken), delimiter=self._delimiter, strict=True)
        try:
            row = next(reader)
        except (csv.Error, StopIteration):
            row = None
        if row is not None and (len(taken) == 1 or self.width in (0, len(row))):
            self._number += len(taken) - 1
            return row
        self._ahead.extendleft(reversed(taken[1:]))
        return self._lenient(line) if len(taken) == 1 else None

    def _more(self, taken: list[str]) -> Iterator[str]:
        yield taken[0]
        while len(taken) < MOST_LINES:
            try:
                taken.append(self._take())
            except StopIteration:
                return
            yield taken[-1]

    def _lenient(self, line: str) -> list[str] | None:
        """Read a line with a mark in the wrong place, as in `"Café "Mitte""`, as spreadsheets do."""
        try:
            row = next(csv.reader([line], delimiter=self._delimiter))
        except (csv.Error, StopIteration):
            return None
        return None if any("\n" in cell or "\r" in cell for cell in row) else row
