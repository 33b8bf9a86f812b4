"""Rebuilding projections beside the live ones, while others read and append; swapped in at the end."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from eventstore.inline import Builder, BuiltBeside, InlineProjection
from eventstore.sqlite.connect import connect_reader, connect_writer, transaction
from eventstore.sqlite.facts import Row, facts_between
from eventstore.sqlite.followers import HEAD, REMEMBER, Followers
from eventstore.sqlite.hold import collector_held

MOST_ROWS = 100_000  #: in memory, over all builders
CHUNK = 10_000  #: rows written in one transaction, so that no other writer waits for long
CLOSE = 2_000  #: events from the head from which on the rest is done within the swapping transaction
PATIENCE = 3600.0  #: seconds that one rebuild waits for another


def rebuild(
    path: Path, followers: Followers, projections: Sequence[InlineProjection], busy_timeout: float
) -> None:
    """Build projections from scratch; returns when they are at the head, under their new version."""
    if not projections:
        return
    with closing(connect_writer(path, busy_timeout)) as connection:
        for projection in projections:
            if not isinstance(projection, BuiltBeside):
                with transaction(connection, busy_timeout):
                    rebuild_in_place(connection, followers, projection)
        beside = [projection for projection in projections if isinstance(projection, BuiltBeside)]
        if beside:
            with collector_held():
                Rebuild(path, connection, followers, beside, busy_timeout).run()


def rebuild_in_place(
    connection: sqlite3.Connection, followers: Followers, projection: InlineProjection
) -> None:
    """Build one anew within a transaction, for which other writers wait."""
    (head,) = connection.execute(HEAD).fetchone()
    projection.clear(connection)
    projection.prepare(connection)
    followers.feed(connection, projection, 0, head)


class Rebuild:
    """One run over the log for several projections."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        followers: Followers,
        projections: Sequence[InlineProjection],
        busy_timeout: float,
    ) -> None:
        self._path = path
        self._connection = connection
        self._followers = followers
        self._projections = projections
        self._busy_timeout = busy_timeout
        self._types = frozenset(name for projection in projections for name in projection.event_types)
        self._builders: list[Builder] = []

    def run(self) -> None:
        """Fold, write, catch up with what was appended meanwhile, swap."""
        with transaction(self._connection, self._busy_timeout):
            self._builders = [
                projection.beside(self._connection)
                for projection in self._projections
                if isinstance(projection, BuiltBeside)
            ]
        position = 0
        while (head := self._head()) - position > CLOSE:
            self._fold_beside(position, head)
            position = head
        with transaction(self._connection, self._busy_timeout):
            head = self._head()
            self._fold(facts_between(self._connection, position, head, self._types, self._followers.shapes))
            for projection, builder in zip(self._projections, self._builders, strict=True):
                while not builder.write(CHUNK):
                    pass
                builder.swap()
                self._connection.execute(REMEMBER, (projection.name, projection.version, head))

    def _fold_beside(self, after: int, head: int) -> None:
        with closing(connect_reader(self._path, self._busy_timeout)) as reader:
            self._fold(facts_between(reader, after, head, self._types, self._followers.shapes), spill=True)
        self._write()

    def _fold(self, batches: Iterator[list[Row]], *, spill: bool = False) -> None:
        wanted = [
            (builder, projection.event_types)
            for builder, projection in zip(self._builders, self._projections, strict=True)
        ]
        for facts in batches:
            for builder, types in wanted:
                builder.fold([fact for fact in facts if fact[1] in types])
            if spill and sum(builder.rows() for builder in self._builders) > MOST_ROWS:
                self._write()
                for builder in self._builders:
                    builder.forget()

    def _write(self) -> None:
        for builder in self._builders:
            written = False
            while not written:
                with transaction(self._connection, self._busy_timeout):
                    written = builder.write(CHUNK)

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
