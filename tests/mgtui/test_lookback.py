"""What the office knew at an earlier position is asked with the questions of today."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from eventstore import StoreUnavailable
from mgtui.application import Application
from mgtui.bootstrap import build, build_grabber
from mgtui.commands import AssignMail, DismissReview, LiftSuppression
from mgtui.demo import Demo, deliver, open_demo
from mgtui.lookback import LookBack


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    demo = open_demo(tmp_path_factory.mktemp("office"))
    yield demo
    demo.application.close()


def answers(office: Application | LookBack) -> dict[str, Any]:
    """Ask everything that a screen would, and keep what it would show."""
    ask = office.ask
    mails = [one.data["mail_id"] for one in ask.events(types=["MailFetched"])]
    return {
        "open": ask.open_counts(),
        "bounces": ask.open_items("bounces"),
        "imports": ask.open_items("imports"),
        "contacts": [ask.contact(row["contact_id"]) for row in ask.contacts(limit=1000)],
        "suppressions": ask.suppressions(),
        "documents": list(ask.documents()),
        "balance": ask.balance(),
        "kinds": ask.kinds(),
        "mails": [ask.mail(mail_id) for mail_id in mails],
        "stories": [ask.story(mail_id) for mail_id in mails],
        "read": [office.classified(mail_id) for mail_id in mails],
    }


@pytest.fixture(scope="module")
def lived(demo: Demo) -> dict[int, dict[str, Any]]:
    """Take mail in, assign, dismiss and lift; note after each deed what the office answers."""
    office, known = demo.application, {}
    grabber = build_grabber(office, "demo", lambda _: None)

    def note() -> None:
        known[office.store.head()] = answers(office)

    note()
    grabber.once()
    note()
    (item, *_) = office.ask.open_items("imports")
    assert office.execute(AssignMail(item["item"], "k001", True)).done
    note()
    (item, *_) = office.ask.open_items("bounces")
    assert office.execute(DismissReview(item["item"], "seen")).done
    note()
    (suppressed, *_) = office.ask.suppressions()
    assert office.execute(LiftSuppression(suppressed["address"], "she called")).done
    note()
    for number, path in enumerate(demo.waiting, start=1000):
        deliver(demo.maildir, path, number)
    grabber.once()
    note()
    return known


def test_every_question_is_answered_as_it_was_then(demo: Demo, lived: dict[int, dict[str, Any]]) -> None:
    positions = sorted(lived)
    assert len({str(lived[position]) for position in positions}) == len(positions) == 6
    with demo.application.as_of(positions[0]) as then:
        for position in (*positions, *reversed(positions)):
            then.go_to(position)
            assert answers(then) == lived[position]


def test_the_day_is_that_of_the_position(demo: Demo) -> None:
    with demo.application.as_of(1) as then:
        (first,) = demo.application.ask.events(limit=1)
        assert (then.moment, then.today) == (first.recorded_at, first.recorded_at.date())
        then.go_to(0)
        assert (then.moment, then.today) == (datetime.min.replace(tzinfo=UTC), date.min)


def test_may_this_be_sent_is_answered_as_then(demo: Demo, lived: dict[int, dict[str, Any]]) -> None:
    positions = sorted(lived)
    suppressed = lived[positions[1]]["suppressions"][0]["address"]
    said = []
    for position in positions[:2] + positions[4:5]:
        with demo.application.as_of(position) as then:
            said += [answer.may_send for answer in then.may_send_all([suppressed], "newsletter")]
    assert said == [True, False, True]


def test_nothing_can_be_done_in_the_past(demo: Demo) -> None:
    head = demo.application.store.head()
    with (
        demo.application.as_of(5) as then,
        pytest.raises(StoreUnavailable, match="as of position 5"),
    ):
        then.ask.store.append("mail-1", [])
    assert demo.application.store.head() == head


def test_a_position_that_is_not_there_is_refused(demo: Demo) -> None:
    with pytest.raises(ValueError, match="positions 1 to"):
        demo.application.as_of(10**9)


def test_another_process_looks_back_as_well(demo: Demo, lived: dict[int, dict[str, Any]]) -> None:
    position = sorted(lived)[2]
    other = build(demo.application.settings, "somebody else")
    try:
        with other.as_of(position) as then:
            assert answers(then) == lived[position]
    finally:
        other.close()
