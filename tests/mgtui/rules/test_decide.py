"""Given contacts, when a mail was classified, then these events follow."""

from datetime import date

import pytest

from eventstore.events import (
    AddressSuppressed,
    BounceCounted,
    ContactMatched,
    ContactNotMatched,
    DocumentFiled,
    RemovedFromList,
    ReviewRequested,
    RuleApplied,
)
from mgtui.contacts import ContactState
from mgtui.rules import decide_assigned
from tests.mgtui.rules.mails import TODAY, classified, contact, decided, known, names, office, only, verdict

ERIKA = "erika@example.org"


def bounced(severity: str, *days: int, mailing: str = "") -> tuple[BounceCounted, ...]:
    return tuple(
        BounceCounted(
            contact_id="k1",
            address=ERIKA,
            mail_id=f"b{number}",
            severity=severity,
            reason="mailbox_full",
            status=None,
            category="",
            mailing=mailing,
            day=date.fromordinal(date(2026, 11, 10).toordinal() - days_ago).isoformat(),
        )
        for number, days_ago in enumerate(days)
    )


def soft(**changes: object) -> object:
    return classified("bounce", verdict(ERIKA, "soft", reason="mailbox_full"), mailing="now", **changes)


def test_a_hard_bounce_suppresses_the_address_for_good() -> None:
    decision = decided(classified("bounce", verdict(ERIKA)), known(k1=contact(ERIKA)))
    assert names(decision) == ["ContactMatched", "BounceCounted", "RuleApplied", "AddressSuppressed"]
    suppressed = only(decision, AddressSuppressed)
    assert (suppressed.address, suppressed.until, suppressed.categories) == (ERIKA, None, ())


def test_each_step_names_the_one_that_led_to_it() -> None:
    decision = decided(classified("bounce", verdict(ERIKA)), known(k1=contact(ERIKA)))
    assert [step.because for step in decision.steps] == [None, None, None, 2]


def test_the_third_soft_bounce_within_ninety_days_suppresses_for_sixty() -> None:
    before = contact(ERIKA, events=bounced("soft", 30, 60))
    assert only(decided(soft(), known(k1=before)), AddressSuppressed).until == "2027-01-09"


def test_two_soft_bounces_suppress_nothing() -> None:
    decision = decided(soft(), known(k1=contact(ERIKA, events=bounced("soft", 30))))
    assert names(decision) == ["ContactMatched", "BounceCounted", "RuleApplied"]
    assert only(decision, RuleApplied).rule == "bounce that only counts"


def test_a_soft_bounce_of_ninety_days_ago_no_longer_counts() -> None:
    decision = decided(soft(), known(k1=contact(ERIKA, events=bounced("soft", 30, 90))))
    assert "AddressSuppressed" not in names(decision)


def test_reports_that_arrive_in_the_wrong_order_count_the_same() -> None:
    before = contact(ERIKA, events=bounced("soft", -5, -2))
    assert "AddressSuppressed" in names(decided(soft(), known(k1=before)))


def test_a_bounce_counts_once_for_each_contact_mailing_and_day() -> None:
    before = contact(ERIKA, events=bounced("soft", 0, mailing="now"))
    assert "BounceCounted" not in names(decided(soft(), known(k1=before)))


def test_no_report_counts_in_the_future() -> None:
    decision = decided(soft(sent_at="2031-01-01T00:00:00+00:00"), known(k1=contact(ERIKA)))
    assert only(decision, BounceCounted).day == TODAY.isoformat()


def test_a_refused_mail_is_no_fault_of_the_address() -> None:
    decision = decided(
        classified("bounce", verdict(ERIKA, "refused", reason="spam")), known(k1=contact(ERIKA))
    )
    assert "AddressSuppressed" not in names(decision)


