"""What an event is: a frozen pydantic model whose class name is its type."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Event(BaseModel):
    """A fact, in the past tense.

    Class names and field names are the storage format: they never change. A new shape is a new
    `schema_version`, an upcaster from the old one, and a golden file of the old one.
    """

    # A validator is built when the first event of its type is made: a program that only reads needs none.
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_bytes="base64", defer_build=True)

    schema_version: ClassVar[int] = 1
    #: Fields that hold personal data. An event type that names any gets a random salt beside its data,
    #: so that after an erasure its digest can't be guessed back.
    personal: ClassVar[frozenset[str]] = frozenset()
