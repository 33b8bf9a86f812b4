"""Plain text and text with accents are folded in two ways, to the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mgtui.bounce.reasons.fold import fold

LETTERS = st.text("aB5.-_+<>:;'\"()=", max_size=12)
ADDRESSES = st.tuples(LETTERS, LETTERS).map("@".join)
PIECES = st.one_of(LETTERS, ADDRESSES, st.sampled_from(["550 5.1.1", "user", "\n", "\t", "@"]))
TEXTS = st.lists(PIECES, max_size=20).map(" ".join)


@given(TEXTS)
def test_a_text_has_the_same_words_whether_an_accent_stands_in_it_or_not(text):
    assert fold(f"{text} é") == fold(f"{text} e")


def test_a_long_run_of_signs_costs_no_more_than_its_length():
    assert fold("@" * 16_000) == "  "
    assert fold("a@" * 8_000).strip() == ""


def test_letters_of_a_korean_syllable_stay_together():
    assert fold("사용자입니다") == " 사용자입니다 "


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("see http://help.example/user-unknown?x=1", " see @http @help @example @user @unknown @x @1 "),
        ("zen.spamhaus.org.", " @zen @spamhaus @org "),
        ("help.example/full", " @help @example @full "),
        ("user unknown.Please try mailbox.full", " user unknown please try mailbox full "),
        ("5.1.1.user unknown, e.g. in A/AAAA", " 5 1 1 user unknown e g in a aaaa "),
        ("1.2.0.192.in-addr.arpa", " 1 2 0 192 in addr arpa "),
        ("größer als mx.full.example", " grosser als @mx @full @example "),
    ],
)
def test_words_of_links_and_hosts_are_marked(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("rejected as spam [full-1234]", " rejected as spam @full @1234 "),
        ("rejected, ref: unknown-77", " rejected @ref @unknown @77 "),
        ("by policy. Ticket disabled-9912.", " by policy @ticket @disabled @9912 "),
        ("full (case no-such-user-1201)", " full @case @no @such @user @1201 "),
        ("user-12 unknown", " user 12 unknown "),
    ],
)
def test_words_of_ids_are_marked(text, folded):
    assert fold(text) == folded
