"""The shapes of the office's events are a storage format: these files hold them fast."""

import json

import pytest

from eventstore import Event, data_of, event_of, fields_of
from eventstore.events import OFFICE_EVENTS
from tests.eventstore.events.golden import golden_file


@pytest.mark.parametrize("event_type", OFFICE_EVENTS, ids=lambda event_type: event_type.__name__)
def test_an_event_still_has_the_shape_that_logs_hold(event_type: type[Event]) -> None:
    file = golden_file(event_type, event_type.schema_version)
    assert file.exists(), "a new event or schema_version: run python -m tests.eventstore.events.golden"
    golden = json.loads(file.read_text())
    assert data_of(event_of(event_type, golden)) == golden


@pytest.mark.parametrize("event_type", OFFICE_EVENTS, ids=lambda event_type: event_type.__name__)
def test_personal_fields_are_fields_and_no_event_can_pass_for_a_tombstone(event_type: type[Event]) -> None:
    assert event_type.personal <= fields_of(event_type).keys()
    assert next(iter(fields_of(event_type))) != "erased"
