"""A lens reads, from an event's JSON, only the fields that a projection asks for."""

from collections.abc import Iterable
from typing import Any

from pydantic_core import SchemaValidator, core_schema

from eventstore import Event


def lens(event_type: type[Event], fields: Iterable[str]) -> SchemaValidator:
    """Make a validator from JSON to a dict of these fields.

    They come as JSON values: lists for tuples, dicts for models. Events were validated when they were
    written; here a field must only be there, or have a default. Raises KeyError for a field that the event
    type hasn't.
    """
    return SchemaValidator(
        core_schema.typed_dict_schema(
            {name: lens_field(event_type, name) for name in fields}, extra_behavior="ignore"
        )
    )


def lens_field(event_type: type[Event], name: str) -> core_schema.TypedDictField:
    """Make the schema of one field, with the default of the model where it has one."""
    field = event_type.model_fields[name]
    schema: Any = core_schema.any_schema()
    if not field.is_required():
        default = field.get_default(call_default_factory=True)
        schema = core_schema.with_default_schema(schema, default=default)
    return core_schema.typed_dict_field(schema)
