"""Only changed cells are sent, and the terminal shows what it would show without that."""

import re
from typing import NamedTuple

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from mgtui.tui.changed import ChangedCells
from mgtui.tui.looks import change, look_of
from tests.mgtui.tui.screens_twice import Twice

LETTERS = ["a", "b", " ", " ", "é", "Я", "─", "●", "漢", "ひ", "e\u0301", "😀", "\ufffd", "½", "ｗ"]
COLOURS = [None, "#102030", "#c0ffee", "red", "color(200)", "bright_blue"]
STYLES = st.builds(
    Style,
    color=st.sampled_from(COLOURS),
    bgcolor=st.sampled_from(COLOURS),
    bold=st.booleans(),
    italic=st.booleans(),
    underline=st.booleans(),
    reverse=st.booleans(),
    strike=st.booleans(),
)
TEXTS = st.lists(st.sampled_from(LETTERS), min_size=1, max_size=12).map("".join)
SEGMENTS = st.builds(lambda text, style: Segment(text, style), TEXTS, STYLES)
ROWS = st.lists(SEGMENTS, min_size=1, max_size=4)
Rows = list[list[Segment]]


class Size(NamedTuple):
    """Of a terminal, and where its left widget ends."""

    width: int
    height: int
    cut: int


class Whole(NamedTuple):
    """Everything is painted, from these rows."""

    rows: Rows


class Part(NamedTuple):
    """Some lines of the right widget are painted."""

    rows: Rows
    lines: set[int]


Step = str | Size | Whole | Part
SIZES = st.builds(
    lambda left, right, height: Size(left + right, height, left),
    *(st.integers(1, 10), st.integers(1, 10), st.integers(1, 4)),
)


def console(colours: str = "truecolor") -> Console:
    """Make a console of Rich for so many colours."""
    return Console(color_system=colours, force_terminal=True)


def fitted(row: list[Segment], width: int) -> Strip:
    """Make a strip of exactly this width, as Textual cuts one."""
    return Strip(row).adjust_cell_length(width, Style()).crop(0, width)


def whole(rows: Rows, width: int, height: int, cut: int) -> LayoutUpdate:
    """Repaint everything: two widgets side by side."""
    lines = [rows[y % len(rows)] for y in range(height)]
    strips = [[fitted(line, cut), fitted(line[::-1], width - cut)] for line in lines]
    return LayoutUpdate(strips, Region(0, 0, width, height))


def part(rows: Rows, width: int, height: int, cut: int, lines: set[int]) -> ChopsUpdate:
    """Repaint some lines of the right widget."""
    chops = [{0: None, cut: fitted(rows[y % len(rows)], width - cut)} for y in range(height)]
    wanted = sorted({line % height for line in lines})
    return ChopsUpdate(chops, [(y, cut, width) for y in wanted], [[cut, width]] * height)


@st.composite
def stories(draw: st.DrawFn) -> list[Step]:
    """Tell what happens to a terminal: repaints, whole or in part, another size, and what else comes through."""
    rows = st.lists(ROWS, min_size=1, max_size=4)
    lines = st.sets(st.integers(0, 5), min_size=1)
    repaint = st.builds(Whole, rows)
    others = ("\x1b]52;c;YQ==\a", "\a", "\x1b[?25l", "\x1b[?2026h", "\x1b[?2026l", "\x1b[3;1Hx\x1b[1B")
    steps = st.one_of(repaint, st.builds(Part, rows, lines), st.sampled_from(others), SIZES)
    return [draw(SIZES), draw(repaint), *draw(st.lists(steps, max_size=8))]


@given(stories(), st.sampled_from(["truecolor", "256", "standard"]))
def test_a_terminal_shows_the_same(story: list[Step], colours: str) -> None:
    both, pen = Twice(2, 1), console(colours)
    rows: Rows = []
    for step in story:
        match step:
            case str():
                both.write(step)
                continue
            case Size():
                both.resize(step.width, step.height)
                size = step
                if not rows:
                    continue
                update: LayoutUpdate | ChopsUpdate = whole(rows, *size)
            case Whole():
                rows = step.rows
                update = whole(rows, *size)
            case Part():
                update = part(step.rows, *size, step.lines)
        both.write(update.render_segments(pen) + Control.move_to(0, 0).segment.text)
        assert both.differences() == []
        cursors = [(screen.cursor.x, screen.cursor.y) for screen in (both.full, both.spared)]
        assert cursors[0] == cursors[1]


def test_the_same_frame_again_sends_nothing() -> None:
    both = Twice(30, 5)
    row = [Segment("sorted ", Style(bold=True)), Segment("漢字 and more", Style(color="red"))]
    frame = whole([row], 30, 5, 15)
    data = frame.render_segments(console()) + "\x1b[1;1H"
    assert both.write(data)
    assert both.write(data) == ""
    assert [both.write(piece) for piece in ("\x1b[?2026h", data, "\x1b[?2026l")] == ["", "", ""]


def test_a_synchronised_update_is_begun_and_ended_where_something_is_sent() -> None:
    changed = ChangedCells(10, 2)
    pieces = ("\x1b[?2026h", "\x1b[1;1Hnew\x1b[1;1H", "\x1b[?2026l")
    assert "".join(map(changed.of, pieces)) == "\x1b[?2026h\x1b[Hnew\r\x1b[?2026l"


