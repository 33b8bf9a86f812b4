"""What a rule can ask for, and what it can do."""

from dataclasses import replace
from typing import Any

import pytest

from eventstore.events import (
    AddressSuppressed,
    NoticeRaised,
    RestoredToList,
    ReviewRequested,
    RuleApplied,
    SuppressionLifted,
)
from mgtui.contacts import ContactState, evolve
from mgtui.rules import Decision, decide, explain, load_rules
from tests.mgtui.rules.mails import TODAY, classified, contact, known, names, office, only, verdict
from tests.mgtui.rules.test_decide import ERIKA, bounced

NOTHING = '[[rules]]\nname = "else"\n'


def told(when: str, then: str, mail: Any, state: ContactState | None = None, **changes: Any) -> Decision:
    text = f'[[rules]]\nname = "asked"\nwhen = {{ {when} }}\nthen = [{{ {then} }}]\n' + NOTHING
    made = replace(office(load_rules(text, "test")), **changes)
    return decide(mail, known(k1=state or contact(ERIKA)), made, TODAY)


def spoke(when: str, mail: Any, state: ContactState | None = None) -> bool:
    return only(told(when, 'action = "suppress"', mail, state), RuleApplied).rule == "asked"


def in_city(city: str) -> ContactState:
    data = {"name": "Erika", "addresses": (ERIKA,), "lists": (), "fields": {"city": city}}
    return evolve(contact(ERIKA), "ContactChanged", data)


@pytest.mark.parametrize(
    ("when", "yes", "no"),
    [
        ('status = "5.1.*"', {"status": "5.1.10"}, {"status": "5.2.1"}),
        ('reason = ["mailbox_*"]', {"reason": "mailbox_full"}, {"reason": "user_unknown"}),
        ('provider = "mail.test"', {"remote_mta": "mx1.MAIL.test"}, {"remote_mta": "mx.notmail.test"}),
        ('provider = "*.org"', {}, None),
    ],
)
def test_a_condition_on_what_a_report_says(when: str, yes: Any, no: Any) -> None:
    assert spoke(when, classified("bounce", verdict(ERIKA, **yes)))
    assert no is None or not spoke(when, classified("bounce", verdict(ERIKA, **no)))


def test_a_condition_on_a_field_of_the_contact() -> None:
    bounce = classified("bounce", verdict(ERIKA))
    assert spoke('fields = { city = "kö*" }', bounce, in_city("Köln"))
    assert not spoke('fields = { city = "kö*" }', bounce, in_city("Bonn"))


def test_the_first_bounce_and_those_after_it_are_told_apart() -> None:
    bounce = classified("bounce", verdict(ERIKA), mailing="now")
    before = contact(ERIKA, events=bounced("soft", 20))
    assert spoke('occurrence = "first"', bounce)
    assert not spoke('occurrence = "first"', bounce, before)
    assert spoke('occurrence = "repeated"', bounce, before)


def test_older_bounces_weigh_less_where_a_rule_says_so() -> None:
    bounce = classified("bounce", verdict(ERIKA, "soft"), mailing="now")
    before = contact(ERIKA, events=bounced("soft", 30, 60))
    counting = 'count = { of = "soft", at_least = %s, within_days = 90, halves_after_days = 30 }'
    assert spoke(counting % "1.75", bounce, before)
    assert not spoke(counting % "1.76", bounce, before)


def test_a_count_may_ask_for_any_severity_or_one_reason() -> None:
    bounce = classified("bounce", verdict(ERIKA, "refused", reason="spam"), mailing="now")
    before = contact(ERIKA, events=bounced("soft", 5))
    assert spoke('count = { of = "any", at_least = 2 }', bounce, before)
    assert not spoke('count = { of = "any", reason = "spam", at_least = 2 }', bounce, before)


def test_a_suppression_may_end_on_a_day() -> None:
    decision = told(
        'kind = "bounce"', 'action = "suppress", until = 2027-03-01', classified("bounce", verdict(ERIKA))
    )
    assert only(decision, AddressSuppressed).until == "2027-03-01"


def test_a_letter_can_restore_what_bounces_took_away() -> None:
    suppressed = only(
        told('kind = "bounce"', 'action = "suppress"', classified("bounce", verdict(ERIKA))),
        AddressSuppressed,
    )
    letter = classified("ordinary", sender=(ERIKA,))
    state = evolve(contact(ERIKA, events=(suppressed,)), "RemovedFromList", {"list": "news"})
    lifted = told('kind = "ordinary"', 'action = "restore"', letter, state)
    assert only(lifted, SuppressionLifted).rule == "asked"
    back = told('kind = "ordinary"', 'action = "restore", list = "news"', letter, state)
    assert only(back, RestoredToList).list == "news"
    assert names(told('kind = "ordinary"', 'action = "restore"', letter)) == ["RuleApplied"]


def test_a_bounced_invoice_is_never_silent() -> None:
    bounce = classified("bounce", verdict(ERIKA), category="invoice")
    quiet = decide(bounce, known(k1=contact(ERIKA)), office(), TODAY)
    assert "by post" in only(quiet, ReviewRequested).why
    wanted = replace(office(), subscribers=frozenset({"anna"}), wanting_notices=frozenset({"anna"}))
    loud = decide(bounce, known(k1=contact(ERIKA)), wanted, TODAY)
    assert "by post" in only(loud, NoticeRaised).why
    assert "ReviewRequested" not in names(loud)
    assert "AddressSuppressed" in names(loud)


def test_a_notice_to_nobody_known_waits_in_the_queue() -> None:
    bounce = classified("bounce", verdict(ERIKA))
    decision = told(
        'kind = "bounce"', 'action = "notify", to = "otto"', bounce, subscribers=frozenset({"anna"})
    )
    assert only(decision, ReviewRequested).reason == "asked"


def test_the_rules_explain_themselves() -> None:
    bounce = classified("bounce", verdict(ERIKA, "soft"))
    told = {e.rule: e for e in explain(bounce, known(k1=contact(ERIKA)), office(), TODAY)}
    assert told["bounce that only counts"].speaks
    (count,) = [check for check in told["third soft bounce"].checks if check.name == "count"]
    assert (count.found, count.holds) == ("1", False)
