"""What comes back from the log: an event in its envelope."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Recorded:
    """One row of the log, with the columns of its commit that readers ask for."""

    position: int  #: global order from 1 without gaps; the event's identity
    stream: str  #: `category-id`
    version: int  #: place in its stream, from 1
    type: str
    schema_version: int  #: after upcasting, the newest
    recorded_at: datetime  #: UTC, microseconds
    cause: int | None  #: position of the event that led to this one
    data: dict[str, Any]  #: the event's fields, upcast, without the salt; a tombstone holds only `erased`
    digest: str  #: SHA-256 of the stored data, in hex
    actor: str  #: who appended it: an operator, a grabber
    correlation: str | None  #: id of the whole affair

    @property
    def category(self) -> str:
        """The part of the stream's name before its first hyphen."""
        return self.stream.partition("-")[0]
