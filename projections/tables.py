"""Tables of read models: their SQL, and rows by key within a transaction."""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

from projections.projection import Row, Table

AT_ONCE = 50  #: rows in a statement where there are so many: half the time of a statement each
FEW = 5  #: rows that are as quickly loaded one by one


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


def values_of(table: Table) -> Callable[[Row], tuple[Any, ...]]:
    """Give the function from a row to its values in the order of the columns."""
    columns = tuple(table.columns)
    if len(columns) == 1:
        only = itemgetter(*columns)
        return lambda row: (only(row),)
    return itemgetter(*columns)


class Access:
    """How rows of a table are found, taken apart and written; made once for each table and name."""

    __slots__ = (
        "columns",
        "delete",
        "insert",
        "insert_many",
        "key",
        "key_of",
        "select",
        "select_many",
        "single",
        "values_of",
    )

    def __init__(self, table: Table, name: str) -> None:
        self.key = table.key
        self.single = len(table.key) == 1  # then the bare value is the key in memory
        self.key_of: Callable[[Row], Any] = itemgetter(*table.key)
        self.values_of = values_of(table)
        self.columns = tuple(table.columns)
        where = " AND ".join(f'"{column}" = ?' for column in table.key)
        marks = f"({', '.join('?' * len(table.columns))})"
        self.select = f'SELECT * FROM "{name}" WHERE {where}'  # noqa: S608
        self.select_many = (
            f'SELECT "{table.key[0]}", * FROM "{name}" WHERE "{table.key[0]}" IN ({", ".join("?" * AT_ONCE)})'  # noqa: S608
        )
        self.delete = f'DELETE FROM "{name}" WHERE {where}'  # noqa: S608
        self.insert = f'INSERT OR REPLACE INTO "{name}" VALUES {marks}'  # noqa: S608
        self.insert_many = self.insert + f", {marks}" * (AT_ONCE - 1)


class TableRows:
    """The rows of one table by key: loaded when asked for, written when flushed.

    Rows of a `fresh` table are all in memory, until they are forgotten.
    """

    def __init__(self, connection: sqlite3.Connection, access: Access, *, fresh: bool = False) -> None:
        self._connection = connection
        self._access = access
        self._single = access.single
        self._key_of = access.key_of
        self._fresh = fresh
        self._all_dirty = fresh
        self._empty = fresh  # in the file, until the first flush
        self._known: dict[Any, Row | None] = {}
        self._dirty: set[Any] = set()
        self._queue: list[Any] = []  # what a flush with a limit has left
        if fresh and self._single:
            self._hasten(*access.key)

    def _hasten(self, key: str) -> None:
        """Let a fold that runs over the whole log reach the rows in memory with as few steps as can be."""
        known = self._known

        def put(row: Row) -> None:
            known[row[key]] = row

        self.get = known.get  # type: ignore[method-assign]
        self.put = put  # type: ignore[method-assign]

    def get(self, *key: Any) -> Row | None:
        """Give the row, which the fold may change only through `put`; None where there is none."""
        known = key[0] if self._single else key
        try:
            return self._known[known]
        except KeyError:
            if self._fresh:
                return None
        cursor = self._connection.cursor()
        cursor.row_factory = None
        values = cursor.execute(self._access.select, key).fetchone()
        row = None if values is None else dict(zip(self._access.columns, values, strict=True))
        self._known[known] = row
        return row

    def load(self, keys: Collection[str]) -> None:
        """Load rows that will be asked for, of a table with a single key, many with a statement."""
        known, columns = self._known, self._access.columns
        unknown = [key for key in keys if key not in known]
        if len(unknown) < FEW:
            return
        cursor = self._connection.cursor()
        cursor.row_factory = None
        known.update(dict.fromkeys(unknown))
        for at in range(0, len(unknown), AT_ONCE):
            some = unknown[at : at + AT_ONCE]
            some += [some[0]] * (AT_ONCE - len(some))
            for key, *values in cursor.execute(self._access.select_many, some):
                known[key] = dict(zip(columns, values, strict=True))

    def put(self, row: Row) -> None:
        """Insert or replace the row with this row's key."""
        key = self._key_of(row)
        self._known[key] = row
        if not self._all_dirty:
            self._dirty.add(key)

    def delete(self, *key: Any) -> None:
        """Remove the row, if it is there."""
        known = key[0] if self._single else key
        self._known[known] = None
        if not self._all_dirty:
            self._dirty.add(known)

    def __len__(self) -> int:
        return len(self._known)

    def flush(self, limit: int | None = None) -> bool:
        """Write what changed, up to `limit` rows in the order of their keys; tell whether that was all."""
        if not self._queue:
            self._queue = in_order(self._known if self._all_dirty else self._dirty)
            self._all_dirty = False
            self._dirty.clear()
            vars(self).pop("put", None)  # from now on it is noted which rows change
        keys = self._queue[:limit]
        access, known = self._access, self._known
        found = [known[key] for key in keys]
        if not self._empty:
            gone = [key for key, row in zip(keys, found, strict=True) if row is None]
            self._connection.executemany(access.delete, [(key,) for key in gone] if access.single else gone)
        self._write([access.values_of(row) for row in found if row is not None])
        del self._queue[: len(keys)]
        self._empty = self._empty and bool(self._queue)
        return not self._queue

    def _write(self, rows: Sequence[tuple[Any, ...]]) -> None:
        whole = len(rows) - len(rows) % AT_ONCE
        for at in range(0, whole, AT_ONCE):
            values = list(chain.from_iterable(rows[at : at + AT_ONCE]))
            self._connection.execute(self._access.insert_many, values)
        if whole < len(rows):
            self._connection.executemany(self._access.insert, rows[whole:])

    def forget(self) -> None:
        """Drop the rows in memory, which are all written; from now on they are looked for in the table."""
        self._known.clear()
        self._fresh = False
        vars(self).pop("get", None)


def in_order(keys: Iterable[Any]) -> list[Any]:
    """Sort keys, which makes writing them faster; keys of mixed types stay as they are."""
    try:
        return sorted(keys)
    except TypeError:
        return list(keys)
