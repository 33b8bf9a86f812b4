"""The log: append-only streams of events in SQLite, with one global order and a hash chain.

Knows no mail and no screen. What the office's events are is told in `eventstore.events`, which the
machinery here never imports.
"""

from eventstore.anchor import Anchor
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
from eventstore.blob_backup import backup_blobs
from eventstore.blobs import BlobMissing, BlobStore
from eventstore.erasure import DataErased
from eventstore.errors import (
    InvalidEvent,
    StoreDamaged,
    StoreError,
    StoreTooNew,
    StoreUnavailable,
    UnknownEventType,
)
from eventstore.event import Event, Value, checked, data_of, event_of, fields_of, from_json, to_json
from eventstore.inline import Builder, BuiltBeside, Commits, InlineProjection, StoredFact, Stretch
from eventstore.memory import MemoryStore
from eventstore.record import Recorded
from eventstore.sqlite import (
    Commit,
    Finding,
    Past,
    Report,
    SqliteStore,
    ask_once,
    backup,
    export_log,
    import_log,
    open_store,
    verify,
)
from eventstore.store import EventStore
from eventstore.subscription import Batch, subscribe
from eventstore.upcasters import Upcaster, Upcasters
from eventstore.validation import invalid_events

__all__ = [
    "ANY",
    "NO_STREAM",
    "STREAM_EXISTS",
    "AlreadyAppended",
    "Anchor",
    "Append",
    "AppendResult",
    "Appended",
    "Batch",
    "BlobMissing",
    "BlobStore",
    "Builder",
    "BuiltBeside",
    "Cause",
    "Commit",
    "Commits",
    "DataErased",
    "Event",
    "EventStore",
    "ExpectedVersion",
    "Finding",
    "InlineProjection",
    "InvalidEvent",
    "KeyConflict",
    "MemoryStore",
    "Past",
    "Recorded",
    "Report",
    "Sibling",
    "SqliteStore",
    "StoreDamaged",
    "StoreError",
    "StoreTooNew",
    "StoreUnavailable",
    "StoredFact",
    "Stretch",
    "UnknownEventType",
    "Upcaster",
    "Upcasters",
    "Value",
    "WrongExpectedVersion",
    "ask_once",
    "backup",
    "backup_blobs",
    "checked",
    "data_of",
    "event_of",
    "export_log",
    "fields_of",
    "from_json",
    "import_log",
    "invalid_events",
    "open_store",
    "subscribe",
    "to_json",
    "verify",
]
