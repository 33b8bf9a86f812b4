"""How counts end: by signs that an address works, and by a trial after a suppression."""

from datetime import date
from typing import Any

import pytest

from eventstore import data_of
from eventstore.events import AddressSuppressed, CountsReset, RuleApplied
from mgtui.contacts import ContactState, evolve
from tests.mgtui.rules.mails import TODAY, classified, contact, decided, known, names, only, verdict
from tests.mgtui.rules.test_decide import ERIKA, bounced, soft


def expired(until: str = "2026-10-01") -> ContactState:
    suppressed = AddressSuppressed(
        contact_id="k1",
        address=ERIKA,
        categories=(),
        until=until,
        mail_id="b1",
        rule="third soft bounce",
        why="",
        day="2026-08-02",
    )
    return contact(ERIKA, events=(suppressed,))


LETTER = classified("ordinary", sender=(ERIKA,))
DELIVERED = classified("delivered", verdict(ERIKA, "undetermined", status="2.0.0"))


@pytest.mark.parametrize("mail", [LETTER, DELIVERED])
def test_a_sign_that_an_address_works_ends_its_soft_counts(mail: Any) -> None:
    before = contact(ERIKA, events=(*bounced("soft", 30, 60), *bounced("hard", 20)))
    decision = decided(mail, known(k1=before))
    reset = only(decision, CountsReset)
    assert (reset.address, reset.soft) == (ERIKA, 2)
    after = evolve(before, "CountsReset", data_of(reset))
    assert [one.severity for one in after.bounces] == ["hard"]
    assert "AddressSuppressed" not in names(decided(soft(), known(k1=after)))


def test_a_letter_to_the_contact_is_no_sign_that_the_address_works() -> None:
    mail = classified("ordinary", sender=("us@office.example",), addressees=(ERIKA,))
    assert "CountsReset" not in names(decided(mail, known(k1=contact(ERIKA, events=bounced("soft", 30)))))


def test_a_sign_from_before_a_bounce_does_not_end_it() -> None:
    before = contact(ERIKA, events=bounced("soft", -5))
    assert "CountsReset" not in names(decided(LETTER, known(k1=before)))


def test_where_nothing_was_counted_nothing_is_reset() -> None:
    assert "CountsReset" not in names(decided(LETTER, known(k1=contact(ERIKA))))


@pytest.mark.parametrize("severity", ["hard", "soft"])
def test_the_next_bounce_after_a_suppression_ran_out_suppresses_again_at_once(severity: str) -> None:
    mail = classified("bounce", verdict(ERIKA, severity), mailing="trial")
    decision = decided(mail, known(k1=expired()))
    assert "AddressSuppressed" in names(decision)
    if severity == "soft":
        assert only(decision, AddressSuppressed).until == "2027-01-09"
        rules = [event.rule for event in decision.events if isinstance(event, RuleApplied)]
        assert rules == ["bounce that only counts", "bounce after a trial"]


def test_a_refused_mail_does_not_end_a_trial() -> None:
    assert "AddressSuppressed" not in names(
        decided(classified("bounce", verdict(ERIKA, "refused")), known(k1=expired()))
    )


def test_a_bounce_of_a_mail_from_before_the_end_is_no_trial() -> None:
    assert "AddressSuppressed" not in names(decided(soft(), known(k1=expired("2026-11-15"))))


def test_an_address_that_showed_that_it_works_is_on_trial_no_longer() -> None:
    state = expired()
    reset = only(decided(LETTER, known(k1=state)), CountsReset)
    assert reset.soft == 0
    free = evolve(state, "CountsReset", data_of(reset))
    assert free.on_trial(ERIKA, TODAY) is None
    assert "AddressSuppressed" not in names(decided(soft(), known(k1=free)))


def test_an_uncounted_bounce_counts_no_longer() -> None:
    before = contact(ERIKA, events=bounced("soft", 30, 60))
    (first, _) = bounced("soft", 30, 60)
    after = evolve(before, "BounceUncounted", data_of(first))
    assert [one.day for one in after.bounces] == [date(2026, 9, 11)]
