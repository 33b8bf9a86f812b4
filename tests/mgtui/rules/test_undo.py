"""Taking events back: what follows, what stands in the way, and that doing it again restores everything."""

from typing import Any

from eventstore import Event, data_of
from eventstore.events import (
    AddressSuppressed,
    BounceCounted,
    ContactImported,
    MailAssigned,
    RemovedFromList,
    ReviewDismissed,
    RuleApplied,
    SuppressionLifted,
)
from mgtui.contacts import INITIAL, ContactState, evolve
from mgtui.rules import Past, Refusal, undo
from tests.mgtui.rules.mails import classified

ERIKA = "erika@example.org"
CONTACT, MAIL = "contact-k1", "mail-m1"


class Log:
    """Streams in memory, with what an undo of an event gives."""

    def __init__(self) -> None:
        self.past: list[Past] = []

    def add(self, stream: str, event: Event, cause: int | None = None) -> int:
        position = len(self.past) + 1
        self.past.append(Past(position, stream, type(event).__name__, cause, data_of(event)))
        return position

    def undo(self, position: int) -> list[int]:
        found = undo(position, self.past, "a mistake")
        assert not isinstance(found, Refusal), found.why
        first = len(self.past) + 1
        return [
            self.add(inverse.stream, inverse.event, first if number else position)
            for number, inverse in enumerate(found)
        ]

    def refusal(self, position: int) -> str:
        found = undo(position, self.past, "a mistake")
        assert isinstance(found, Refusal), found
        return found.why

    def types(self, positions: list[int]) -> list[str]:
        return [self.past[position - 1].type for position in positions]

    @property
    def contact(self) -> tuple[Any, ...]:
        state: ContactState = INITIAL
        for past in self.past:
            if past.stream == CONTACT:
                state = evolve(state, past.type, past.data)
        return (state.addresses, state.lists, state.left, sorted(state.bounces), state.suppressed)


def imported(log: Log) -> None:
    event = ContactImported(
        contact_id="k1", name="Erika", addresses=(ERIKA,), lists=("news",), fields={}, source="x"
    )
    log.add(CONTACT, event)


def counted(severity: str = "hard") -> BounceCounted:
    return BounceCounted(
        contact_id="k1",
        address=ERIKA,
        mail_id="m1",
        severity=severity,
        reason="user_unknown",
        status=None,
        category="",
        mailing="",
        day="2026-11-10",
    )


def suppressed(until: str | None = None) -> AddressSuppressed:
    return AddressSuppressed(
        contact_id="k1", address=ERIKA, categories=(), until=until, mail_id="m1", rule="r", why="w", day=None
    )


def applied() -> RuleApplied:
    return RuleApplied(mail_id="m1", contact_id="k1", rule="r", ruleset_digest="d", actions=(), why="w")


def removed() -> RemovedFromList:
    return RemovedFromList(contact_id="k1", list="news", mail_id="m1", rule="r", why="w")


def assignment(log: Log) -> int:
    assigned = log.add(MAIL, MailAssigned(mail_id="m1", contact_id="k1", address=ERIKA, remember=False))
    log.add(CONTACT, counted(), assigned)
    rule = log.add(MAIL, applied(), assigned)
    log.add(CONTACT, suppressed(), rule)
    log.add(CONTACT, removed(), rule)
    return assigned


def test_a_suppression_is_lifted_and_put_back() -> None:
    log = Log()
    imported(log)
    position = log.add(CONTACT, suppressed("2027-01-01"))
    before = log.contact
    (lifted,) = log.undo(position)
    assert log.types([lifted]) == ["SuppressionLifted"]
    assert log.contact[-1] == {}
    log.undo(lifted)
    assert log.contact == before


def test_a_suppression_that_replaced_another_gives_that_back() -> None:
    log = Log()
    imported(log)
    log.add(CONTACT, suppressed("2026-12-01"))
    before = log.contact
    log.undo(log.add(CONTACT, suppressed()))
    assert log.contact == before


def test_an_assignment_is_taken_back_with_all_that_followed_and_done_again() -> None:
    log = Log()
    imported(log)
    start = log.contact
    assigned = assignment(log)
    whole = log.contact
    undone = log.undo(assigned)
    assert log.types(undone) == ["AssignmentUndone", "RestoredToList", "SuppressionLifted", "BounceUncounted"]
    assert log.contact == start
    again = log.undo(undone[0])
    assert log.types(again) == ["MailAssigned", "BounceCounted", "AddressSuppressed", "RemovedFromList"]
    assert log.contact == whole
    log.undo(again[0])
    assert log.contact == start


def test_a_whole_decision_is_taken_back_by_its_classification() -> None:
    log = Log()
    imported(log)
    start = log.contact
    read = log.add(MAIL, classified("bounce"))
    log.add(CONTACT, counted(), read)
    log.add(CONTACT, suppressed(), log.add(MAIL, applied(), read))
    log.undo(read)
    assert log.contact == start


def test_what_something_later_depends_on_is_not_taken_back() -> None:
    log = Log()
    imported(log)
    count = log.add(CONTACT, counted("soft"))
    later = log.add(CONTACT, suppressed())
    assert f"AddressSuppressed {later} came after" in log.refusal(count)
    log.undo(later)
    assert log.types(log.undo(count)) == ["BounceUncounted"]


def test_what_was_taken_back_is_not_taken_back_twice() -> None:
    log = Log()
    imported(log)
    position = log.add(CONTACT, suppressed())
    (lifted,) = log.undo(position)
    assert f"was taken back by SuppressionLifted {lifted}" in log.refusal(position)
    (again,) = log.undo(lifted)
    assert f"done again by AddressSuppressed {again}; undo that one" in log.refusal(position)


def test_a_suppression_that_was_lifted_needs_no_undo() -> None:
    log = Log()
    imported(log)
    position = log.add(CONTACT, suppressed())
    log.add(CONTACT, SuppressionLifted(contact_id="k1", address=ERIKA, why="she called"))
    assert "no effect that stands" in log.refusal(position)


def test_a_dismissal_is_taken_back_unless_the_item_was_settled_since() -> None:
    log = Log()
    first = log.add(MAIL, ReviewDismissed(mail_id="m1", address=ERIKA, reason="spam"))
    (reopened,) = log.undo(first)
    assert log.types([reopened]) == ["ReviewReopened"]
    log.add(MAIL, MailAssigned(mail_id="m1", contact_id="k1", address=ERIKA, remember=False))
    assert "MailAssigned 3 came after" in log.refusal(reopened)


def test_what_has_no_effect_can_not_be_taken_back() -> None:
    log = Log()
    imported(log)
    assert "no effect" in log.refusal(1)
    assert "can't be taken back" in log.refusal(7)
