"""The seam for read models that live beside the log and are written by the transaction that appends.

The store keeps, for each by its name, the version that built it and the position it has reached; what
an inline projection does with its facts is its own affair.
"""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Protocol, runtime_checkable


class StoredFact(NamedTuple):
    """An event as a projection is given it: the envelope, and the data as JSON of the newest shape."""

    position: int
    type: str
    stream: str
    recorded_at: str  #: ISO 8601, UTC, microseconds
    actor: str
    data: str | bytes  #: JSON; may hold a `_salt` beside the event's fields


#: The last position of each commit and who appended it, in order.
Commits = Sequence[tuple[int, str]]


class Stretch(NamedTuple):
    """The facts between two positions, as a projection that is built anew takes them in."""

    #: Event type -> its facts as a JSON list; each is a list of position, stream, time of recording and data, which are
    #: those of a `StoredFact`.
    texts: Mapping[str, bytes]
    commits: Commits


class InlineProjection(Protocol):
    """Tables that follow the log within the append's transaction.

    The connection is the writer's, inside a transaction that the store begins and ends. An exception
    rolls the append back. Erased events are never handed in.
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


class Builder(Protocol):
    """Builds an inline projection's tables under other names, beside the live ones."""

    def fold(self, stretch: Stretch) -> None:
        """Take in the next facts, in memory; outside of any transaction. There may be types that it doesn't want."""
        ...

    def rows(self) -> int:
        """Tell how many rows are in memory."""
        ...

    def write(self, limit: int) -> bool:
        """Write up to `limit` rows, within a transaction; tell whether all are written."""
        ...

    def forget(self) -> None:
        """Drop the rows in memory, which are all written, so that they are loaded again when asked for."""
        ...

    def swap(self) -> None:
        """Put the new tables in the place of the live ones, within a transaction."""
        ...


@runtime_checkable
class BuiltBeside(InlineProjection, Protocol):
    """An inline projection that can be rebuilt while the live one is read and written."""

    def beside(self, connection: sqlite3.Connection) -> Builder:
        """Create the tables under other names, within a transaction; drops what a crash left of them."""
        ...
