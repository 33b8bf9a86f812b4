"""A bounce is a claim by a stranger: what counts without a proof, and what a proof is."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from eventstore import Event, data_of, event_of
from eventstore.events import (
    AddressSuppressed,
    DocumentFiled,
    MailClassified,
    OriginNotProved,
    OriginProved,
    ReviewRequested,
)
from mgtui.rules import Archive, Decision, Key, Known, Proofs, decide, decide_assigned, sign
from tests.mgtui.rules.mails import TODAY, classified, contact, known, names, office, only, verdict

ERIKA, OTTO = "erika@example.org", "otto@example.org"
KEY = Key("k1", b"1" * 32)
ARCHIVE = Archive({"1@office.example": frozenset({"k1"})}, any=True)


def contacts(archive: Archive | None = None) -> Known:
    both = known(k1=contact(ERIKA), k2=contact(OTTO))
    return replace(both, archive=archive or Archive())


def bounce(address: str = ERIKA, **changes: Any) -> Any:
    return classified("bounce", verdict(address), **changes)


def told(mail: Any, proofs: Proofs, archive: Archive | None = None) -> Decision:
    return decide(mail, contacts(archive), replace(office(), proofs=proofs), TODAY)


def signed(address: str = ERIKA, days_ago: int = 3) -> tuple[str, ...]:
    return (sign(address, "", "bounces@office.example", KEY, TODAY - timedelta(days=days_ago)),)


def has(decision: Decision, event_type: type[Event]) -> bool:
    return event_type.__name__ in names(decision)


def test_where_nothing_can_prove_anything_every_bounce_counts() -> None:
    decision = told(bounce(), Proofs())
    assert has(decision, AddressSuppressed)
    assert not has(decision, OriginNotProved)


@pytest.mark.parametrize(
    ("mail", "how"),
    [
        (bounce(return_paths=signed()), "signature"),
        (bounce(original_message_id="<1@office.example>"), "archive"),
        (bounce(marked=True), "mark"),
    ],
)
def test_a_proved_bounce_counts(mail: Any, how: str) -> None:
    decision = told(mail, Proofs(keys=(KEY,)), ARCHIVE)
    assert only(decision, OriginProved).how == how
    assert has(decision, AddressSuppressed)


@pytest.mark.parametrize(("proofs", "archive"), [(Proofs(keys=(KEY,)), None), (Proofs(), ARCHIVE)])
def test_once_there_is_a_key_or_an_archive_a_bounce_without_proof_waits(
    proofs: Proofs, archive: Archive | None
) -> None:
    decision = told(bounce(), proofs, archive)
    assert names(decision) == ["ContactMatched", "OriginNotProved", "ReviewRequested"]
    assert only(decision, ReviewRequested).reason == "unproven"


def test_the_setting_says_what_a_bounce_without_proof_does() -> None:
    assert has(told(bounce(), Proofs("count", (KEY,))), AddressSuppressed)
    assert names(told(bounce(), Proofs("ignore", (KEY,)))) == ["ContactMatched", "OriginNotProved"]
    assert has(told(bounce(), Proofs("review")), ReviewRequested)


@pytest.mark.parametrize("then", ["count", "ignore", "review"])
@pytest.mark.parametrize(
    ("paths", "reason"),
    [
        (("bounces+k1.fx2..aaaaaaaaaaaaaaaa=erika=example.org@office.example",), "forged signature"),
        (signed(days_ago=60), "stale signature"),
        (signed(OTTO), "forged signature"),
    ],
)
def test_a_forged_or_stale_signature_always_waits_for_a_person(paths: Any, reason: str, then: Any) -> None:
    decision = told(bounce(return_paths=paths), Proofs(then, (KEY,)))
    assert only(decision, OriginNotProved).reason == reason
    assert only(decision, ReviewRequested).reason == reason
    assert not has(decision, AddressSuppressed)


def test_who_got_a_mail_of_ours_can_prove_nothing_about_somebody_else() -> None:
    of_otto = bounce(ERIKA, original_message_id="<2@office.example>", return_paths=signed(OTTO))
    archive = Archive({"2@office.example": frozenset({"k2"})}, any=True)
    assert not has(told(of_otto, Proofs(keys=(KEY,)), archive), AddressSuppressed)
    assert not has(told(replace_paths(of_otto), Proofs(keys=(KEY,)), archive), AddressSuppressed)


def replace_paths(mail: Any) -> Any:
    return event_of(MailClassified, {**data_of(mail), "return_paths": ()})


def test_a_person_who_assigns_an_unproven_bounce_vouches_for_it() -> None:
    guarded = replace(office(), proofs=Proofs(keys=(KEY,)))
    decision = decide_assigned(bounce(), ERIKA, "k1", contacts(), guarded, TODAY)
    assert has(decision, AddressSuppressed)


@pytest.mark.parametrize(("ours", "archived_as"), [(True, "9@x"), (False, "")])
def test_only_a_copy_that_was_not_delivered_becomes_a_proof(ours: bool, archived_as: str) -> None:
    mail = classified(
        "ordinary", sender=("us@office.example",), addressees=(ERIKA,), message_id="<9@x>", ours=ours
    )
    assert only(told(mail, Proofs()), DocumentFiled).archived_as == archived_as


def test_a_letter_of_a_stranger_becomes_no_proof() -> None:
    mail = classified("ordinary", sender=(ERIKA,), message_id="<9@x>", ours=True)
    assert only(told(mail, Proofs()), DocumentFiled).archived_as == ""
