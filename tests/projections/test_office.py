"""The office's own projections: following a history and rebuilding from it give the same tables."""

import importlib
import pkgutil
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import projections
from eventstore import fields_of
from eventstore.events import OFFICE_EVENTS
from projections import OFFICE_PROJECTIONS, Projection
from tests.projections.properties import PROPERTY, Step, any_event, histories, rebuild_equals_follow

DAY = "2026-11-20"
#: Fields that hold one of a few words, or a day; other texts may be anything.
CLOSED = {"severity": ["hard", "soft"], "day": [DAY], "until": [None, DAY], "queue": ["bounces", "imports"]}


def drawn(name: str, annotation: object) -> st.SearchStrategy[object]:
    return st.integers(0, 9) if annotation is int else st.sampled_from(CLOSED[name])


def test_every_projection_of_the_room_is_followed_and_so_tested_here() -> None:
    modules = [
        importlib.import_module(f"projections.{found.name}")
        for found in pkgutil.iter_modules(projections.__path__)
    ]
    made = {
        id(value): value.name
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Projection)
    }
    assert sorted(made.values()) == sorted(projection.name for projection in OFFICE_PROJECTIONS)
    assert len(made) >= 10


@pytest.mark.parametrize("projection", OFFICE_PROJECTIONS, ids=lambda projection: projection.name)
def test_rebuild_equals_follow(projection: Projection) -> None:
    kinds = [
        any_event(
            event_type,
            **{
                name: drawn(name, field.type)
                for name, field in fields_of(event_type).items()
                if name in CLOSED or field.type is int
            },
        )
        for event_type in projection.reads
    ]

    @given(history=histories(st.one_of(kinds)))
    @settings(PROPERTY, max_examples=8)
    def holds(history: Sequence[Step]) -> None:
        rebuild_equals_follow([projection], OFFICE_EVENTS, history)

    holds()
