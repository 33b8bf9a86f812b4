"""Text that is safe, cut and wrapped by cells."""

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from mgtui.tui.paint import cut, field, pad, plain, wrap
from mgtui.tui.safety import AsciiOnly, Harmless, is_ascii_only


def test_plain_text_stays_as_it_is() -> None:
    assert plain("Grüße aus Köln [red] 発注") == "Grüße aus Köln [red] 発注"


def test_controls_and_what_hides_become_signs() -> None:
    assert plain("a\x1b[2J\u202e\u200b\x9b\u3164b") == "a\ufffd[2J\ufffd\ufffd\ufffd\ufffdb"


def test_a_pile_of_marks_is_cut_down() -> None:
    assert plain("e" + "\u0301" * 50 + "x") == "e\u0301\u0301\ufffdx"


def test_a_mark_without_a_letter_is_shown_as_a_sign() -> None:
    assert plain("\u0301x") == "\ufffdx"


@pytest.mark.parametrize("width", range(1, 12))
def test_what_is_cut_or_padded_takes_exactly_its_cells(width: int) -> None:
    for text in ("発注書発注書", "plain text here", "é" * 20, "a発b注c書"):
        assert cell_len(cut(text, width)) <= width
        assert cell_len(pad(text, width)) == width


@pytest.mark.parametrize("width", (2, 5, 9, 40))
def test_wrapped_lines_fit_and_lose_nothing(width: int) -> None:
    text = "ein langes Wort Donaudampfschifffahrtsgesellschaft und 発注書発注書 dazu"
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_label_stands_beside_the_first_line_only() -> None:
    lines = field("why", "one two three four", 24)
    assert ["".join(text for text, _ in line) for line in lines] == [
        "        why  one two",
        "             three four",
    ]


def test_the_last_gate_lets_no_control_character_through() -> None:
    (segment,) = Harmless().apply([Segment("a\x1b]52;c;x\x07b")], Color(0, 0, 0))
    assert segment.text == "a\ufffd]52;c;x\ufffdb"


def test_ascii_takes_as_many_cells() -> None:
    text = "Grüße ▌✓ 発注 … │"
    (segment,) = AsciiOnly().apply([Segment(text)], Color(0, 0, 0))
    assert segment.text.isascii()
    assert cell_len(segment.text) == cell_len(text)
    assert segment.text.startswith("Gru")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "de_DE.UTF-8"}, False),
        ({"LANG": "de_DE.utf8"}, False),
        ({}, False),
        ({"LANG": "de_DE.ISO-8859-1"}, True),
        ({"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, True),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "C"}, True),
        ({"LC_CTYPE": "C.UTF-8"}, False),
        ({"LANG": "de_DE.UTF-8", "MGTUI_ASCII": "1"}, True),
    ],
)
def test_the_environment_says_whether_only_ascii_can_be_shown(
    environment: dict[str, str], expected: bool
) -> None:
    assert is_ascii_only(environment) is expected
