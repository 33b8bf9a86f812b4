"""The vocabulary of appending: what is proposed, what is expected, and how it can end."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import msgspec

from eventstore.event import Event


class Expected(Enum):
    """Versions a stream may be expected at, besides a plain number (which is the last version)."""

    ANY = "any"
    NO_STREAM = "no stream"
    STREAM_EXISTS = "stream exists"


ANY = Expected.ANY
NO_STREAM = Expected.NO_STREAM
STREAM_EXISTS = Expected.STREAM_EXISTS

ExpectedVersion = int | Expected


@dataclass(frozen=True, slots=True)
class Sibling:
    """A cause inside the same transaction: the index of an event, counted over all its appends from 0."""

    index: int


Cause = int | Sibling | None


class Append(msgspec.Struct, frozen=True, gc=False):
    """Events for one stream. `causes` is empty, or holds one cause for each event.

    A struct, as events and outcomes are: making a frozen dataclass takes as long as writing and proving an event.
    """

    stream: str
    events: Sequence[Event]
    expected_version: ExpectedVersion = ANY
    causes: Sequence[Cause] = ()


class Appended(msgspec.Struct, frozen=True, gc=False):
    """The events are in the log, synced, at `first_position` to `last_position` without a gap."""

    first_position: int
    last_position: int


class AlreadyAppended(msgspec.Struct, frozen=True, gc=False):
    """The same events were appended under this key before: these are their positions."""

    first_position: int
    last_position: int


class KeyConflict(msgspec.Struct, frozen=True, gc=False):
    """Other events were appended under this key before; nothing was written."""

    key: str
    first_position: int
    last_position: int


class WrongExpectedVersion(msgspec.Struct, frozen=True, gc=False):
    """A stream has moved on; nothing was written. Read it from `expected + 1` to see what was missed."""

    stream: str
    expected: ExpectedVersion
    found: int  #: last version of the stream, 0 where there is none


AppendResult = Appended | AlreadyAppended | KeyConflict | WrongExpectedVersion
