"""Who is measured against us: bare SQLite, and the `eventsourcing` library with the same facts."""

import sqlite3
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from eventsourcing.application import Application
from eventsourcing.domain import DomainEvent
from eventsourcing.persistence import Mapper, StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder
from eventsourcing.utils import get_topic, resolve_topic
from pydantic import BaseModel, ConfigDict, create_model

from eventstore import Append, Event, fields_of
from eventstore.proposal import encode
from eventstore.sqlite.connect import CACHE, CHECKPOINT, PAGE_SIZE
from eventstore.sqlite.schema import OBJECTS
from tests.benchmarks import office
from tests.benchmarks.office import Made

NOW = datetime.fromisoformat("2026-01-01T12:00:00.123456Z")
INSERT = "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


def theirs(event_type: type[Event]) -> type[DomainEvent]:
    """Make the library's kind of event, a dataclass that checks nothing, with the same fields."""
    fields = {name: field.type for name, field in fields_of(event_type).items()}
    body = {"__annotations__": fields, "__module__": __name__, "__qualname__": event_type.__name__}
    return type(DomainEvent)(event_type.__name__, (DomainEvent,), body)


def theirs_validated(event_type: type[Event]) -> type[BaseModel]:
    """Make a pydantic event for the library, as its documentation shows for those who want validation."""
    fields = {name: (field.type, ...) for name, field in fields_of(event_type).items()}
    common = {
        "originator_id": (uuid.UUID, ...),
        "originator_version": (int, ...),
        "timestamp": (datetime, ...),
    }
    return create_model(
        f"Validated{event_type.__name__}",
        __config__=ConfigDict(frozen=True, extra="forbid"),
        __module__=__name__,
        **common,
        **fields,
    )


THEIRS = {event_type: theirs(event_type) for event_type in office.BENCH_EVENTS}
VALIDATED = {event_type: theirs_validated(event_type) for event_type in office.BENCH_EVENTS}
globals().update({made.__name__: made for kinds in (THEIRS, VALIDATED) for made in kinds.values()})


class PydanticMapper(Mapper[uuid.UUID]):
    """Maps pydantic events, as the library's documentation shows it."""

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        """Serialise by way of a dictionary."""
        return StoredEvent(
            originator_id=domain_event.originator_id,
            originator_version=domain_event.originator_version,
            topic=get_topic(type(domain_event)),
            state=self.transcoder.encode(domain_event.model_dump(mode="json")),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """Validate anew."""
        return resolve_topic(stored_event.topic)(**self.transcoder.decode(stored_event.state))


class Bare:
    """`executemany` into a table with the same columns and the same two indexes, and nothing else.

    SQLite is set up as ours is: pages, cache, checkpoints.
    """

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute(f"PRAGMA cache_size = -{CACHE}")
        self.connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT}")
        for name in ("events", "events_by_type"):
            self.connection.execute(OBJECTS[name].strip())
        self._position = 0
        self._versions: dict[str, int] = defaultdict(int)

    def rows(self, made: Iterable[Made]) -> list[tuple[Any, ...]]:
        """Make rows beforehand, so that only SQLite is measured."""
        rows = []
        for stream, event_type, fields in made:
            self._position += 1
            self._versions[stream] += 1
            data = encode(event_type(**fields)).decode()
            if event_type.personal:
                data = f'{data[:-1]},"_salt":"{uuid.uuid4().hex}"}}'
            version, name = self._versions[stream], event_type.__name__
            time = "2026-01-01T12:00:00.123456Z"
            rows.append((self._position, stream, version, name, 1, time, None, data, uuid.uuid4().bytes * 2))
        return rows

    def append(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows in one synced transaction."""
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.executemany(INSERT, rows)
        self.connection.execute("COMMIT")


class Validating(Application[uuid.UUID]):
    """The library's application with pydantic events, as its documentation shows it."""

    def construct_mapper(self) -> Mapper[uuid.UUID]:
        """Map pydantic events."""
        return PydanticMapper(self.construct_transcoder())


class Library:
    """The library as it is used: an application with its SQLite store and JSON transcoder, synced as ours is."""

    def __init__(self, path: Path, *, validated: bool) -> None:
        kind = Validating if validated else Application[uuid.UUID]
        self.application = kind({"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)})
        assert isinstance(self.application.recorder, SQLiteApplicationRecorder)
        self.recorder, self.mapper = self.application.recorder, self.application.mapper
        self.datastore = self.recorder.datastore
        with self.datastore.get_connection(commit=True) as connection:
            connection.cursor().execute("PRAGMA synchronous = FULL")
        self._kinds: Mapping[type[Event], type[Any]] = VALIDATED if validated else THEIRS
        self._versions: dict[str, int] = defaultdict(int)

    def prepared(self, made: Iterable[Made]) -> list[tuple[type[Any], dict[str, Any]]]:
        """Look up ids and versions beforehand, as an aggregate would have them."""
        prepared = []
        for stream, event_type, fields in made:
            self._versions[stream] += 1
            identity = uuid.uuid5(uuid.NAMESPACE_OID, stream)
            common = {
                "originator_id": identity,
                "originator_version": self._versions[stream],
                "timestamp": NOW,
            }
            prepared.append((self._kinds[event_type], {**common, **fields}))
        return prepared

    def append(self, prepared: Iterable[tuple[type[Any], dict[str, Any]]]) -> None:
        """Make the events and save them in one transaction."""
        self.application.save(*[kind(**fields) for kind, fields in prepared])

    def append_below(self, prepared: Iterable[tuple[type[Any], dict[str, Any]]]) -> None:
        """Make the events, map and record them, without what the application does around that."""
        to_stored_event = self.mapper.to_stored_event
        self.recorder.insert_events([to_stored_event(kind(**fields)) for kind, fields in prepared])


def appends(made: Iterable[Made], versions: dict[str, int]) -> Iterator[tuple[str, int, list[Made]]]:
    """Group what is made by runs of the same stream, with the version each stream is at."""
    for stream, run in groupby(made, key=lambda each: each[0]):
        events = list(run)
        yield stream, versions[stream], events
        versions[stream] += len(events)


def ours(groups: Iterable[tuple[str, int, list[Made]]]) -> list[Append]:
    """Make the events of one append call."""
    return [
        Append(stream, [event_type(**fields) for _, event_type, fields in made], version)
        for stream, version, made in groups
    ]
