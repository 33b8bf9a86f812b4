"""The log in memory, for tests and dry runs: the same contract, nothing kept."""

import json
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from eventstore.append import (
    ANY,
    AlreadyAppended,
    Append,
    Appended,
    AppendResult,
    Cause,
    ExpectedVersion,
    KeyConflict,
    WrongExpectedVersion,
)
from eventstore.errors import StoreUnavailable
from eventstore.event import Event
from eventstore.proposal import Proposal, as_expected, declare, propose, resolved
from eventstore.record import Recorded
from eventstore.stamp import Clock, stamp, unstamp, utc_now


@dataclass(frozen=True, slots=True)
class Kept:
    """What was appended under a key, without salts."""

    content: tuple[object, ...]
    first: int
    last: int


class MemoryStore:
    """An event store that forgets everything when it is closed; safe to use from several threads."""

    def __init__(self, event_types: Sequence[type[Event]], *, clock: Clock = utc_now) -> None:
        self._known = declare(event_types)
        self._clock = clock
        self._events: list[Recorded] = []
        self._streams: dict[str, list[Recorded]] = {}
        self._keys: dict[str, Kept] = {}
        self._last_stamp = ""
        self._closed = False
        self._changed = threading.Condition()

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
        """Append to several streams, all or nothing."""
        proposal = propose(appends, self._known, key, actor, correlation)
        with self._changed:
            if self._closed:
                raise StoreUnavailable("the log is closed")
            refusal = self._refusal(proposal)
            return refusal if refusal is not None else self._keep(proposal)

    def _refusal(self, proposal: Proposal) -> AlreadyAppended | KeyConflict | WrongExpectedVersion | None:
        if proposal.key is not None and (kept := self._keys.get(proposal.key)):
            if kept.content == content(proposal):
                return AlreadyAppended(kept.first, kept.last)
            return KeyConflict(proposal.key, kept.first, kept.last)
        added: dict[str, int] = {}
        for append in proposal.appends:
            found = len(self._streams.get(append.stream, ())) + added.get(append.stream, 0)
            if not as_expected(append.expected_version, found):
                return WrongExpectedVersion(append.stream, append.expected_version, found)
            added[append.stream] = added.get(append.stream, 0) + len(append.events)
        return None

    def _keep(self, proposal: Proposal) -> Appended:
        first = len(self._events) + 1
        self._last_stamp = stamp(self._clock, self._last_stamp)
        causes = resolved(proposal.causes or [None] * len(proposal.streams), first)
        for index, stream in enumerate(proposal.streams):
            in_stream = self._streams.setdefault(stream, [])
            event = Recorded(
                position=first + index,
                stream=stream,
                version=len(in_stream) + 1,
                type=proposal.types[index],
                schema_version=proposal.schema_versions[index],
                recorded_at=unstamp(self._last_stamp),
                cause=causes[index],
                data=json.loads(proposal.plain[index]),
                digest=proposal.digests[index].hex(),
                actor=proposal.actor,
                correlation=proposal.correlation,
            )
            self._events.append(event)
            in_stream.append(event)
        last = len(self._events)
        if proposal.key is not None:
            self._keys[proposal.key] = Kept(content(proposal), first, last)
        self._changed.notify_all()
        return Appended(first, last)

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
        """Yield events with after < position < before in global order."""
        between = self._events[max(after, 0) : None if before is None else max(before - 1, 0)]
        return chosen(
            between,
            lambda event: (types is None or event.type in types) and category in (None, event.category),
            backwards,
            limit,
        )

    def read_stream(
        self, stream: str, *, after: int = 0, backwards: bool = False, limit: int | None = None
    ) -> Iterator[Recorded]:
        """Yield the events of one stream with a version above `after`."""
        return chosen(self._streams.get(stream, [])[max(after, 0) :], lambda _: True, backwards, limit)

    def head(self) -> int:
        """Give the last position, 0 for an empty log."""
        return len(self._events)

    def stream_version(self, stream: str) -> int:
        """Give the last version of a stream, 0 where there is none."""
        return len(self._streams.get(stream, ()))

    def stream_versions(self, streams: Sequence[str]) -> dict[str, int]:
        """Give the last version of each stream, 0 where there is none, in one look."""
        return {stream: self.stream_version(stream) for stream in streams}

    def wait(self, after: int, timeout: float) -> bool:
        """Wait until the head is above `after`, or `timeout` seconds; tell whether it is."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while len(self._events) <= after:
                if not self._changed.wait(max(0.0, deadline - time.monotonic())):
                    break
            return len(self._events) > after

    def close(self) -> None:
        """Refuse further appends."""
        with self._changed:
            self._closed = True


def content(proposal: Proposal) -> tuple[object, ...]:
    """Give what must be the same for an append to be the same under one key."""
    return tuple(zip(proposal.streams, proposal.types, proposal.schema_versions, proposal.plain, strict=True))


def chosen(
    events: Sequence[Recorded], wanted: Callable[[Recorded], bool], backwards: bool, limit: int | None
) -> Iterator[Recorded]:
    """Yield the wanted ones in the order asked for."""
    left = limit if limit is not None else len(events)
    for event in reversed(events) if backwards else events:
        if left <= 0:
            return
        if wanted(event):
            left -= 1
            yield event
