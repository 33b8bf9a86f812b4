"""Runs projections: inline, in the transaction that appends; and from scratch."""

import sqlite3
from collections.abc import Collection, Sequence

from eventstore import InlineProjection, SqliteStore, StoredFact
from projections.build import TableBuilder
from projections.lens import lens
from projections.projection import Fact, Projection
from projections.tables import Access, TableRows, create_statements


class TableProjection:
    """A projection as the store wants it: its tables, kept by its fold."""

    def __init__(self, projection: Projection) -> None:
        self._projection = projection
        self.name = projection.name
        self.version = projection.version
        self.event_types = frozenset(event_type.__name__ for event_type in projection.reads)
        self._access = {table.name: Access(table, table.name) for table in projection.tables}
        self._lenses = {
            event_type.__name__: lens(event_type, fields) for event_type, fields in projection.reads.items()
        }

    def prepare(self, connection: sqlite3.Connection) -> None:
        """Create the tables that aren't there."""
        for table in self._projection.tables:
            for sql in create_statements(table, table.name):
                connection.execute(sql)

    def clear(self, connection: sqlite3.Connection) -> None:
        """Drop the tables."""
        for table in self._projection.tables:
            connection.execute(f'DROP TABLE IF EXISTS "{table.name}"')

    def apply(self, connection: sqlite3.Connection, facts: Sequence[StoredFact]) -> None:
        """Fold the facts over the rows they touch, and write those that changed."""
        rows = {name: TableRows(connection, access) for name, access in self._access.items()}
        fold, lenses = self._projection.fold, self._lenses
        read = [
            Fact(position, stream, recorded_at, lenses[type_](data), actor, type_)
            for position, type_, stream, recorded_at, actor, data in facts
        ]
        for name, field in self._projection.asks.items():
            rows[name].load({fact.data[field] for fact in read if field in fact.data})
        for fact in read:
            fold(rows, fact)
        for table_rows in rows.values():
            table_rows.flush()

    def beside(self, connection: sqlite3.Connection) -> "TableBuilder":
        """Create the tables under other names, within a transaction; drops what a crash left of them."""
        return TableBuilder(connection, self._projection)


def inline(projections: Sequence[Projection]) -> list[InlineProjection]:
    """Make projections ready for `open_store`; raises ValueError if two want the same name or table."""
    names = [projection.name for projection in projections]
    tables = ["events", "commits", "projections", *(t.name for each in projections for t in each.tables)]
    for taken in (names, tables):
        if twice := {name for name in taken if taken.count(name) > 1}:
            raise ValueError(f"{', '.join(sorted(twice))}: the name is taken")
    return [TableProjection(projection) for projection in projections]


def rebuild(store: SqliteStore, names: Collection[str]) -> None:
    """Fold the whole log again for the named projections, which must be among the store's."""
    store.rebuild(names)