def test_an_address_suppressed_as_long_already_is_not_suppressed_again() -> None:
    first = only(decided(classified("bounce", verdict(ERIKA)), known(k1=contact(ERIKA))), AddressSuppressed)
    again = decided(
        classified("bounce", verdict(ERIKA), mailing="later"), known(k1=contact(ERIKA, events=(first,)))
    )
    assert "AddressSuppressed" not in names(again)


def test_a_bounce_of_nobody_waits_for_a_person() -> None:
    decision = decided(classified("bounce", verdict("nobody@example.org")), known())
    assert names(decision) == ["ContactNotMatched", "ReviewRequested"]
    assert only(decision, ReviewRequested).reason == "no contact"


def test_an_address_of_two_contacts_waits_with_both_as_candidates() -> None:
    decision = decided(classified("bounce", verdict(ERIKA)), known(k1=contact(ERIKA), k2=contact(ERIKA)))
    assert only(decision, ReviewRequested).candidates == ("k1", "k2")
    assert "BounceCounted" not in names(decision)


def test_the_original_recipient_comes_before_the_final_one() -> None:
    forwarded = verdict("box@provider.example", original_recipient=ERIKA)
    others = known(k1=contact(ERIKA), k2=contact("box@provider.example"))
    matched = only(decided(classified("bounce", forwarded), others), ContactMatched)
    assert (matched.contact_id, matched.how) == ("k1", "original recipient")


def test_the_only_addressee_of_the_returned_mail_stands_for_an_unknown_recipient() -> None:
    mail = classified("bounce", verdict("box@elsewhere.example"), original_addressees=(ERIKA,))
    matched = only(decided(mail, known(k1=contact(ERIKA))), ContactMatched)
    assert (matched.contact_id, matched.address) == ("k1", ERIKA)


def test_an_own_address_is_never_matched() -> None:
    own = "boss@office.example"
    decision = decided(classified("bounce", verdict(own)), known(k1=contact(own)))
    assert names(decision) == ["ContactNotMatched", "ReviewRequested"]


def test_each_recipient_of_a_report_is_decided_on_its_own() -> None:
    mail = classified("bounce", verdict(ERIKA), verdict("nobody@example.org"))
    decision = decided(mail, known(k1=contact(ERIKA)))
    assert names(decision).count("AddressSuppressed") == 1
    assert only(decision, ReviewRequested).address == "nobody@example.org"


@pytest.mark.parametrize(
    "mail", [classified("bounce"), classified("bounce", verdict(None)), classified("complaint")]
)
def test_a_report_that_names_no_recipient_waits_for_a_person(mail: object) -> None:
    assert only(decided(mail, known(k1=contact(ERIKA))), ReviewRequested).queue == "bounces"


def test_an_undetermined_bounce_is_counted_and_waits_for_a_person() -> None:
    decision = decided(classified("bounce", verdict(ERIKA, "undetermined")), known(k1=contact(ERIKA)))
    assert names(decision) == ["ContactMatched", "BounceCounted", "RuleApplied", "ReviewRequested"]


def test_a_complaint_takes_the_contact_off_the_newsletter_and_nothing_else() -> None:
    before = contact(ERIKA, lists=("events", "newsletter"))
    decision = decided(classified("complaint", verdict(ERIKA, "undetermined")), known(k1=before))
    assert only(decision, RemovedFromList).list == "newsletter"
    assert "BounceCounted" not in names(decision)
    assert "AddressSuppressed" not in names(decision)


@pytest.mark.parametrize("reason", ["auth_failure", "not_spam"])
def test_a_report_of_a_feedback_loop_that_nobody_complained_with_changes_nothing(reason: str) -> None:
    before = contact(ERIKA, lists=("newsletter",))
    decision = decided(
        classified("complaint", verdict(ERIKA, "undetermined", reason=reason)), known(k1=before)
    )
    assert names(decision) == ["ContactMatched", "RuleApplied"]


