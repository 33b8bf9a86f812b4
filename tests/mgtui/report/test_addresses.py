"""Addresses come out bare, whatever a report wraps them in."""

import pytest

from mgtui.report.addresses import clean_address, find_addresses


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("rfc822;x@example.org", "x@example.org"),
        ("RFC822; rfc/822; x@example.org", "x@example.org"),
        ("LOCAL;<x@example.org>", "x@example.org"),
        ("<@a.example,@b.example:x@example.org>", "x@example.org"),
        ("x@example.org (was moved)", "x@example.org"),
        ("'x@example.org'.", "x@example.org"),
        ('<"john doe"@example.org>', '"john doe"@example.org'),
        ("utf-8; \\x{e4}b@example.org", "\xe4b@example.org"),
        ("rfc822;user+40example.org", "user@example.org"),
        ("user+20@example.org", "user+20@example.org"),
        ("SMTP:X@EXAMPLE.ORG", "X@EXAMPLE.ORG"),
        ("screenname", "screenname"),
        ("<screenname>", "screenname"),
        ("x@[192.0.2.1]", "x@[192.0.2.1]"),
    ],
)
def test_a_recipient_field_gives_a_bare_address(text: str, address: str) -> None:
    assert clean_address(text) == address


@pytest.mark.parametrize("text", ["", "<>", "   ", "two words", "rfc822;", "@", "<@>"])
def test_a_field_without_an_address_gives_none(text: str) -> None:
    assert clean_address(text) is None


def test_addresses_come_in_order_without_repeats() -> None:
    text = "b@example.org, <a@example.org>; (b@example.org). Mail a.b+c@sub.example.org!"
    assert find_addresses(text) == ("b@example.org", "a@example.org", "a.b+c@sub.example.org")


def test_an_address_glued_to_japanese_text_is_cut_out() -> None:
    assert find_addresses("宛先user@example.jpへ")[0].startswith("user@example.jp")
