"""Inserting events: fifty rows to a statement, which takes a third less time than row by row.

ON CONFLICT is ROLLBACK, as in the guards: with ABORT, SQLite would open a journal for every statement.
"""

import sqlite3
from collections.abc import Sequence
from itertools import chain

CHUNK = 50
ROW = "(?, ?, ?, ?, ?, ?, ?)"
INSERT = "INSERT OR ROLLBACK INTO events "
ONE = f"{INSERT} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


def many(rows: int) -> str:
    """Give the statement for this many rows; the first two parameters are common to all of them."""
    width = 7
    values = ", ".join(
        f"({row}, {', '.join(f'?{3 + width * row + column}' for column in range(width))})"
        for row in range(rows)
    )
    return f"""
WITH rows (n, stream, version, type, schema_version, cause, data, digest) AS (VALUES {values})
{INSERT} SELECT ?1 + n, stream, version, type, schema_version, ?2, cause, data, digest FROM rows
"""  # noqa: S608 - built of numbers


MANY = many(CHUNK)


def insert_events(
    connection: sqlite3.Connection,
    first: int,
    columns: Sequence[Sequence[object]],
    data: Sequence[str],
    digests: Sequence[bytes],
) -> None:
    """Insert events from position `first` on; `columns` as in `chain.link`, with one time for all."""
    streams, versions, types, schema_versions, recorded_at, causes = columns
    at = 0
    if len(data) >= CHUNK:
        rows = list(zip(streams, versions, types, schema_versions, causes, data, digests, strict=True))
        while at + CHUNK <= len(data):
            values = chain.from_iterable(rows[at : at + CHUNK])
            connection.execute(MANY, [first + at, recorded_at[0], *values])
            at += CHUNK
    rest = (column[at:] for column in (range(first, first + len(data)), *columns, data, digests))
    connection.executemany(ONE, zip(*rest, strict=True))
