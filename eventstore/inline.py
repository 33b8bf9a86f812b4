"""The seam for read models that live beside the log and are written by the transaction that appends.

The store keeps, for each by its name, the version that built it and the position it has reached; what an
inline projection does with its facts is its own affair.
"""

import sqlite3
from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol


class StoredFact(NamedTuple):
    """An event as a projection is given it: the envelope, and the data as JSON of the newest shape."""

    position: int
    type: str
    stream: str
    recorded_at: str  #: ISO 8601, UTC, microseconds
    actor: str
    data: str | bytes  #: JSON; may hold a `_salt` beside the event's fields


class InlineProjection(Protocol):
    """Tables that follow the log within the append's transaction.

    The connection is the writer's, inside a transaction that the store begins and ends. An exception rolls
    the append back. Erased events are never handed in.
    """

    @property
    def name(self) -> str:
        """Give the name under which the store remembers how far this projection has come."""
        ...

    @property
    def version(self) -> int:
        """Give the version of tables and fold; another one than remembered means a rebuild."""
        ...

    @property
    def event_types(self) -> Collection[str]:
        """Give the types of the events that `apply` wants."""
        ...

    def prepare(self, connection: sqlite3.Connection) -> None:
        """Create the tables that aren't there."""
        ...

    def clear(self, connection: sqlite3.Connection) -> None:
        """Drop the tables, of this version or an older one."""
        ...

    def apply(self, connection: sqlite3.Connection, facts: Sequence[StoredFact]) -> None:
        """Take in the next facts, in order of position."""
        ...