def test_a_letter_is_filed_at_the_one_contact_it_names() -> None:
    mail = classified(
        "ordinary", sender=("Erika@Example.ORG",), addressees=("us@office.example",), attachments=2
    )
    filed = only(decided(mail, known(k1=contact(ERIKA))), DocumentFiled)
    assert (filed.contact_id, filed.direction, filed.attachments) == ("k1", "incoming", 2)


def test_an_outgoing_letter_is_filed_at_its_addressee() -> None:
    mail = classified("ordinary", sender=("us@office.example",), addressees=(ERIKA,))
    assert only(decided(mail, known(k1=contact(ERIKA))), DocumentFiled).direction == "outgoing"


def test_a_letter_that_names_two_contacts_goes_to_the_import_list() -> None:
    mail = classified("ordinary", sender=(ERIKA,), addressees=("otto@example.org",))
    review = only(decided(mail, known(k1=contact(ERIKA), k2=contact("otto@example.org"))), ReviewRequested)
    assert (review.queue, review.candidates) == ("imports", ("k1", "k2"))


def test_a_letter_of_a_stranger_goes_to_the_import_list_with_his_address() -> None:
    mail = classified("ordinary", sender=("new@example.org",), addressees=("us@office.example",))
    decision = decided(mail, known())
    assert only(decision, ContactNotMatched).addresses == ("new@example.org",)
    assert only(decision, ReviewRequested).address == "new@example.org"


def test_a_mail_among_colleagues_goes_to_the_import_list_as_internal() -> None:
    mail = classified("ordinary", sender=("a@office.example",), addressees=("b@sub.office.example",))
    assert only(decided(mail, known()), ReviewRequested).reason == "internal only"


def test_a_letter_without_any_address_goes_to_the_import_list() -> None:
    assert only(decided(classified("ordinary"), known()), ReviewRequested).reason == "no address"


def test_a_damaged_letter_waits_for_a_person_with_its_contact_as_candidate() -> None:
    mail = classified("ordinary", sender=(ERIKA,), findings=("lines end in a bare CR",))
    decision = decided(mail, known(k1=contact(ERIKA)))
    review = only(decision, ReviewRequested)
    assert (review.queue, review.reason, review.candidates) == ("imports", "damaged", ("k1",))
    assert "DocumentFiled" not in names(decision)


@pytest.mark.parametrize("kind", ["auto_reply", "receipt"])
def test_an_automatic_answer_of_a_stranger_bothers_nobody(kind: str) -> None:
    assert "ReviewRequested" not in names(decided(classified(kind, sender=("new@example.org",)), known()))


@pytest.mark.parametrize("kind", ["delayed", "delivered"])
def test_a_delivery_that_goes_on_changes_nothing(kind: str) -> None:
    decision = decided(classified(kind, verdict(ERIKA, "soft")), known(k1=contact(ERIKA)))
    assert names(decision) == ["RuleApplied"]


def test_an_assigned_bounce_is_decided_as_if_it_had_matched() -> None:
    mail = classified("bounce", verdict("old@example.org"))
    state = contact(ERIKA)
    decision = decide_assigned(mail, "old@example.org", "k1", known(k1=state), office(), TODAY)
    assert names(decision) == ["BounceCounted", "RuleApplied", "AddressSuppressed"]
    assert only(decision, AddressSuppressed).address == "old@example.org"


def test_an_assigned_bounce_that_says_nothing_is_not_asked_about_again() -> None:
    mail = classified("bounce", verdict("old@example.org", "undetermined"))
    decision = decide_assigned(mail, "old@example.org", "k1", known(k1=contact(ERIKA)), office(), TODAY)
    assert "ReviewRequested" not in names(decision)


def test_a_changed_address_is_a_new_start() -> None:
    state = contact(ERIKA, events=bounced("soft", 10, 20))
    from mgtui.contacts import evolve

    data = {"name": "Erika", "addresses": ("neu@example.org",), "lists": (), "fields": {}}
    changed: ContactState = evolve(state, "ContactChanged", data)
    assert changed.bounces == ()
