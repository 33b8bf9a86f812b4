"""Every entry of the table reads a mail of its own form, and nothing is in the table without one."""

import pytest

from mgtui.report.dialects.formats import formats, read_format
from mgtui.report.dialects.prose import prose_of
from tests.mgtui.report.dialects.examples import EXAMPLES
from tests.mgtui.report.dialects.mails import addresses, mail, read


def test_every_entry_has_an_example_and_every_example_an_entry() -> None:
    assert {entry.name for entry in formats()} == set(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_read_by_its_own_entry(name: str) -> None:
    example = EXAMPLES[name]
    prose = prose_of(example.mail())
    entry = next(one for one in formats() if one.name == name)
    assert entry.is_of(prose)
    said = read_format(entry, prose)
    assert said is not None
    assert tuple(addresses(said)) == example.addresses
    assert said.kind_hint == example.kind
    assert example.said in said.recipients[0].diagnostic_code


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_read_the_same_when_all_dialects_are_asked(name: str) -> None:
    example = EXAMPLES[name]
    said = read(example.mail())
    assert said is not None
    assert tuple(addresses(said)) == example.addresses
    assert said.kind_hint == example.kind
    assert example.said in said.recipients[0].diagnostic_code


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_person_who_quotes_an_example_reports_nothing(name: str) -> None:
    example = EXAMPLES[name]
    quoted = "\n".join(f"> {line}" for line in example.body.split("\n"))
    plain = mail(
        f"Got this, what shall I do?\n\n{example.body}", "Bea <bea@example.com>", "Fwd: what is this?", None
    )
    assert read(plain) is None
    assert read(mail(f"Look:\n\n{quoted}", "Bea <bea@example.com>", "Re: Undelivered Mail", None)) is None


def test_an_original_address_is_kept_beside_the_final_one() -> None:
    said = read(EXAMPLES["messaging-server"].mail())
    assert said is not None
    assert said.recipients[0].original_recipient == "old@example.org"


def test_addresses_that_follow_each_other_share_what_is_said_below_them() -> None:
    body = "\nwas not delivered to:\n\n  anna@example.org\n  bert@example.org\n\nbecause:\n\n  Disk full\n"
    said = read(mail(body))
    assert said is not None
    assert [one.diagnostic_code for one in said.recipients] == ["because: Disk full"] * 2


def test_a_reason_above_the_addresses_is_the_diagnosis_of_all() -> None:
    body = (
        "This Message was undeliverable due to the following reason:\n\nThe destination computer was not found.\n\n"
        "The following recipients did not receive this message:\n\n     <anna@example.org>\n\nPlease reply to us.\n"
    )
    said = read(mail(body))
    assert said is not None
    assert said.recipients[0].diagnostic_code.startswith("The destination computer was not found.")


def test_a_parcel_that_was_not_delivered_is_no_mail() -> None:
    body = "Ihr Paket konnte nicht zugestellt werden an:\n\nanna@example.org\n"
    assert read(mail(body, "noreply@example.net", "Zustellung fehlgeschlagen", None)) is None
