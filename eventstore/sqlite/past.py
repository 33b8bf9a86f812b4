"""The state as of a position: the read models as they were then, and the log that ends there.

The tables are folded from the log into a private database that nobody else sees and that goes away when it
is closed; the log itself is only read. What was erased since then isn't in them.
"""

import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from eventstore.errors import StoreUnavailable
from eventstore.inline import BuiltBeside, InlineProjection
from eventstore.record import Recorded
from eventstore.sqlite.facts import facts_between
from eventstore.sqlite.followers import HEAD, Followers
from eventstore.sqlite.hold import collector_held
from eventstore.sqlite.reader import ReaderPool, fetch, read_log, read_one_stream
from eventstore.sqlite.rebuild import Build

CACHE = 16_000  #: kB of the private database that stay in memory; the rest lies in an unnamed temporary file
MOST_ROWS = 5_000  #: in memory while folding, over all builders
STEPS = 1_000  #: positions that can be gone back quickly
MOST_STEPS = 10_000  #: positions whose changes are kept in memory, so that they can be taken back
VERSION = "SELECT ifnull(max(version), 0) FROM events WHERE stream = ? AND position <= ?"


class Past:
    """An `EventStore` that ends at a position, with the store's inline read models as of it. Takes no events.

    Safe to use from several threads.
    """

    def __init__(self, pool: ReaderPool, followers: Followers, position: int) -> None:
        self.position = 0
        self._pool = pool
        self._followers = followers
        self._lock = threading.Lock()
        self._moving = threading.Lock()
        self._tables = private_database()
        self._base = 0  # the position that a rollback goes back to
        try:
            self.go_to(position)
        except BaseException:
            self.close()
            raise

    def go_to(self, position: int) -> None:
        """Move to another position, up to `STEPS` backwards or any number forwards at the cost of what lies
        between; further back costs all that lies before.

        Raises ValueError for a position that the log hasn't.
        """
        with self._moving, self._pool.connection() as reader, collector_held():
            (head,) = fetch(reader, HEAD, ())[0]
            if not 0 <= position <= head:
                raise ValueError(f"the log has the positions 1 to {head}, not {position}")
            reader.execute("BEGIN")
            if 0 < self._base <= position:
                with self._lock:
                    self._move(reader, position)
                return
            base = max(position - STEPS, 0)
            tables = from_the_beginning(self._followers, reader, base)
            with self._lock:
                self._tables.close()
                self._tables, self._base, self.position = tables, base, base
                self._move(reader, position)

    def _move(self, reader: sqlite3.Connection, position: int) -> None:
        if position < self.position:
            self._back_to_base()
        if position - self._base > MOST_STEPS:
            self._forwards(reader, position - STEPS)
            self._tables.execute("COMMIT")
            self._tables.execute("BEGIN")
            self._base = self.position
        self._forwards(reader, position)

    def _forwards(self, reader: sqlite3.Connection, upto: int) -> None:
        try:
            for projection in self._followers.all:
                feed(self._followers, reader, self._tables, projection, self.position, upto)
        except BaseException:
            self._back_to_base()
            raise
        self.position = upto

    def _back_to_base(self) -> None:
        self._tables.execute("ROLLBACK")
        self._tables.execute("BEGIN")
        self.position = self._base

    def query(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[sqlite3.Row]:
        """Give all rows of one query of a read model, as of the position."""
        with self.reading() as connection:
            return connection.execute(sql, parameters).fetchall()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection to the read models, to one thread at a time."""
        with self._lock:
            yield self._tables

    def read(
        self,
        *,
        after: int = 0,
        before: int | None = None,
        types: Collection[str] | None = None,
        category: str | None = None,
        backwards: bool = False,
        limit: int | None = None,
    ) -> Iterator[Recorded]:
        """Yield events up to the position; see `EventStore.read`."""
        end = self.position + 1
        before = end if before is None else min(before, end)
        upcasters = self._followers.shapes.upcasters
        return read_log(self._pool, upcasters, after, before, types, category, backwards, limit)

    def read_stream(
        self, stream: str, *, after: int = 0, backwards: bool = False, limit: int | None = None
    ) -> Iterator[Recorded]:
        """Yield the events of one stream up to the position, with a version above `after`."""
        upto = self.stream_version(stream)
        upcasters = self._followers.shapes.upcasters
        return read_one_stream(self._pool, upcasters, stream, after, backwards, limit, upto)

    def head(self) -> int:
        """Give the position."""
        return self.position

    def stream_version(self, stream: str) -> int:
        """Give the version that a stream had, 0 where there was none."""
        return self.stream_versions((stream,))[stream]

    def stream_versions(self, streams: Sequence[str]) -> dict[str, int]:
        """Give the version that each stream had."""
        with self._pool.connection() as reader:
            return {stream: fetch(reader, VERSION, (stream, self.position))[0][0] for stream in streams}

    def wait(self, after: int, timeout: float) -> bool:
        """Tell at once whether the position is above `after`: nothing more comes."""
        return self.position > after

    def append(self, *_: object, **__: object) -> NoReturn:
        """Refuse: the past takes no events."""
        raise StoreUnavailable(f"this is the log as of position {self.position}; it takes no events")

    append_many = append

    def close(self) -> None:
        """Let the private database go."""
        with self._lock:
            self._tables.close()

    def __enter__(self) -> "Past":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def private_database() -> sqlite3.Connection:
    """Open a database that only this connection sees; SQLite sees to it that its file goes away."""
    connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{CACHE}")
    connection.row_factory = sqlite3.Row
    return connection


def from_the_beginning(followers: Followers, reader: sqlite3.Connection, upto: int) -> sqlite3.Connection:
    """Fold the log up to a position into a new database, with a transaction begun behind it."""
    tables = private_database()
    try:
        tables.execute("BEGIN")
        beside = [projection for projection in followers.all if isinstance(projection, BuiltBeside)]
        build = Build(tables, followers.shapes, beside, MOST_ROWS)
        build.fold(reader, 0, upto, build.write_all)
        build.write_all()
        build.swap()
        for projection in followers.all:
            if projection not in beside:
                projection.prepare(tables)
                feed(followers, reader, tables, projection, 0, upto)
        tables.execute("COMMIT")
        tables.execute("BEGIN")
    except BaseException:
        tables.close()
        raise
    return tables


def feed(
    followers: Followers,
    reader: sqlite3.Connection,
    tables: sqlite3.Connection,
    projection: InlineProjection,
    after: int,
    upto: int,
) -> None:
    """Apply to one projection what comes after one position up to another."""
    for facts in facts_between(reader, after, upto, projection.event_types, followers.shapes):
        projection.apply(tables, facts)
