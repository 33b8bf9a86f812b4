"""Whose a mail is: given who has which address, when a mail names some, then this contact is it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventstore.events import AddressSuppressed
from mgtui.contacts import Book, Internal, Sent, Variants, match_correspondent, match_recipient, normalise
from mgtui.rules import decide_assigned
from tests.mgtui.rules.mails import TODAY, classified, contact, known, office, only, verdict

ERIKA = "erika@example.org"
OTTO = "otto@example.org"
NOBODY = verdict("nobody@elsewhere.example")
GMAIL = Variants(plus_tags=frozenset({"gmail.com", "example.org"}), dots=frozenset({"gmail.com"}))


def book(sent: tuple[Sent, ...] = (), variants: Variants = GMAIL, **contacts: str) -> Book:
    holders: dict[str, tuple[str, ...]] = {}
    for contact_id, address in contacts.items():
        holders[address] = (*holders.get(address, ()), contact_id)
    addresses = {contact_id: (address,) for contact_id, address in contacts.items()}
    return Book(holders, addresses, {"a@b": sent} if sent else {}, Internal.of(["office.example"]), variants)


def bounce(*recipients: Any, **changes: Any) -> Any:
    return classified("bounce", *recipients, **changes)


def test_the_original_recipient_comes_before_the_final_one() -> None:
    both = verdict(OTTO, original_recipient=ERIKA)
    match = match_recipient(bounce(both), both, book(k1=ERIKA, k2=OTTO))
    assert (match.contact_id, match.how) == ("k1", "original recipient")


def test_the_return_path_names_the_contact_where_the_report_names_nobody_known() -> None:
    mail = bounce(NOBODY, verp_recipient="Erika@Example.ORG")
    match = match_recipient(mail, NOBODY, book(k1=ERIKA))
    assert (match.contact_id, match.address, match.how) == ("k1", ERIKA, "return path")


def test_the_return_path_says_nothing_of_a_report_on_several_recipients() -> None:
    mail = bounce(NOBODY, verdict(OTTO), verp_recipient=ERIKA)
    assert match_recipient(mail, NOBODY, book(k1=ERIKA)).candidates == ()


@pytest.mark.parametrize("returned", ["<a@b>", "a@b", " <a@b> "])
def test_a_returned_message_id_of_the_archive_names_the_contact_it_went_to(returned: str) -> None:
    mail = bounce(verdict(None), original_message_id=returned)
    match = match_recipient(mail, mail.recipients[0], book((Sent("m0", "k1", ERIKA),), k1=ERIKA))
    assert (match.contact_id, match.address, match.how) == ("k1", ERIKA, "returned Message-ID")


def test_an_archived_mail_filed_at_two_contacts_gives_both_as_candidates() -> None:
    sent = (Sent("m0", "k1", ERIKA), Sent("m0", "k2", OTTO))
    mail = bounce(NOBODY, original_message_id="<a@b>")
    match = match_recipient(mail, NOBODY, book(sent, k1=ERIKA, k2=OTTO))
    assert (match.contact_id, match.candidates) == (None, ("k1", "k2"))


def test_an_address_of_two_contacts_is_ambiguous_whatever_comes_after() -> None:
    mail = bounce(verdict(ERIKA), original_message_id="<a@b>")
    match = match_recipient(mail, mail.recipients[0], book((Sent("m0", "k1", ERIKA),), k1=ERIKA, k2=ERIKA))
    assert match.candidates == ("k1", "k2")


def test_an_own_address_is_left_out_at_every_step() -> None:
    own = "boss@office.example"
    said = verdict(own, original_recipient=own)
    mail = bounce(said, original_addressees=(own,), verp_recipient=own, original_message_id="<a@b>")
    assert match_recipient(mail, said, book((Sent("m0", "k1", own),), k1=own)).candidates == ()
    letter = classified("ordinary", sender=(own,), addressees=(own,))
    assert match_correspondent(letter, book(k1=own)).candidates == ()


def test_a_bounce_of_a_variant_is_one_of_the_address_that_the_contact_has() -> None:
    said = verdict("er.ika+shop@gmail.com")
    known = book(k1="erika@gmail.com")
    known = Book({"er.ika+shop@gmail.com": ("k1",)}, known.addresses, internal=known.internal, variants=GMAIL)
    assert match_recipient(bounce(said), said, known).address == "erika@gmail.com"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("erika+shop@gmail.com", "erika@gmail.com", True),
        ("er.ika@gmail.com", "erika@gmail.com", True),
        ("erika+shop@example.org", "erika@example.org", True),
        ("er.ika@example.org", "erika@example.org", False),
        ("erika+shop@example.net", "erika@example.net", False),
        ("+shop@gmail.com", "+other@gmail.com", False),
        ('"a b+c"@gmail.com', '"a b"@gmail.com', False),
        ("erika@gmail.com", "erika@example.org", False),
    ],
)
def test_tags_and_dots_make_no_difference_where_configured_and_only_there(
    one: str, other: str, same: bool
) -> None:
    assert GMAIL.same(one, other) is same


@given(st.from_regex(r'\A[a-z.+"\\ ]{1,12}@(gmail\.com|example\.org|B\xdccher\.Example)\Z'))
def test_the_shared_form_of_an_address_is_its_own_form(address: str) -> None:
    normal = normalise(address)
    assert normalise(normal) == normal
    assert GMAIL.form(GMAIL.form(normal)) == GMAIL.form(normal)


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("<Erika.Muster@Example.ORG>", "erika.muster@example.org"),
        ("info@Bücher.example", "info@xn--bcher-kva.example"),
        ('"erika.muster"@example.org', "erika.muster@example.org"),
        ('"erika muster"@example.org', '"erika muster"@example.org'),
        ('"erika\\.muster"@example.org', "erika.muster@example.org"),
        ("erika@example.org.", "erika@example.org"),
        ("erika", ""),
        ("@example.org", ""),
        ("erika@", ""),
    ],
)
def test_addresses_are_compared_in_one_form(written: str, compared: str) -> None:
    assert normalise(written) == compared


def test_an_assigned_bounce_of_a_variant_counts_against_the_address_that_the_contact_has() -> None:
    mail = bounce(verdict("erika+shop@example.org"))
    own = replace(office(), variants=GMAIL)
    decision = decide_assigned(mail, "erika+shop@example.org", "k1", known(k1=contact(ERIKA)), own, TODAY)
    assert only(decision, AddressSuppressed).address == ERIKA
