"""The office's own projections: following a history and rebuilding from it give the same tables."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventstore.events import OFFICE_EVENTS
from projections import OFFICE_PROJECTIONS, Projection
from tests.projections.properties import PROPERTY, Step, any_event, histories, rebuild_equals_follow

DAY = "2026-11-20"
#: Fields that hold one of a few words, or a day; other texts may be anything.
CLOSED = {"severity": ["hard", "soft"], "day": [DAY], "until": [None, DAY], "queue": ["bounces", "imports"]}


def drawn(name: str, annotation: object) -> st.SearchStrategy[object]:
    return st.integers(0, 9) if annotation is int else st.sampled_from(CLOSED[name])


@pytest.mark.parametrize("projection", OFFICE_PROJECTIONS, ids=lambda projection: projection.name)
def test_rebuild_equals_follow(projection: Projection) -> None:
    kinds = [
        any_event(
            event_type,
            **{
                name: drawn(name, field.annotation)
                for name, field in event_type.model_fields.items()
                if name in CLOSED or field.annotation is int
            },
        )
        for event_type in projection.reads
    ]

    @given(history=histories(st.one_of(kinds)))
    @settings(PROPERTY, max_examples=8)
    def holds(history: Sequence[Step]) -> None:
        rebuild_equals_follow([projection], OFFICE_EVENTS, history)

    holds()
