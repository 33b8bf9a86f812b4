"""What terminals are like: few colours, none, ASCII only, resized, narrow; copying by an explicit key alone."""

import base64
import re

import pytest
from textual.widget import Widget
from textual.widgets import Input

from mgtui.language import LANGUAGES, Language, speak
from mgtui.tui.app import MgtuiApp
from mgtui.tui.dialog import Dialog, Hints
from mgtui.tui.frame import Title
from mgtui.tui.listing import Listing
from mgtui.tui.pane import Pane
from tests.mgtui.tui.offices import TestOffice, open_office
from tests.mgtui.tui.steps import screens, shown, until
from tests.mgtui.tui.terminal import Terminal
from tests.mgtui.tui.test_snapshots import WALK
from tests.mgtui.tui.test_terminal import program


@pytest.fixture
def argv(office: TestOffice) -> list[str]:
    """Give the command that opens the screens on an office nobody else has open."""
    office.application.close()
    return program(office)


def test_without_colour_none_is_sent(argv: list[str]) -> None:
    with Terminal(argv, environment={"NO_COLOR": "1"}) as terminal:
        terminal.press("2")
        terminal.wait_for("nobody has anna.neu@berg.example")
        grey = re.findall(rb"38;2;(\d+);(\d+);(\d+)", terminal.received)
        assert all(red == green == blue for red, green, blue in grey)
        terminal.wait_for("▌  12")


def test_on_a_terminal_of_ascii_everything_is_ascii(argv: list[str]) -> None:
    with Terminal(argv, environment={"LANG": "de_DE.ISO-8859-1", "PYTHONUTF8": "1"}) as terminal:
        terminal.press("2")
        terminal.wait_for("niemand hat anna.neu@berg.example")
        terminal.wait_for(">  12")
        terminal.wait_for("2 Klaeren 5")
        assert bytes(terminal.received).isascii()


def test_a_terminal_of_sixteen_colours_is_served(argv: list[str]) -> None:
    with Terminal(argv, environment={"TERM": "xterm"}) as terminal:
        terminal.press("2")
        terminal.wait_for("nobody has anna.neu@berg.example")
        assert b"38;2;" not in terminal.received


async def test_the_address_is_copied_by_a_key_and_only_then(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        assert app.clipboard == ""
        await pilot.press("y")
        await until(app, "copied: anna.neu@berg.example")
        assert app.clipboard == "anna.neu@berg.example"


def test_a_copy_travels_by_osc_52(argv: list[str]) -> None:
    with Terminal(argv) as terminal:
        terminal.press("2")
        terminal.wait_for("nobody has anna.neu@berg.example")
        assert b"\x1b]52;" not in terminal.received
        terminal.press("y")
        terminal.wait_for("copied")
        assert b"\x1b]52;c;" + base64.b64encode(b"anna.neu@berg.example") in terminal.received


@pytest.mark.parametrize("size", [(40, 10), (60, 15), (80, 24), (200, 50)])
async def test_every_size_shows_something_useful(office: TestOffice, size: tuple[int, int]) -> None:
    async with screens(office.application, "queue", size) as (app, pilot):
        await until(app, "anna.n")
        for key in ("3", "4", "5", "1"):
            await pilot.press(key)
            assert all(len(line) <= size[0] for line in shown(app).splitlines())


async def test_a_resize_keeps_the_cursor_in_sight(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("G")
        await until(app, "nobody has somebody@gone.example")
        await pilot.resize_terminal(60, 12)
        await until(app, lambda text: any(line.startswith("▌  89") for line in text.splitlines()))
        await pilot.resize_terminal(150, 40)
        await until(app, lambda text: any(line.startswith("▌  89") for line in text.splitlines()))


def test_the_screens_leave_nothing_behind(argv: list[str], office: TestOffice) -> None:
    with Terminal(argv) as terminal:
        terminal.wait_for("2 Queue 5")
        terminal.press("q")
        terminal.wait_for_end()
        assert b"\x1b[?1049l" in terminal.received
    again = open_office(office.folder)
    assert again.items("bounces")[0] == "anna.neu@berg.example"
    again.application.close()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_smallest_terminal_shows_what_every_dialog_asks(
    office: TestOffice, language: Language
) -> None:
    speak(language)
    seen = 0
    async with screens(office.application, size=(40, 10)) as (app, pilot):
        for _name, keys, _ in WALK:
            await pilot.press(*keys)
            await pilot.pause()
            if isinstance(app.screen, Dialog):
                seen += 1
                await until(app, lambda _: not cut(app))
    assert seen >= 7


def cut(app: MgtuiApp) -> list[Widget]:
    """Give what a dialog doesn't show although it asks it, or shows without a line of it."""
    needed = (*app.screen.query(Title), *app.screen.query(Hints), *app.screen.query(Input))
    content = (*app.screen.query(Listing), *app.screen.query(Pane))
    height = app.size.height
    return [
        *(one for one in needed if one.region.height != 1 or one.region.bottom >= height),
        *(one for one in content if one.region.height == 0 and one.display),
    ]


@pytest.mark.parametrize("size", [(40, 10), (20, 5), (250, 70)])
async def test_every_screen_opens_at_any_size(office: TestOffice, size: tuple[int, int]) -> None:
    async with screens(office.application, size=size) as (app, pilot):
        for key in "2345678":
            await pilot.press(key)
            await pilot.pause()
        await pilot.press(
            "t", "escape", "7", "enter", "escape", "6", "w", "escape", "4", "f", "escape", "2", "s"
        )
        await pilot.press("escape", "question_mark", "escape", "1")
        assert app.is_running
    assert app.return_code in (0, None)
