"""What an event is: a frozen struct whose class name is its type."""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar, dataclass_transform

import msgspec

from eventstore.errors import InvalidEvent

WEAK = "holds what JSON can't tell from a text, a number or a list"


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """What an event may hold beside plain texts, numbers, tuples and dicts: named fields of these."""


class Event(Value):
    """A fact, in the past tense.

    Making one checks no types: the bytes that are to be stored are proved when it is appended, or before by
    `checked` where one wrong event must not hold up the others. Class names and field names are the storage format:
    they never change. A new shape is a new `schema_version`, an upcaster from the old one, and a golden file of the
    old one.
    """

    schema_version: ClassVar[int] = 1
    #: Fields that hold personal data. An event type that names any gets a random salt beside its data,
    #: so that after an erasure its digest can't be guessed back.
    personal: ClassVar[frozenset[str]] = frozenset()


AnyEvent = TypeVar("AnyEvent", bound=Event)


def fields_of(event_type: type[Value]) -> dict[str, msgspec.structs.FieldInfo]:
    """Give the fields by name, in their order."""
    return {field.name: field for field in msgspec.structs.fields(event_type)}


def to_json(event: Value) -> bytes:
    """Write the fields as JSON, in one line."""
    return msgspec.json.encode(event)


def from_json(event_type: type[AnyEvent], written: bytes) -> AnyEvent:
    """Read what `to_json` wrote; raises ValueError if it isn't what its type says."""
    try:
        return msgspec.json.decode(written, type=event_type)
    except msgspec.MsgspecError as error:
        raise ValueError(f"{event_type.__name__}: {error}") from error


def data_of(event: Value) -> dict[str, Any]:
    """Give the fields as they come back from the log: lists for tuples, dicts for values."""
    data: dict[str, Any] = msgspec.json.decode(to_json(event))
    return data


def checked(event: AnyEvent) -> AnyEvent:
    """Give an event back that the log would take; raises `InvalidEvent` for any other."""
    try:
        if msgspec.json.decode(to_json(event), type=type(event)) != event:
            raise ValueError(WEAK)
    except (msgspec.MsgspecError, TypeError, ValueError) as error:
        raise InvalidEvent(f"{type(event).__name__}: {error}") from error
    return event


def event_of(event_type: type[AnyEvent], data: Mapping[str, Any]) -> AnyEvent:
    """Make an event of plain data; raises ValueError if they aren't what its type says."""
    try:
        return msgspec.convert(data, event_type)
    except msgspec.ValidationError as error:
        raise ValueError(f"{event_type.__name__}: {error}") from error
