"""The store itself: thin on purpose, it joins writer, readers and waiting."""

import sqlite3
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from eventstore.append import ANY, Append, AppendResult, Cause, ExpectedVersion
from eventstore.errors import StoreUnavailable
from eventstore.event import Event
from eventstore.inline import InlineProjection
from eventstore.proposal import Proposal, propose
from eventstore.record import Recorded
from eventstore.sqlite.connect import connect_writer, in_our_words, translated
from eventstore.sqlite.followers import Followers
from eventstore.sqlite.group import GroupCommit
from eventstore.sqlite.reader import ReaderPool, read_log, read_one_stream
from eventstore.sqlite.schema import check_schema, ensure_schema
from eventstore.sqlite.writer import VERSION, Writer
from eventstore.stamp import Clock, utc_now

HEAD = "SELECT ifnull(max(position), 0) FROM events"
TICK = 0.02  #: seconds between two looks at data_version


class SqliteStore:
    """The log in a SQLite file; safe to use from several threads and processes at once."""

    def __init__(
        self,
        path: Path,
        known: dict[type[Event], str],
        pool: ReaderPool,
        connection: sqlite3.Connection | None,
        followers: Followers,
        clock: Clock,
    ) -> None:
        self.path = path
        self._known = known
        self._pool = pool
        self._connection = connection
        self._followers = followers
        self._writer = Writer(connection, followers, clock) if connection is not None else None
        self._group = GroupCommit(self._write)
        self._news = threading.Condition()

    def append(
        self,
        stream: str,
        events: Sequence[Event],
        expected_version: ExpectedVersion = ANY,
        *,
        causes: Sequence[Cause] = (),
        key: str | None = None,
        actor: str = "",
        correlation: str | None = None,
    ) -> AppendResult:
        """Append to one stream; see `append_many`."""
        one = (Append(stream, events, expected_version, causes),)
        return self._group.submit(propose(one, self._known, key, actor, correlation))

    def append_many(
        self,
        appends: Sequence[Append],
        *,
        key: str | None = None,
        actor: str = "",
        correlation: str | None = None,
    ) -> AppendResult:
        """Append to several streams in one transaction, all or nothing, durable when it returns."""
        return self._group.submit(propose(appends, self._known, key, actor, correlation))

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
        """Yield events with after < position < before in global order, a page in memory at a time."""
        return read_log(self._pool, after, before, types, category, backwards, limit)

    def read_stream(
        self, stream: str, *, after: int = 0, backwards: bool = False, limit: int | None = None
    ) -> Iterator[Recorded]:
        """Yield the events of one stream with a version above `after`."""
        return read_one_stream(self._pool, stream, after, backwards, limit)

    def head(self) -> int:
        """Give the last position, 0 for an empty log."""
        return int(self._value(HEAD))

    def stream_version(self, stream: str) -> int:
        """Give the last version of a stream, 0 where there is none."""
        return int(self._value(VERSION, stream))

    def wait(self, after: int, timeout: float) -> bool:
        """Wait until the head is above `after`, or `timeout` seconds; tell whether it is."""
        deadline = time.monotonic() + timeout
        with self._pool.connection() as connection:
            seen = None
            while True:
                (now,) = connection.execute("PRAGMA data_version").fetchone()
                if now != seen and connection.execute(HEAD).fetchone()[0] > after:
                    return True
                seen = now
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                with self._news:
                    self._news.wait(min(TICK, left))

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """Lend a query-only connection with `sqlite3.Row` rows, for the questions of read models.

        Every thread may ask for one at any time. Inside, `BEGIN` makes several queries see one state.
        """
        return self._pool.connection()

    def query(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[sqlite3.Row]:
        """Give all rows of one query of a read model."""
        with self._pool.connection() as connection:
            return connection.execute(sql, parameters).fetchall()

    def rebuild(self, names: Collection[str]) -> None:
        """Build these projections of the store from scratch; raises KeyError for one it hasn't."""
        with self._group.writing, translated(self.path):
            self._begun()
            try:
                self._followers.rebuild(self._open_connection(), names)
            except BaseException:
                self._open_connection().execute("ROLLBACK")
                raise
            self._open_connection().execute("COMMIT")

    def close(self) -> None:
        """Release every connection; appends that wait are finished first."""
        with self._group.writing:
            self._pool.close()
            if self._connection is not None:
                self._connection.close()
            self._connection = self._writer = None

    def __enter__(self) -> "SqliteStore":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _write(self, proposals: Sequence[Proposal]) -> list[AppendResult]:
        if self._writer is None:
            raise StoreUnavailable(f"{self.path}: the log is closed or was opened for reading only")
        with translated(self.path):
            results = self._writer.write(proposals)
        with self._news:
            self._news.notify_all()
        return results

    def _open_connection(self) -> sqlite3.Connection:
        if self._connection is None:
            raise StoreUnavailable(f"{self.path}: the log is closed or was opened for reading only")
        return self._connection

    def _begun(self) -> None:
        self._open_connection().execute("BEGIN IMMEDIATE")

    def _value(self, sql: str, *parameters: str) -> Any:
        with self._pool.connection() as connection:
            return connection.execute(sql, parameters).fetchone()[0]


def open_store(
    path: Path,
    event_types: Sequence[type[Event]],
    inline: Sequence[InlineProjection] = (),
    *,
    read_only: bool = False,
    busy_timeout: float = 10.0,
    clock: Clock = utc_now,
) -> SqliteStore:
    """Open the log at `path`, creating it (unless `read_only`) where there is none.

    `event_types` are those that may be appended. Projections in `inline` are brought up to the head before
    this returns. `busy_timeout` is in seconds. Raises `StoreUnavailable`, `StoreDamaged` or `StoreTooNew`.
    """
    known = {event_type: event_type.__name__ for event_type in event_types}
    if len(set(known.values())) < len(known):
        raise ValueError("two event types have the same name")
    followers = Followers(inline)
    connection = None if read_only else open_writer(path, followers, busy_timeout)
    pool = ReaderPool(path, busy_timeout)
    if read_only:
        with pool.connection() as reader:
            check_schema(reader)
    return SqliteStore(path, known, pool, connection, followers, clock)


def open_writer(path: Path, followers: Followers, busy_timeout: float) -> sqlite3.Connection:
    """Open the connection that appends; the schema is checked and every follower brought up."""
    try:
        connection = connect_writer(path, busy_timeout)
    except sqlite3.Error as error:
        raise in_our_words(path, error) from error
    try:
        with translated(path):
            connection.execute("BEGIN IMMEDIATE")
            ensure_schema(connection)
            check_schema(connection)
            followers.open(connection)
            connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection
