"""What a projection is: tables, the events it reads, and a fold over rows found by their key.

Following and rebuilding run the same fold. Following, a row is loaded from its table when the fold asks
for it and written at the end of the append's transaction; rebuilding, rows live in memory and are written in
bulk, so the fold may only look rows up by key.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import msgspec

from eventstore import Event

Row = dict[str, Any]  #: column -> value, the key's columns included
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a read model. `columns` maps names to SQLite types; `key` is its primary key."""

    name: str
    columns: Mapping[str, str]
    key: tuple[str, ...]
    indexes: tuple[tuple[str, ...], ...] = ()


class Fact(msgspec.Struct, array_like=True, gc=False):
    """What a fold sees of an event; `data` holds only the fields that the projection reads. No fold changes it.

    The first four fields stand in the order of a `Stretch`, of whose lists many facts at a time are read.
    """

    position: int
    stream: str
    recorded_at: str  #: ISO 8601, UTC, microseconds
    data: dict[str, Any]
    actor: str
    type: str


class Rows(Protocol):
    """The rows of one table, by key."""

    def get(self, *key: Any) -> Row | None:
        """Give the row, which the fold may change only through `put`; None where there is none."""
        ...

    def put(self, row: Row) -> None:
        """Insert or replace the row with this row's key."""
        ...

    def delete(self, *key: Any) -> None:
        """Remove the row, if it is there."""
        ...


#: Event type -> the fields of it that the fold reads.
Lens = Mapping[type[Event], tuple[str, ...]]
Fold = Callable[[Mapping[str, Rows], Fact], None]


@dataclass(frozen=True, slots=True)
class Projection:
    """A read model. A changed `version` is rebuilt beside the live one and swapped in."""

    name: str
    version: int
    tables: tuple[Table, ...]
    reads: Lens
    fold: Fold
    #: table -> field of facts that holds the key of a row that the fold asks for: such rows are loaded together
    asks: Mapping[str, str] = field(default_factory=dict)
