"""Rebuilding projections beside the live ones, while others read and append; swapped in at the end."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from eventstore.inline import Builder, BuiltBeside, InlineProjection
from eventstore.sqlite.connect import connect_reader, connect_writer, transaction
from eventstore.sqlite.facts import Shapes
from eventstore.sqlite.followers import HEAD, REMEMBER, Followers
from eventstore.sqlite.hold import collector_held
from eventstore.sqlite.stretches import stretches

MOST_ROWS = 100_000  #: in memory, over all builders
CHUNK = 10_000  #: rows written in one transaction, so that no other writer waits for long
CLOSE = 2_000  #: events from the head from which on the rest is done within the swapping transaction
PATIENCE = 3600.0  #: seconds that one rebuild waits for another


def rebuild(
    path: Path, followers: Followers, projections: Sequence[InlineProjection], busy_timeout: float
) -> None:
    """Build projections from scratch; returns when they are at the head, under their new version."""
    beside = [projection for projection in projections if isinstance(projection, BuiltBeside)]
    with closing(connect_writer(path, busy_timeout)) as connection, collector_held():
        for projection in projections:
            if projection not in beside:
                with transaction(connection, busy_timeout):
                    rebuild_in_place(connection, followers, projection)
        if beside:
            Rebuild(connection, followers, beside).beside_writers(path, busy_timeout)


def rebuild_within(
    connection: sqlite3.Connection, followers: Followers, projections: Sequence[InlineProjection]
) -> None:
    """Build projections from scratch within the caller's transaction, for which other writers wait."""
    beside = [projection for projection in projections if isinstance(projection, BuiltBeside)]
    for projection in projections:
        if projection not in beside:
            rebuild_in_place(connection, followers, projection)
    if beside:
        with collector_held():
            Rebuild(connection, followers, beside).within_transaction()


def rebuild_in_place(
    connection: sqlite3.Connection, followers: Followers, projection: InlineProjection
) -> None:
    """Build one that knows no building beside: empty its tables and feed it everything."""
    (head,) = connection.execute(HEAD).fetchone()
    projection.clear(connection)
    projection.prepare(connection)
    followers.feed(connection, projection, 0, head)


class Build:
    """The builders of several projections, fed by one run over the log."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        shapes: Shapes,
        projections: Sequence[BuiltBeside],
        most_rows: int = MOST_ROWS,
    ) -> None:
        """Create the tables, within the caller's transaction."""
        self._shapes = shapes
        self._most_rows = most_rows
        self.types = frozenset(name for projection in projections for name in projection.event_types)
        self.builders: list[Builder] = [projection.beside(connection) for projection in projections]

    def fold(self, reader: sqlite3.Connection, after: int, head: int, write: Callable[[], None]) -> None:
        """Fold what comes after one position up to another; `write` writes it all when rows are too many."""
        for stretch in stretches(reader, after, head, self.types, self._shapes):
            for builder in self.builders:
                builder.fold(stretch)
            if sum(builder.rows() for builder in self.builders) > self._most_rows:
                write()
                for builder in self.builders:
                    builder.forget()

    def write_all(self) -> None:
        """Write what was folded, within the caller's transaction."""
        for builder in self.builders:
            while not builder.write(CHUNK):
                pass

    def swap(self) -> None:
        """Put the new tables in the place of the live ones, within the caller's transaction."""
        for builder in self.builders:
            builder.swap()


class Rebuild:
    """One run over the log for several projections."""

    def __init__(
        self, connection: sqlite3.Connection, followers: Followers, projections: Sequence[BuiltBeside]
    ) -> None:
        self._connection = connection
        self._shapes = followers.shapes
        self._projections = projections

    def beside_writers(self, path: Path, patience: float) -> None:
        """Fold and write while others append, catch up with what they appended, swap."""
        with transaction(self._connection, patience):
            build = self._begin()

        def write() -> None:
            for builder in build.builders:
                written = False
                while not written:
                    with transaction(self._connection, patience):
                        written = builder.write(CHUNK)

        position = 0
        while (head := self._head()) - position > CLOSE:
            with closing(connect_reader(path, patience)) as reader:
                build.fold(reader, position, head, write)
            write()
            position = head
        with transaction(self._connection, patience):
            self._finish(build, position)

    def within_transaction(self) -> None:
        """Do all of it at once."""
        self._finish(self._begin(), 0)

    def _begin(self) -> Build:
        return Build(self._connection, self._shapes, self._projections, MOST_ROWS)

    def _finish(self, build: Build, position: int) -> None:
        head = self._head()
        build.fold(self._connection, position, head, build.write_all)
        build.write_all()
        build.swap()
        for projection in self._projections:
            self._connection.execute(REMEMBER, (projection.name, projection.version, head))

    def _head(self) -> int:
        (head,) = self._connection.execute(HEAD).fetchone()
        return int(head)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep other programs from rebuilding at the same time; a crash lets go of it.

    The lock is SQLite's own, on an empty file beside the log.
    """
    lock = path.with_name(path.name + "-rebuild")
    with closing(sqlite3.connect(lock, timeout=PATIENCE, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield
        connection.execute("ROLLBACK")
