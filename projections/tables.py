"""Tables of read models: their SQL, and rows by key within a transaction."""

import sqlite3
from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any

from projections.projection import Key, Row, Table


def create_statements(table: Table, name: str) -> list[str]:
    """Give the SQL that makes a table under a name, with its indexes."""
    columns = ", ".join(f'"{column}" {kind}' for column, kind in table.columns.items())
    key = ", ".join(f'"{column}"' for column in table.key)
    rowid = len(table.key) == 1 and table.columns[table.key[0]].upper() == "INTEGER"
    layout = "STRICT" if rowid else "STRICT, WITHOUT ROWID"
    return [
        f'CREATE TABLE IF NOT EXISTS "{name}" ({columns}, PRIMARY KEY ({key})) {layout}',
        *(
            f'CREATE INDEX IF NOT EXISTS "{name}_by_{"_".join(index)}" ON "{name}" ({", ".join(index)})'
            for index in table.indexes
        ),
    ]


def key_of(table: Table) -> Callable[[Row], Key]:
    """Give the function from a row to its key."""
    if len(table.key) == 1:
        only = itemgetter(*table.key)
        return lambda row: (only(row),)
    return itemgetter(*table.key)


def values_of(table: Table) -> Callable[[Row], tuple[Any, ...]]:
    """Give the function from a row to its values in the order of the columns."""
    columns = tuple(table.columns)
    if len(columns) == 1:
        only = itemgetter(*columns)
        return lambda row: (only(row),)
    return itemgetter(*columns)


class TableRows:
    """The rows of one table by key: loaded when asked for, written when flushed."""

    def __init__(
        self, connection: sqlite3.Connection, table: Table, name: str, *, fresh: bool = False
    ) -> None:
        self._connection = connection
        self._key_of = key_of(table)
        self._values_of = values_of(table)
        self._columns = tuple(table.columns)
        self._fresh = fresh
        self._known: dict[Key, Row | None] = {}
        self._dirty: dict[Key, None] = {}
        self._queue: list[Key] = []  # what a flush with a limit has left
        where = " AND ".join(f'"{column}" = ?' for column in table.key)
        self._select = f'SELECT * FROM "{name}" WHERE {where}'  # noqa: S608
        self._delete = f'DELETE FROM "{name}" WHERE {where}'  # noqa: S608
        self._insert = f'INSERT OR REPLACE INTO "{name}" VALUES ({", ".join("?" * len(table.columns))})'  # noqa: S608

    def get(self, *key: Any) -> Row | None:
        """Give the row, which the fold may change only through `put`; None where there is none."""
        try:
            return self._known[key]
        except KeyError:
            if self._fresh:
                return None
        cursor = self._connection.cursor()
        cursor.row_factory = None
        values = cursor.execute(self._select, key).fetchone()
        row = None if values is None else dict(zip(self._columns, values, strict=True))
        self._known[key] = row
        return row

    def put(self, row: Row) -> None:
        """Insert or replace the row with this row's key."""
        key = self._key_of(row)
        self._known[key] = row
        self._dirty[key] = None

    def delete(self, *key: Any) -> None:
        """Remove the row, if it is there."""
        self._known[key] = None
        self._dirty[key] = None

    def __len__(self) -> int:
        return len(self._known)

    def flush(self, limit: int | None = None) -> bool:
        """Write what changed, up to `limit` rows in the order of their keys; tell whether that was all."""
        if not self._queue:
            self._queue = in_order(self._dirty)
            self._dirty.clear()
        keys = self._queue[:limit]
        gone = [key for key in keys if self._known[key] is None]
        rows = [self._values_of(row) for key in keys if (row := self._known[key]) is not None]
        if gone:
            self._connection.executemany(self._delete, gone)
        if rows:
            self._connection.executemany(self._insert, rows)
        del self._queue[: len(keys)]
        return not self._queue

    def forget(self) -> None:
        """Drop the rows in memory, which are all written; from now on they are looked for in the table."""
        self._known.clear()
        self._fresh = False


def in_order(keys: Iterable[Key]) -> list[Key]:
    """Sort keys, which makes writing them faster; keys of mixed types stay as they are."""
    try:
        return sorted(keys)
    except TypeError:
        return list(keys)
