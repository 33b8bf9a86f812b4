"""The log: append-only streams of events in SQLite, with one global order and a hash chain.

Knows no mail and no screen. What the office's events are is told in `eventstore.events`, which the
machinery here never imports.
"""

from eventstore.append import (
    ANY,
    NO_STREAM,
    STREAM_EXISTS,
    AlreadyAppended,
    Append,
    Appended,
    AppendResult,
    Cause,
    ExpectedVersion,
    KeyConflict,
    Sibling,
    WrongExpectedVersion,
)
from eventstore.errors import StoreDamaged, StoreError, StoreTooNew, StoreUnavailable, UnknownEventType
from eventstore.event import Event
from eventstore.record import Recorded
from eventstore.store import EventStore

__all__ = [
    "ANY",
    "NO_STREAM",
    "STREAM_EXISTS",
    "AlreadyAppended",
    "Append",
    "AppendResult",
    "Appended",
    "Cause",
    "Event",
    "EventStore",
    "ExpectedVersion",
    "KeyConflict",
    "Recorded",
    "Sibling",
    "StoreDamaged",
    "StoreError",
    "StoreTooNew",
    "StoreUnavailable",
    "UnknownEventType",
    "WrongExpectedVersion",
]
