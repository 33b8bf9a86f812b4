"""Copies of the raw mails made while others write to them."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from eventstore.blobs import LARGE, PAGE_SIZE, PIECE, SCHEMA
from eventstore.sqlite.backup import whole_or_not
from eventstore.sqlite.connect import translated

NUMBERS = """
SELECT rowid, length(content) >= ? FROM source.blobs
WHERE rowid > ? AND rowid <= ? ORDER BY rowid LIMIT 1000
"""
COPY = """
INSERT INTO blobs (rowid, digest, size, compressed, content)
SELECT rowid, digest, size, compressed, content FROM source.blobs WHERE rowid = ?
"""
COPY_EMPTY = """
INSERT INTO blobs (rowid, digest, size, compressed, content)
SELECT rowid, digest, size, compressed, zeroblob(length(content)) FROM source.blobs WHERE rowid = ?
"""


def backup_blobs(source: Path, target: Path, busy_timeout: float = 60.0) -> None:
    """Copy the raw mails at `source` to a new file, as they are at this moment.

    It goes mail by mail, so that a writer waits for one of them at most. The copy appears under its name only when
    it is complete and on the disk. Raises `StoreUnavailable`, also if `target` is there already.
    """
    with whole_or_not(target) as part:
        with translated(source):
            for _ in copying(source, part, busy_timeout):
                pass
        with part.open("rb") as file:
            os.fsync(file.fileno())


def copying(source: Path, part: Path, busy_timeout: float) -> Iterator[int]:
    """Copy a mail before each step, and hold no lock between them."""
    with closing(sqlite3.connect(part, timeout=busy_timeout, isolation_level=None)) as copy:
        copy.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        copy.execute("PRAGMA journal_mode = OFF")  # it is complete and synced, or it is nothing
        copy.execute("PRAGMA synchronous = OFF")
        copy.execute(SCHEMA)
        copy.execute("ATTACH ? AS source", (str(source),))
        (last,) = copy.execute("SELECT ifnull(max(rowid), 0) FROM source.blobs").fetchone()
        done = 0
        while numbers := copy.execute(NUMBERS, (LARGE, done, last)).fetchall():
            for number, is_large in numbers:
                if is_large:
                    _copy_in_pieces(copy, number)
                else:
                    copy.execute(COPY, (number,))
                done = number
                yield done


def _copy_in_pieces(copy: sqlite3.Connection, number: int) -> None:
    if copy.execute(COPY_EMPTY, (number,)).rowcount <= 0:
        return  # it was erased meanwhile
    with (
        copy.blobopen("blobs", "content", number, readonly=True, name="source") as there,
        copy.blobopen("blobs", "content", number) as here,
    ):
        while piece := there.read(PIECE):
            here.write(piece)
