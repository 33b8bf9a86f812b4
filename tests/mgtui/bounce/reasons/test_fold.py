"""Plain text and text with accents are folded in two ways, to the same words."""

from hypothesis import given
from hypothesis import strategies as st

from mgtui.bounce.reasons.fold import fold

PIECES = st.sampled_from([*"aB5.-_+@<>:;'\" \t\n", "jo@away.example", "550 5.1.1 ", "user", "=40", "@@"])
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@given(TEXTS)
def test_a_text_has_the_same_words_whether_an_accent_stands_in_it_or_not(text):
    assert fold(f"{text} é") == fold(f"{text} e")


def test_a_long_run_of_signs_costs_no_more_than_its_length():
    assert fold("@" * 16_000) == "  "
    assert fold("a@" * 8_000).strip() == ""


def test_letters_of_a_korean_syllable_stay_together():
    assert fold("사용자입니다") == " 사용자입니다 "
