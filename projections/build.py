"""Builds a projection's tables from the whole log, under other names beside the live ones."""

import sqlite3
from collections.abc import Mapping
from itertools import chain
from operator import attrgetter

from eventstore import Stretch
from projections.lens import fact_lens
from projections.projection import Fact, Projection, Table
from projections.tables import Access, TableRows, create_statements

POSITION = attrgetter("position")


class TableBuilder:
    """Folds in memory, writes in bulk, and swaps the new tables in."""

    def __init__(self, connection: sqlite3.Connection, projection: Projection) -> None:
        self._connection = connection
        self._projection = projection
        self._lenses = {
            event_type.__name__: fact_lens(event_type, fields)
            for event_type, fields in projection.reads.items()
        }
        for table in projection.tables:
            connection.execute(f'DROP TABLE IF EXISTS "{beside(table)}"')
            connection.execute(create_statements(table, beside(table))[0])
        self._rows = {
            table.name: TableRows(connection, Access(table, beside(table)), fresh=True)
            for table in projection.tables
        }

    def fold(self, stretch: Stretch) -> None:
        """Take in the next facts, in memory."""
        rows, fold, coming = self._rows, self._projection.fold, iter(stretch.commits)
        last = 0
        for fact in self._facts(stretch.texts):
            while fact.position > last:
                last, actor = next(coming)
            fact.actor = actor
            fold(rows, fact)

    def _facts(self, texts: Mapping[str, bytes]) -> list[Fact]:
        """Give those that are wanted, in the order of the log."""
        read = [lens(texts[type_]) for type_, lens in self._lenses.items() if type_ in texts]
        return read[0] if len(read) == 1 else sorted(chain.from_iterable(read), key=POSITION)

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
