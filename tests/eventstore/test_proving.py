"""What the log takes: pydantic, strict, is a second opinion on every event of the office and on hostile data."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, get_args, get_origin
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import MsgspecError
from pydantic import BaseModel, ConfigDict, create_model
from pydantic import ValidationError as Refused

from eventstore import Event, InvalidEvent, MemoryStore, Value, checked, data_of, fields_of
from eventstore.events import OFFICE_EVENTS
from eventstore.proposal import declare, encode
from tests.eventstore.events.golden import golden_file
from tests.eventstore.sample import SHOP_EVENTS, OrderPlaced, placed

KNOWN = declare(OFFICE_EVENTS)
ANY_TEXT = st.text(st.characters(codec=None)) | st.sampled_from(["", "1", "true", "null", "\x00", "\ud800"])
ANY_INT = st.integers() | st.sampled_from([2**63, -(2**63) - 1, 2**64, 10**30])
ANYTHING = st.recursive(
    st.none() | st.booleans() | ANY_INT | ANY_TEXT | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=6,
)


def twin(kind: type[Value]) -> type[BaseModel]:
    """Make the pydantic model of the same fields."""
    fields: dict[str, Any] = {
        name: (twin_of(field.type), ... if field.required else field.default)
        for name, field in fields_of(kind).items()
    }
    return create_model(kind.__name__, __config__=ConfigDict(strict=True, extra="forbid"), **fields)


def twin_of(annotation: Any) -> Any:
    """Put twins in the place of values."""
    if isinstance(annotation, type) and issubclass(annotation, Value):
        return twin(annotation)
    if get_origin(annotation) is tuple:
        return tuple[twin_of(get_args(annotation)[0]), ...]  # type: ignore[misc]
    return annotation


def opinion(model: type[BaseModel], written: bytes) -> Any:
    """Give the data as pydantic reads it, None if it refuses."""
    try:
        return json.loads(model.model_validate_json(written).model_dump_json())
    except Refused:
        return None


def ours(kind: type[Event], written: bytes) -> Any:
    """Give the data as the log would store it, None if it refuses."""
    try:
        return data_of(KNOWN[kind].prove(written))  # type: ignore[arg-type]
    except MsgspecError:
        return None


@pytest.mark.parametrize("kind", OFFICE_EVENTS, ids=lambda kind: kind.__name__)
def test_whatever_is_refused_by_one_is_refused_by_both(kind: type[Event]) -> None:
    model = twin(kind)
    whole = json.loads(golden_file(kind, kind.schema_version).read_text())
    fields = st.dictionaries(st.sampled_from([*whole, "unheard_of"]), ANYTHING, max_size=2)
    assert ours(kind, json.dumps(whole).encode()) == opinion(model, json.dumps(whole).encode()) == whole

    @given(wrong=fields, missing=st.sets(st.sampled_from([*whole]), max_size=1))
    @settings(max_examples=60, deadline=None)
    def agree(wrong: Mapping[str, Any], missing: set[str]) -> None:
        data = {name: value for name, value in {**whole, **wrong}.items() if name not in missing}
        written = json.dumps(data).encode()
        assert ours(kind, written) == opinion(model, written)

    agree()


class Word(StrEnum):
    """A text with a type of its own."""

    ADA = "Ada"


HOSTILE = [
    None, 7, 7.0, True, b"Ada", "\ud800", ["Ada"], {"Ada": 1}, {"Ada"}, object(), Decimal(7), UUID(int=7),
    datetime(2026, 1, 1, tzinfo=UTC), placed(), float("nan"), type("Text", (str,), {})("Ada"),
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: type(value).__name__)
def test_nothing_is_stored_in_the_place_of_a_text_but_a_text(value: Any) -> None:
    store = MemoryStore(SHOP_EVENTS)
    wrong = OrderPlaced(order="1", customer=value, amount=7)
    for refuse in (checked, lambda event: store.append("order-1", [placed(), event])):
        with pytest.raises(InvalidEvent, match="OrderPlaced: "):
            refuse(wrong)
    assert store.head() == 0


@pytest.mark.parametrize("value", [None, "7", 7.0, True, Decimal(7), [7], float("inf")])
def test_nothing_is_stored_in_the_place_of_a_number_but_a_number(value: Any) -> None:
    with pytest.raises(InvalidEvent, match="OrderPlaced: "):
        checked(OrderPlaced(order="1", customer="Ada", amount=value))


def test_a_word_of_a_closed_set_is_a_text() -> None:
    event = checked(OrderPlaced(order="1", customer=Word.ADA, amount=7))
    assert json.loads(encode(event)) == {"order": "1", "customer": "Ada", "amount": 7}


def test_a_field_that_is_missing_or_unheard_of_makes_no_event() -> None:
    with pytest.raises(TypeError, match="amount"):
        OrderPlaced(order="1", customer="Ada")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="colour"):
        OrderPlaced(order="1", customer="Ada", amount=7, colour="red")  # type: ignore[call-arg]


def test_an_event_never_changes() -> None:
    with pytest.raises(AttributeError):
        placed().amount = 8  # type: ignore[misc]


def test_a_type_with_a_field_in_the_place_of_the_salt_is_not_declared() -> None:
    salty = type(Event)("Salty", (Event,), {"__annotations__": {"_salt": str}, "__module__": __name__})
    with pytest.raises(ValueError, match="_salt"):
        declare([salty])
