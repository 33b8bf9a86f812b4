"""What somebody types, and which events it lets through."""

from datetime import UTC, datetime
from typing import Any

import pytest

from eventstore import Recorded
from mgtui.eventfilter import filter_of


def event(
    type_: str = "MailMoved", stream: str = "mail-1", actor: str = "grabber post", **data: Any
) -> Recorded:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    return Recorded(1, stream, 1, type_, 1, now, None, data, "", actor, None)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("", True),
        ("type:moved", True),
        ("type:Bounce", False),
        ("type:nonsense", False),
        ("grabber:POST", True),
        ("grabber:letters", False),
        ("by:grabber", True),
        ("by:eva", False),
        ("stream:mail", True),
        ("stream:mail-1", True),
        ("stream:mai", False),
        ("processed", True),
        ("PROCESSED mailmoved", True),
        ("processed elsewhere", False),
        ("type:moved grabber:post processed", True),
        ("type: processed", True),
        ("unknown:field", False),
    ],
)
def test_everything_asked_for_must_hold(text: str, fits: bool) -> None:
    moved = event(folder="Processed", uid="7")
    assert filter_of(text).fits(moved) is fits


def test_the_grabber_of_an_event_is_named_in_it_or_acts() -> None:
    fetched = event("MailFetched", actor="operator eva", grabber="post", size=1, folder="INBOX", uid="1")
    assert filter_of("grabber:post").fits(fetched)
    assert not filter_of("grabber:post").fits(event(actor="operator post"))
