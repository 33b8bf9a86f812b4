"""The one transaction that appends: checks, rows, commit row, projections."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from itertools import count

from eventstore.append import Appended, AppendResult, WrongExpectedVersion
from eventstore.inline import StoredFact
from eventstore.proposal import Proposal, as_expected, fingerprint, resolved
from eventstore.sqlite.chain import CommitRow, link
from eventstore.sqlite.connect import begin
from eventstore.sqlite.followers import Followers, LeftBehind
from eventstore.sqlite.insert import insert_commit, insert_events
from eventstore.sqlite.keys import appended_before
from eventstore.sqlite.tail import Tail, names_version, read_tail, remembered
from eventstore.stamp import Clock

VERSION = "SELECT ifnull(max(version), 0) FROM events WHERE stream = ?"
VERSIONS = """
SELECT value, (SELECT ifnull(max(version), 0) FROM events WHERE stream = value) FROM json_each(?)
"""
FEW = 4  #: streams that are quicker looked up one by one
Then = Callable[[sqlite3.Connection, Sequence[AppendResult]], None]


class Mistrusted(Exception):
    """A stream may not be where an append expects it: versions have to be looked up."""


class Writer:
    """Writes proposals through one connection; whoever calls holds the lock on it."""

    def __init__(
        self, connection: sqlite3.Connection, followers: Followers, patience: float, clock: Clock
    ) -> None:
        self.connection = connection
        #: Kept, since making a cursor for a statement takes half as long as the statement.
        self._cursor = connection.cursor()
        self._followers = followers
        self._patience = patience
        self._clock = clock
        self._last: Tail | None = None  # as the last transaction left it
        #: Others write too: to look is cheaper than to be refused, which costs the lock.
        self._disturbed = False

    def write(self, proposals: Sequence[Proposal], then: Then | None = None) -> list[AppendResult]:
        """Append what can be appended, in one synced transaction, and give each proposal's outcome.

        `then` is called before the commit, with the outcomes. Expected versions, and what is remembered of the log,
        are trusted at first, since the guards refuse what doesn't fit; only then is all of it looked up, to say what
        was found.
        """
        try:
            return self._transaction(proposals, then, trusting=True)
        except (Mistrusted, LeftBehind, sqlite3.IntegrityError):
            self._disturbed = True
        return self._transaction(proposals, then, trusting=False)

    def _transaction(
        self, proposals: Sequence[Proposal], then: Then | None, *, trusting: bool
    ) -> list[AppendResult]:
        connection = self.connection
        begin(self._cursor, self._patience)
        try:
            tail, caught_up = self._end(trusting)
            before = tail.position
            results: list[AppendResult] = []
            for proposal in proposals:
                results.append(self._append(tail, proposal, trusting))
            if tail.position > before:
                self._followers.follow(connection, before, tail.position, tail.facts, caught_up=caught_up)
            if then is not None:
                then(connection, results)
            self._cursor.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        self._last = tail if tail.position > before else None
        return results

    def _end(self, trusting: bool) -> tuple[Tail, bool]:
        """Give the end of the log, and whether it is taken to be where our last transaction left it."""
        last, self._last = self._last, None
        if last is not None and trusting:
            if not self._disturbed:
                return remembered(last, self._clock), True
            found = read_tail(self.connection, self._clock)
            self._disturbed = found.position != last.position
            return (found, False) if self._disturbed else (remembered(last, self._clock), True)
        return read_tail(self.connection, self._clock), False

    def _append(self, tail: Tail, proposal: Proposal, trusting: bool) -> AppendResult:
        if proposal.key is not None and (before := appended_before(self.connection, proposal)):
            return before
        versions = next_versions(tail, proposal, trusting)
        if versions is None:
            self._look_up(tail, proposal, trusting)
            versions = next_versions(tail, proposal, trusting=True)
        assert versions is not None  # noqa: S101 - all were looked up
        if isinstance(versions, WrongExpectedVersion):
            if trusting:
                raise Mistrusted
            return versions
        first, last = tail.position + 1, tail.position + len(versions)
        fingerprint = None if proposal.key is None else fingerprint_of(proposal)
        commit = CommitRow(first, last, proposal.key, fingerprint, proposal.actor, proposal.correlation)
        self._insert(tail, proposal, commit, versions)
        tail.position = last
        return Appended(first, last)

    def _look_up(self, tail: Tail, proposal: Proposal, trusting: bool) -> None:
        """Look up the versions of streams that aren't known; those that an append names are trusted, or not."""
        known = tail.versions
        unknown = [
            append.stream
            for append in proposal.appends
            if append.stream not in known and not (trusting and names_version(append))
        ]
        if len(unknown) <= FEW:
            for stream in unknown:
                (known[stream],) = self.connection.execute(VERSION, (stream,)).fetchone()
        else:
            known.update(self.connection.execute(VERSIONS, (json.dumps(unknown),)).fetchall())

    def _insert(self, tail: Tail, proposal: Proposal, commit: CommitRow, versions: list[int]) -> None:
        first, number = commit.first_position, len(versions)
        columns = (
            proposal.streams,
            versions,
            proposal.types,
            proposal.schema_versions,
            [tail.recorded_at] * number,
            [None] * number if proposal.causes is None else resolved(proposal.causes, first),
        )
        insert_events(self._cursor, first, columns, proposal.data, proposal.digests)
        tail.chain = link(tail.chain, commit, columns, proposal.digests)
        insert_commit(self._cursor, commit, tail.chain)
        if wanted := self._followers.event_types:
            tail.facts += [
                StoredFact(position, type_, stream, tail.recorded_at, commit.actor, data)
                for position, type_, stream, data in zip(
                    count(first), proposal.types, proposal.streams, proposal.data, strict=False
                )
                if type_ in wanted
            ]


def next_versions(tail: Tail, proposal: Proposal, trusting: bool) -> list[int] | WrongExpectedVersion | None:
    """Give the versions of the events, and move their streams on; or the first stream that is elsewhere.

    Earlier appends of the proposal count. A stream that isn't known is taken to be where it is expected, if that may
    be trusted; else None says that streams have to be looked up.
    """
    known = tail.versions
    versions: list[int] = []
    moved: dict[str, int] = {}
    for append in proposal.appends:
        stream, expected = append.stream, append.expected_version
        found = moved.get(stream) or known.get(stream)
        if found is None:
            if not (trusting and names_version(append)):
                return None
            found = expected if isinstance(expected, int) else 0
        elif found != expected and not as_expected(expected, found):
            return WrongExpectedVersion(stream, expected, found)
        moved[stream] = last = found + len(append.events)
        versions += range(found + 1, last + 1)
    known.update(moved)
    return versions


def fingerprint_of(proposal: Proposal) -> str:
    """Give the fingerprint of what is appended under a key, in hex."""
    return fingerprint(proposal.streams, proposal.types, proposal.schema_versions, proposal.digests).hex()
