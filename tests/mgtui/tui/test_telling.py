"""How events look as lines: none goes without a sign and words of its own."""

import pytest

from eventstore.events import OFFICE_EVENTS
from mgtui.story import WORDS
from mgtui.tui.safety import spelt
from mgtui.tui.telling import SIGNS

TYPES = [event.__name__ for event in OFFICE_EVENTS]
TYPE_CELLS = 18  #: room for a type on Live


@pytest.mark.parametrize("event_type", TYPES)
def test_every_event_has_a_sign_and_words_and_fits_its_column(event_type: str) -> None:
    sign, _ = SIGNS[event_type]
    assert "?" not in spelt(sign).replace(sign, ""), "a terminal of ASCII has no such sign"
    assert WORDS[event_type]
    assert len(event_type) <= TYPE_CELLS


def test_there_is_no_sign_for_an_event_that_does_not_exist() -> None:
    assert set(SIGNS) == set(TYPES)
