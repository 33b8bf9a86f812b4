"""The protocol that every backend of the log keeps, and that one contract suite tests."""

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from eventstore.append import ANY, Append, AppendResult, Cause, ExpectedVersion
from eventstore.event import Event
from eventstore.record import Recorded


class EventStore(Protocol):
    """An append-only log of events in streams with one global order."""

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
        ...

    def append_many(
        self,
        appends: Sequence[Append],
        *,
        key: str | None = None,
        actor: str = "",
        correlation: str | None = None,
    ) -> AppendResult:
        """Append to several streams in one transaction, all or nothing, durable when it returns.

        An expected failure is a value. Raises `StoreUnavailable` where trying again can help (locked, disk
        full) and `StoreDamaged` where it can't.
        """
        ...

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
        """Yield events with after < position < before in global order, in bounded memory."""
        ...

    def read_stream(
        self, stream: str, *, after: int = 0, backwards: bool = False, limit: int | None = None
    ) -> Iterator[Recorded]:
        """Yield the events of one stream with a version above `after`."""
        ...

    def head(self) -> int:
        """Give the last position, 0 for an empty log."""
        ...

    def stream_version(self, stream: str) -> int:
        """Give the last version of a stream, 0 where there is none."""
        ...

    def stream_versions(self, streams: Sequence[str]) -> dict[str, int]:
        """Give the last version of each stream, 0 where there is none, in one look."""
        ...

    def wait(self, after: int, timeout: float) -> bool:
        """Wait until the head is above `after`, or `timeout` seconds; tell whether it is."""
        ...

    def close(self) -> None:
        """Release every connection; appends that wait are finished first."""
        ...
