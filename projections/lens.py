"""A lens reads, from an event's JSON, only the fields that a projection asks for.

They come as JSON values: lists for tuples, dicts for values. Events were proved when they were written; here a field
must only be there, or have a default. Raises KeyError for a field that the event type hasn't.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NotRequired, TypedDict

import msgspec

from eventstore import Event, fields_of
from projections.projection import Fact

DataLens = Callable[[str | bytes], dict[str, Any]]
FactLens = Callable[[bytes], list[Fact]]
Fields = Mapping[str, msgspec.structs.FieldInfo]


def lens(event_type: type[Event], names: Iterable[str]) -> DataLens:
    """Make a function from the JSON of an event to a dict of these fields."""
    fields = chosen(event_type, names)
    decode: DataLens = msgspec.json.Decoder(shape_of(event_type, fields)).decode
    if defaults := defaults_of(fields):
        return lambda data: {**defaults, **decode(data)}
    return decode


def fact_lens(event_type: type[Event], names: Iterable[str]) -> FactLens:
    """Make a function from the text of a `Stretch` to facts with these fields."""
    fields = chosen(event_type, names)
    in_text = [
        ("position", int),
        ("stream", str),
        ("recorded_at", str),
        ("data", shape_of(event_type, fields)),
    ]
    beside = [("actor", str, ""), ("type", str, event_type.__name__)]
    fact: Any = msgspec.defstruct("Fact", [*in_text, *beside], bases=(Fact,), array_like=True, gc=False)
    decode: FactLens = msgspec.json.Decoder(list[fact]).decode
    if defaults := defaults_of(fields):
        return lambda text: [with_defaults(each, defaults) for each in decode(text)]
    return decode


def chosen(event_type: type[Event], names: Iterable[str]) -> Fields:
    """Give the fields that are asked for."""
    known = fields_of(event_type)
    return {name: known[name] for name in names}


def shape_of(event_type: type[Event], fields: Fields) -> Any:
    """Make the type of a dict with these fields, whatever they hold."""
    shape = {name: Any if field.required else NotRequired[Any] for name, field in fields.items()}
    return TypedDict(event_type.__name__, shape)  # type: ignore[operator]


def defaults_of(fields: Fields) -> dict[str, Any]:
    """Give what fields hold where an event doesn't name them."""
    return {
        name: field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
        for name, field in fields.items()
        if not field.required
    }


def with_defaults(fact: Fact, defaults: dict[str, Any]) -> Fact:
    """Let fields that are missing have their defaults."""
    fact.data = {**defaults, **fact.data}
    return fact
