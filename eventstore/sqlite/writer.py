"""The one transaction that appends: checks, rows, commit row, projections."""

import json
import sqlite3
from collections.abc import Callable, Sequence

from eventstore.append import Appended, AppendResult, WrongExpectedVersion
from eventstore.inline import StoredFact
from eventstore.proposal import Proposal, as_expected, fingerprint, resolved
from eventstore.sqlite.chain import CommitRow, link
from eventstore.sqlite.connect import begin
from eventstore.sqlite.followers import Followers
from eventstore.sqlite.insert import insert_events
from eventstore.sqlite.keys import appended_before
from eventstore.sqlite.tail import Tail, tail_of, trusted_version
from eventstore.stamp import Clock

VERSION = "SELECT ifnull(max(version), 0) FROM events WHERE stream = ?"
VERSIONS = """
SELECT value, (SELECT ifnull(max(version), 0) FROM events WHERE stream = value) FROM json_each(?)
"""
FEW = 4  #: streams that are quicker looked up one by one
INSERT_COMMIT = "INSERT OR ROLLBACK INTO commits VALUES (?, ?, ?, ?, ?, ?, ?)"
Then = Callable[[sqlite3.Connection, Sequence[AppendResult]], None]


class Mistrusted(Exception):
    """A stream may not be where an append expects it: versions have to be looked up."""


class Writer:
    """Writes proposals through one connection; whoever calls holds the lock on it."""

    def __init__(
        self, connection: sqlite3.Connection, followers: Followers, patience: float, clock: Clock
    ) -> None:
        self.connection = connection
        self._followers = followers
        self._patience = patience
        self._clock = clock
        self._last: Tail | None = None  # as the last transaction left it

    def write(self, proposals: Sequence[Proposal], then: Then | None = None) -> list[AppendResult]:
        """Append what can be appended, in one synced transaction, and give each proposal's outcome.

        `then` is called before the commit, with the outcomes. Expected versions are trusted at first, since the
        guards refuse what doesn't fit; only then are they looked up, to say what was found.
        """
        try:
            return self._transaction(proposals, then, trusting=True)
        except Mistrusted:
            pass
        except sqlite3.IntegrityError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_CONSTRAINT_TRIGGER:
                raise
        return self._transaction(proposals, then, trusting=False)

    def _transaction(
        self, proposals: Sequence[Proposal], then: Then | None, *, trusting: bool
    ) -> list[AppendResult]:
        connection, last = self.connection, self._last
        self._last = None
        begin(connection, self._patience)
        try:
            tail = tail_of(connection, last, self._clock)
            before = tail.position
            results = [self._append(tail, proposal, trusting) for proposal in proposals]
            if tail.position > before:
                self._followers.follow(connection, before, tail.position, tail.facts, tail.remembered)
            if then is not None:
                then(connection, results)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        self._last = tail if tail.position > before else None
        return results

    def _append(self, tail: Tail, proposal: Proposal, trusting: bool) -> AppendResult:
        if proposal.key is not None and (before := appended_before(self.connection, proposal)):
            return before
        self._find_versions(tail, proposal, trusting)
        if wrong := moved_on(tail, proposal):
            if trusting:
                raise Mistrusted
            return wrong
        first, last = tail.position + 1, tail.position + len(proposal.types)
        columns = self._columns(tail, proposal, first)
        commit = CommitRow(
            first, last, proposal.key, key_fingerprint(proposal), proposal.actor, proposal.correlation
        )
        self._insert(tail, proposal, commit, columns)
        tail.position = last
        return Appended(first, last)

    def _find_versions(self, tail: Tail, proposal: Proposal, trusting: bool) -> None:
        versions, unknown = tail.versions, []
        for append in proposal.appends:
            stream = append.stream
            if stream in versions or stream in unknown:
                continue
            trusted = trusted_version(append) if trusting else None
            if trusted is None:
                unknown.append(stream)
            else:
                versions[stream] = trusted
        if len(unknown) <= FEW:
            for stream in unknown:
                (versions[stream],) = self.connection.execute(VERSION, (stream,)).fetchone()
        else:
            versions.update(self.connection.execute(VERSIONS, (json.dumps(unknown),)).fetchall())

    def _columns(self, tail: Tail, proposal: Proposal, first: int) -> tuple[Sequence[object], ...]:
        versions: list[int] = []
        for append in proposal.appends:
            version = tail.versions[append.stream]
            tail.versions[append.stream] = last = version + len(append.events)
            versions.extend(range(version + 1, last + 1))
        recorded_at = [tail.recorded_at] * len(versions)
        causes = resolved(proposal.causes, first)
        return (proposal.streams, versions, proposal.types, proposal.schema_versions, recorded_at, causes)

    def _insert(
        self, tail: Tail, proposal: Proposal, commit: CommitRow, columns: tuple[Sequence[object], ...]
    ) -> None:
        positions = range(commit.first_position, commit.last_position + 1)
        insert_events(self.connection, commit.first_position, columns, proposal.data, proposal.digests)
        tail.chain = link(tail.chain, commit, columns, proposal.digests)
        self.connection.execute(
            INSERT_COMMIT,
            (
                commit.last_position,
                commit.first_position,
                commit.key,
                commit.fingerprint,
                commit.actor,
                commit.correlation,
                tail.chain,
            ),
        )
        if wanted := self._followers.event_types:
            tail.facts += [
                StoredFact(position, type_, stream, tail.recorded_at, commit.actor, data)
                for position, type_, stream, data in zip(
                    positions, proposal.types, proposal.streams, proposal.data, strict=True
                )
                if type_ in wanted
            ]


def moved_on(tail: Tail, proposal: Proposal) -> WrongExpectedVersion | None:
    """Give the first stream that isn't where its append expects it, taking earlier appends into account."""
    added: dict[str, int] = {}
    for append in proposal.appends:
        found = tail.versions[append.stream] + added.get(append.stream, 0)
        if not as_expected(append.expected_version, found):
            return WrongExpectedVersion(append.stream, append.expected_version, found)
        added[append.stream] = added.get(append.stream, 0) + len(append.events)
    return None


def key_fingerprint(proposal: Proposal) -> bytes | None:
    """Give the fingerprint of what is appended under a key, None without a key."""
    if proposal.key is None:
        return None
    return fingerprint(proposal.streams, proposal.types, proposal.schema_versions, proposal.digests)
