"""The store itself: thin on purpose, it joins writer, readers and waiting."""

import json
import sqlite3
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from eventstore.append import ANY, Append, AppendResult, Cause, ExpectedVersion
from eventstore.erasure import DataErased
from eventstore.errors import StoreUnavailable
from eventstore.event import Event
from eventstore.proposal import Known, Proposal, propose
from eventstore.record import Recorded
from eventstore.sqlite.commits import Commit, commit_of
from eventstore.sqlite.connect import in_our_words, translated
from eventstore.sqlite.erase import bury, check_erasable, personal_positions, scrub
from eventstore.sqlite.followers import HEAD, Followers
from eventstore.sqlite.group import GroupCommit
from eventstore.sqlite.hold import LARGE, collector_held
from eventstore.sqlite.past import Past
from eventstore.sqlite.reader import ReaderPool, read_log, read_one_stream
from eventstore.sqlite.rebuild import alone, rebuild
from eventstore.sqlite.writer import VERSION, VERSIONS, Then, Writer

TICK = 0.05  #: seconds between two looks at data_version


class SqliteStore:
    """The log in a SQLite file; safe to use from several threads and processes at once."""

    def __init__(
        self,
        path: Path,
        known: Known,
        pool: ReaderPool,
        writer: Writer | None,
        followers: Followers,
        busy_timeout: float,
    ) -> None:
        self.path = path
        self._known = known
        self._pool = pool
        self._writer = writer
        self._followers = followers
        self._busy_timeout = busy_timeout
        self._group = GroupCommit(self._write)
        self._news = threading.Condition()
        self._listeners = 0  # threads that wait for them

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
        return self.append_many(one, key=key, actor=actor, correlation=correlation)

    def append_many(
        self,
        appends: Sequence[Append],
        *,
        key: str | None = None,
        actor: str = "",
        correlation: str | None = None,
    ) -> AppendResult:
        """Append to several streams in one transaction, all or nothing, durable when it returns."""
        proposal = propose(appends, self._known, key, actor, correlation)
        if len(proposal.data) < LARGE:
            return self._group.submit(proposal)
        with collector_held():
            return self._group.submit(proposal)

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
        return read_log(
            self._pool, self._followers.shapes.upcasters, after, before, types, category, backwards, limit
        )

    def read_stream(
        self, stream: str, *, after: int = 0, backwards: bool = False, limit: int | None = None
    ) -> Iterator[Recorded]:
        """Yield the events of one stream with a version above `after`."""
        return read_one_stream(self._pool, self._followers.shapes.upcasters, stream, after, backwards, limit)

    def head(self) -> int:
        """Give the last position, 0 for an empty log."""
        return int(self._value(HEAD))

    def stream_version(self, stream: str) -> int:
        """Give the last version of a stream, 0 where there is none."""
        return int(self._value(VERSION, stream))

    def stream_versions(self, streams: Sequence[str]) -> dict[str, int]:
        """Give the last version of each stream, 0 where there is none, in one look."""
        with self._pool.connection() as connection:
            return dict(map(tuple, connection.execute(VERSIONS, (json.dumps(list(streams)),)).fetchall()))

    def wait(self, after: int, timeout: float) -> bool:
        """Wait until the head is above `after`, or `timeout` seconds; tell whether it is."""
        deadline = time.monotonic() + timeout
        with self._listening(), self._pool.connection() as connection:
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

    @contextmanager
    def _listening(self) -> Iterator[None]:
        """Count a thread among those that appends tell their news."""
        with self._news:
            self._listeners += 1
        try:
            yield
        finally:
            with self._news:
                self._listeners -= 1

    def commit_of(self, position: int) -> Commit | None:
        """Give the commit that holds a position, None where the log doesn't reach it."""
        with self._pool.connection() as connection:
            return commit_of(connection, position)

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """Lend a query-only connection with `sqlite3.Row` rows, for the questions of read models.

        Every thread may ask for one at any time. Inside, `BEGIN` makes several queries see one state.
        """
        return self._pool.connection()

    def query(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[sqlite3.Row]:
        """Give all rows of one query of a read model."""
        with self._pool.connection() as connection:
            return connection.execute(sql, parameters).fetchall()

    def as_of(self, position: int) -> Past:
        """Give the log up to a position, with this store's read models as they were there; close it after use.

        Costs what folding those events costs, and no writer waits. What was erased since stays erased.
        Raises ValueError for a position that the log hasn't.
        """
        return Past(self._pool, self._followers, position)

    def rebuild(self, names: Collection[str]) -> None:
        """Build these projections of the store from scratch; raises KeyError for one it hasn't."""
        projections = self._followers.named(names)
        self._open_writer()
        with translated(self.path), alone(self.path):
            rebuild(self.path, self._followers, projections, self._busy_timeout)

    def personal_positions(self, streams: Sequence[str]) -> list[int]:
        """Give the positions of all events in these streams that hold personal data, not yet erased."""
        with self._pool.connection() as connection:
            return personal_positions(connection, streams)

    def erase(
        self, stream: str, erased: DataErased, *, actor: str = "", correlation: str | None = None
    ) -> AppendResult:
        """Replace the data at `erased.positions` by tombstones, append `erased`, and rewrite the file.

        Projections that read such events are built anew in the same transaction. Copies made before,
        backups among them, keep the data. Raises ValueError for an event without personal data, and
        `StoreUnavailable` if readers held old pages for too long: `scrub` is to be repeated then.
        """
        proposal = propose((Append(stream, (erased,)),), self._known, None, actor, correlation)
        positions = erased.positions

        def then(connection: sqlite3.Connection, results: Sequence[AppendResult]) -> None:
            check_erasable(connection, positions)
            bury(connection, self._followers, results, positions)

        with self._group.writing:
            (result,) = self._write([proposal], then)
        self.scrub()
        return result

    def scrub(self) -> None:
        """Rewrite the file so that no page of it still holds what was erased or deleted."""
        with self._group.writing, translated(self.path):
            scrub(self._open_writer().connection, self._busy_timeout)

    def close(self) -> None:
        """Release every connection; appends that wait are finished first."""
        with self._group.writing:
            self._pool.close()
            if self._writer is not None:
                self._writer.connection.close()
            self._writer = None

    def __enter__(self) -> "SqliteStore":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open_writer(self) -> Writer:
        if self._writer is None:
            raise StoreUnavailable(f"{self.path}: the log is closed or was opened for reading only")
        return self._writer

    def _write(self, proposals: Sequence[Proposal], then: Then | None = None) -> list[AppendResult]:
        writer = self._open_writer()
        try:
            results = writer.write(proposals, then)
        except sqlite3.Error as error:
            if words := in_our_words(self.path, error):
                raise words from error
            raise
        if self._listeners:
            with self._news:
                self._news.notify_all()
        return results

    def _value(self, sql: str, *parameters: str) -> Any:
        with self._pool.connection() as connection:
            return connection.execute(sql, parameters).fetchone()[0]
