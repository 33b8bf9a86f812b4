"""Copies of a log made while others write to it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from eventstore.errors import StoreUnavailable
from eventstore.sqlite.connect import connect_reader, translated


def backup(source: Path, target: Path, busy_timeout: float = 10.0) -> None:
    """Copy the database at `source` to a new file, as it is at this moment, with SQLite's online backup.

    Nobody waits for it. The copy appears under its name only when it is complete and on the disk. Raises
    `StoreUnavailable`, also if `target` is there already.
    """
    with (
        whole_or_not(target) as part,
        translated(source),
        closing(connect_reader(source, busy_timeout)) as log,
        closing(sqlite3.connect(part, isolation_level=None)) as copy,
    ):
        copy.execute("PRAGMA synchronous = FULL")
        log.backup(copy)
        # One file is easier to carry away than three; the first program that opens it turns this back.
        copy.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def whole_or_not(target: Path) -> Iterator[Path]:
    """Give a file that gets its name once it is complete. Raises `StoreUnavailable` if there is one already."""
    if target.exists():
        raise StoreUnavailable(f"{target} is there already: name a new file")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    yield part
    part.rename(target)