def test_one_changed_cell_is_sent_with_a_move_and_no_more() -> None:
    changed = ChangedCells(40, 3)
    first = "\x1b[2;1H\x1b[1;38;2;1;2;3mfetched 1,041 mails\x1b[0m\x1b[1;1H"
    changed.of(first)
    assert changed.of(first.replace("1,041", "1,042")) == "\x1b[2;13H2\x1b[H"


def test_blanks_between_two_looks_cost_nothing() -> None:
    changed = ChangedCells(40, 1)
    changed.of(f"\x1b[1;1H{' ' * 40}\x1b[1;1H")
    assert changed.of(f"\x1b[1;1H\x1b[38;2;9;9;9m{' ' * 40}\x1b[0m\x1b[1;1H") == ""
    assert changed.of(f"\x1b[1;1H\x1b[4m{' ' * 40}\x1b[0m\x1b[1;1H") != ""


@pytest.mark.parametrize(
    "data",
    [
        "\x1b[?1049h", "\x1b[2J", "\x1b[1;1Ha\x1b[K", "text at no known place", "\x1b[1;1H\x1b]8;;x\x1b\\link",
        "\x1b[1;1Hbeyond the right border", "\x1b[9;1Hbelow", "\x1b[1;1H\x1b[99mx\x1b[0m", "\x1b[1;1H\x1b[1mopen",
        "\x1b[1;1H\u0301", "\x1b[1;1Ha\tb",
    ],
)  # fmt: skip
def test_what_is_not_understood_passes_and_the_next_frame_is_sent_in_full(data: str) -> None:
    changed = ChangedCells(10, 3)
    frame = "\x1b[1;1Hknown\x1b[1;1H"
    assert changed.of(frame)
    assert changed.of(data) == data
    assert changed.misread == 1
    assert "known" in changed.of(frame)


@pytest.mark.parametrize(
    "data", ["\x1b]52;c;YQ==\a", "\a", "\x1b[?2004h", "\x1b[>25u", "\x1b[?2026$p", "\x1b[<u"]
)
def test_what_draws_nothing_passes_and_nothing_is_sent_anew(data: str) -> None:
    changed = ChangedCells(10, 3)
    frame = "\x1b[1;1Hknown\x1b[1;1H"
    changed.of(frame)
    assert (changed.of(data), changed.of(frame), changed.misread) == (data, "", 0)


def test_colours_don_t_run_into_what_is_written_behind_the_screens() -> None:
    changed = ChangedCells(10, 1)
    changed.of("\x1b[1;1H\x1b[31mred\x1b[0m\x1b[1;1H")
    assert changed.of("\x1b[?1049l") == "\x1b[m\x1b[?1049l"


def test_a_suspension_in_the_middle_of_a_frame_leaves_no_picture_of_the_past(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    changed = ChangedCells(10, 1)
    frame = "\x1b[1;1Hknown\x1b[1;1H"
    read = changed._read  # a signal may come anywhere; this stands for one that comes here

    def interrupted(data: str) -> object:
        found = read(data)
        changed.forget()
        return found

    monkeypatch.setattr(changed, "_read", interrupted)
    assert changed.of(frame) == frame
    monkeypatch.undo()
    assert "known" in changed.of(frame)


@pytest.mark.parametrize("width", [1, 2])
def test_a_character_of_doubtful_width_moves_nothing_beside_it(
    monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """A terminal may know another Unicode than we do; the cells behind stay where they belong."""
    theirs = pyte.screens.wcwidth
    monkeypatch.setattr(pyte.screens, "wcwidth", lambda char: width if char == "😀" else theirs(char))
    both = Twice(12, 1)
    both.write("\x1b[1;1Hxxxxxxxxxxxx\x1b[1;1H")
    both.write("\x1b[1;1Ha😀b|c      \x1b[1;1H")
    assert both.spared.display[0].replace("😀", "").replace(" ", "") == "ab|c"
    assert [both.spared.buffer[0][x].data for x in (0, 3, 4, 5)] == ["a", "b", "|", "c"]
    both.write("\x1b[1;1Ha😀b|d      \x1b[1;1H")
    assert [both.spared.buffer[0][x].data for x in (0, 3, 4, 5)] == ["a", "b", "|", "d"]


@given(STYLES, STYLES, st.sampled_from(["truecolor", "256", "standard"]))
def test_a_look_becomes_another_one(before: Style, after: Style, colours: str) -> None:
    looks = [re.sub(r"[^\d;]", "", Strip.render_ansi(style, SYSTEMS[colours])) for style in (before, after)]
    screens = [pyte.Screen(2, 1), pyte.Screen(2, 1)]
    pyte.Stream(screens[0]).feed(f"\x1b[{looks[1]}mx")
    pyte.Stream(screens[1]).feed(f"\x1b[{looks[0]}m{change(looks[0], looks[1])}x")
    assert screens[0].buffer[0][0] == screens[1].buffer[0][0]
    assert look_of(looks[1]) is not None


SYSTEMS = {"truecolor": ColorSystem.TRUECOLOR, "256": ColorSystem.EIGHT_BIT, "standard": ColorSystem.STANDARD}
