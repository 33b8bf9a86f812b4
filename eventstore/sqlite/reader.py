"""Reading: a pool of query-only connections, and pages of events that hold none of them for long."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Any

from eventstore.erasure import TOMBSTONE
from eventstore.errors import StoreUnavailable
from eventstore.proposal import SALT
from eventstore.record import Recorded
from eventstore.sqlite.connect import connect_reader, translated
from eventstore.stamp import unstamp
from eventstore.upcasters import Upcasters

COLUMNS = """
SELECT e.position, e.stream, e.version, e.type, e.schema_version, e.recorded_at, e.cause, e.data, e.digest,
  c.actor, c.correlation
FROM events e JOIN commits c ON c.last_position =
  (SELECT last_position FROM commits WHERE last_position >= e.position ORDER BY last_position LIMIT 1)
"""
PAGE = 1000
LAST = 1 << 62  #: above every position, version and number of events


class ReaderPool:
    """Query-only connections, one for each thread that reads at the same time."""

    def __init__(self, path: Path, busy_timeout: float) -> None:
        self._path = path
        self._busy_timeout = busy_timeout
        self._idle: LifoQueue[sqlite3.Connection] = LifoQueue()
        self._closed = False

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection."""
        if self._closed:
            raise StoreUnavailable(f"{self._path}: the log is closed")
        with translated(self._path):
            try:
                connection = self._idle.get_nowait()
            except Empty:
                connection = connect_reader(self._path, self._busy_timeout)
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                self._give_back(connection)

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if self._closed:
            connection.close()
        else:
            self._idle.put(connection)

    def close(self) -> None:
        """Close the idle connections now and lent ones when they come back."""
        self._closed = True
        while not self._idle.empty():
            self._idle.get_nowait().close()


def ask_once(path: Path, sql: str, parameters: Sequence[Any] = ()) -> list[sqlite3.Row]:
    """Ask a question of the read models in a log that nobody here has open. Raises `StoreError`."""
    try:
        with translated(path), closing(connect_reader(path, 1.0)) as connection:
            return connection.execute(sql, parameters).fetchall()
    except sqlite3.OperationalError as error:  # it has no such table, or not yet
        raise StoreUnavailable(f"{path}: {error}") from error


def fetch(connection: sqlite3.Connection, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run a query of our own, with plain tuples."""
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor.execute(sql, parameters).fetchall()


def recorded(row: tuple[Any, ...], upcasters: Upcasters) -> Recorded:
    """Turn a row of `COLUMNS` into an event in its envelope, in its newest shape."""
    position, stream, version, type_, schema_version, at, cause, data, digest, actor, correlation = row
    fields = json.loads(data)
    fields.pop(SALT, None)
    if not data.startswith(TOMBSTONE):
        schema_version, fields = upcasters.upcast(type_, schema_version, fields)
    return Recorded(
        position,
        stream,
        version,
        type_,
        schema_version,
        unstamp(at),
        cause,
        fields,
        digest.hex(),
        actor,
        correlation,
    )


def read_log(
    pool: ReaderPool,
    upcasters: Upcasters,
    after: int,
    before: int | None,
    types: Collection[str] | None,
    category: str | None,
    backwards: bool,
    limit: int | None,
) -> Iterator[Recorded]:
    """Yield events in global order, a page at a time."""
    where, fixed = filters(types, category)
    bounds = [after, before if before is not None else LAST]
    order = "DESC" if backwards else "ASC"
    sql = f"{COLUMNS} WHERE e.position > ? AND e.position < ? {where} ORDER BY e.position {order} LIMIT ?"
    left = limit if limit is not None else LAST
    while left > 0:
        with pool.connection() as connection:
            rows = fetch(connection, sql, (*bounds, *fixed, min(left, PAGE)))
        yield from (recorded(row, upcasters) for row in rows)
        if len(rows) < min(left, PAGE):
            return
        bounds[1 if backwards else 0] = rows[-1][0]
        left -= len(rows)


def filters(types: Collection[str] | None, category: str | None) -> tuple[str, list[str]]:
    """Give the conditions; a `+` keeps SQLite from sorting a whole index for each page."""
    where, fixed = "", []
    if types is not None:
        column = "e.type" if len(types) == 1 else "+e.type"
        where += f" AND {column} IN ({', '.join('?' * len(types))})"
        fixed += sorted(types)
    if category is not None:
        where += " AND +e.stream > ? AND +e.stream < ?"
        fixed += [f"{category}-", f"{category}."]
    return where, fixed


def read_one_stream(
    pool: ReaderPool,
    upcasters: Upcasters,
    stream: str,
    after: int,
    backwards: bool,
    limit: int | None,
    upto: int = LAST,
) -> Iterator[Recorded]:
    """Yield the events of a stream with after < version <= upto, a page at a time."""
    bounds = [after, upto + 1]
    order = "DESC" if backwards else "ASC"
    sql = (
        f"{COLUMNS} WHERE e.stream = ? AND e.version > ? AND e.version < ? ORDER BY e.version {order} LIMIT ?"
    )
    left = limit if limit is not None else LAST
    while left > 0:
        with pool.connection() as connection:
            rows = fetch(connection, sql, (stream, *bounds, min(left, PAGE)))
        yield from (recorded(row, upcasters) for row in rows)
        if len(rows) < min(left, PAGE):
            return
        bounds[1 if backwards else 0] = rows[-1][2]
        left -= len(rows)
