"""Inserting events and commits: fifty events to a statement while there are so many, then one by one.

Fifty at once take a tenth less time than fifty statements, ten at once more than ten. ON CONFLICT is ROLLBACK, as
in the guards: with ABORT, SQLite would open a journal for every statement.

For every None and every bytes that it binds, Python's sqlite3 looks for an adapter, which takes as long as binding
eight texts; not for a bytearray. So hashes are bound as such, and what is NULL stands in the statement.
"""

import sqlite3
from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

from eventstore.sqlite.chain import CommitRow

Columns = Sequence[Sequence[object]]
ROWS = 50
#: What differs from row to row, the cause only where there is one.
VARYING = ("stream", "version", "type", "schema_version", "data", "digest", "cause")
INSERT = "INSERT OR ROLLBACK INTO events (position, recorded_at, {}) "
COMMIT = "INSERT OR ROLLBACK INTO commits VALUES (?, ?, ?, ?, ?, ?, ?)"
PLAIN_COMMIT = (
    "INSERT OR ROLLBACK INTO commits (last_position, first_position, actor, chain) VALUES (?, ?, ?, ?)"
)


class Statements(NamedTuple):
    """How events are inserted whose rows differ in these columns."""

    width: int
    one: str
    many: str


def statements(columns: Sequence[str]) -> Statements:
    """Write the statements; the first parameters of `many` are the first position and the time, which all share."""
    insert, width = INSERT.format(", ".join(columns)), len(columns)
    rows = ", ".join(
        f"({row}, {', '.join(f'?{3 + width * row + column}' for column in range(width))})"
        for row in range(ROWS)
    )
    return Statements(
        width,
        f"{insert} VALUES ({', '.join('?' * (2 + width))})",
        f"WITH rows (n, {', '.join(columns)}) AS (VALUES {rows})"  # noqa: S608 - built of numbers and names of columns
        f" {insert} SELECT ?1 + n, ?2, {', '.join(columns)} FROM rows",
    )


CAUSED = statements(VARYING)
UNCAUSED = statements(VARYING[:-1])


def insert_events(
    cursor: sqlite3.Cursor,
    first: int,
    columns: Columns,
    data: Sequence[str],
    digests: Sequence[bytes],
) -> None:
    """Insert events from position `first` on; `columns` as in `chain.link`, with one time for all."""
    streams, versions, types, schema_versions, recorded_at, causes = columns
    kind: Statements = UNCAUSED
    varying: Columns = (streams, versions, types, schema_versions, data, list(map(bytearray, digests)))
    if causes.count(None) < len(data):
        kind, varying = CAUSED, (*varying, causes)
    if whole := len(data) // ROWS * ROWS:
        insert_fifties(cursor, kind, first, recorded_at[0], [column[:whole] for column in varying])
        varying = [column[whole:] for column in varying]
    if whole < len(data):
        cursor.executemany(kind.one, zip(count(first + whole), recorded_at, *varying))


def insert_fifties(
    cursor: sqlite3.Cursor, kind: Statements, first: int, time: object, columns: Columns
) -> None:
    """Insert events fifty at a time."""
    width, number = kind.width, len(columns[0])
    values: list[object] = [None] * (width * number)
    for place, column in enumerate(columns):
        values[place::width] = column
    for at in range(0, number, ROWS):
        cursor.execute(kind.many, [first + at, time, *values[width * at : width * (at + ROWS)]])


def insert_commit(cursor: sqlite3.Cursor, commit: CommitRow, chain: bytes) -> None:
    """Insert the row of a commit."""
    ends = (commit.last_position, commit.first_position)
    if commit.key is None and commit.correlation is None:
        cursor.execute(PLAIN_COMMIT, (*ends, commit.actor, bytearray(chain)))
        return
    fingerprint = None if commit.fingerprint is None else bytes.fromhex(commit.fingerprint)
    cursor.execute(COMMIT, (*ends, commit.key, fingerprint, commit.actor, commit.correlation, chain))
