"""A lens reads, from an event's JSON, only the fields that a projection asks for."""

from collections.abc import Callable, Iterable
from typing import Any, NotRequired, TypedDict

import msgspec

from eventstore import Event, fields_of

Lens = Callable[[str | bytes], dict[str, Any]]


def lens(event_type: type[Event], fields: Iterable[str]) -> Lens:
    """Make a function from JSON to a dict of these fields.

    They come as JSON values: lists for tuples, dicts for values. Events were proved when they were written; here
    a field must only be there, or have a default. Raises KeyError for a field that the event type hasn't.
    """
    wanted = {name: fields_of(event_type)[name] for name in fields}
    shape = {name: Any if field.required else NotRequired[Any] for name, field in wanted.items()}
    decode: Lens = msgspec.json.Decoder(TypedDict(event_type.__name__, shape)).decode  # type: ignore[operator]
    defaults = {name: default_of(field) for name, field in wanted.items() if not field.required}
    return with_defaults(decode, defaults) if defaults else decode


def default_of(field: msgspec.structs.FieldInfo) -> Any:
    """Give what a field holds where an event doesn't name it."""
    return field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()


def with_defaults(decode: Lens, defaults: dict[str, Any]) -> Lens:
    """Let fields that are missing have their defaults."""
    return lambda data: {**defaults, **decode(data)}
