"""Builds a projection's tables from the whole log, under other names beside the live ones."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from projections.lens import Lens
from projections.projection import Fact, Projection, Table
from projections.tables import Access, TableRows, create_statements


class TableBuilder:
    """Folds in memory, writes in bulk, and swaps the new tables in."""

    def __init__(
        self, connection: sqlite3.Connection, projection: Projection, lenses: Mapping[str, Lens]
    ) -> None:
        self._connection = connection
        self._projection = projection
        self._lenses = lenses
        for table in projection.tables:
            connection.execute(f'DROP TABLE IF EXISTS "{beside(table)}"')
            connection.execute(create_statements(table, beside(table))[0])
        self._rows = {
            table.name: TableRows(connection, Access(table, beside(table)), fresh=True)
            for table in projection.tables
        }

    def fold(self, facts: Sequence[tuple[Any, ...]], actor: str) -> None:
        """Take in the next facts, in memory."""
        rows, fold, lenses = self._rows, self._projection.fold, self._lenses
        new = tuple.__new__  # what Fact(...) does in the end, in half the time
        for position, type_, stream, recorded_at, named, data, _ in facts:
            who = actor if named is None else named
            fold(rows, new(Fact, (position, type_, stream, recorded_at, who, lenses[type_](data))))

    def rows(self) -> int:
        """Tell how many rows are in memory."""
        return sum(map(len, self._rows.values()))

    def write(self, limit: int) -> bool:
        """Write up to `limit` rows of each table; tell whether all are written."""
        return sum(rows.flush(limit) for rows in self._rows.values()) == len(self._rows)

    def forget(self) -> None:
        """Drop the rows in memory, so that they are loaded again when asked for."""
        for rows in self._rows.values():
            rows.forget()

    def swap(self) -> None:
        """Put the new tables in the place of the live ones, and give them their indexes."""
        for table in self._projection.tables:
            self._connection.execute(f'DROP TABLE IF EXISTS "{table.name}"')
            self._connection.execute(f'ALTER TABLE "{beside(table)}" RENAME TO "{table.name}"')
            for sql in create_statements(table, table.name)[1:]:
                self._connection.execute(sql)


def beside(table: Table) -> str:
    """Give the name of a table while it is built."""
    return f"{table.name}__beside"
