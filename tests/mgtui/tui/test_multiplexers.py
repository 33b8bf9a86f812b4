"""Terminals inside terminals, and a shell around the screens: tmux, TERM of screen and tmux, ^Z and back."""

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mgtui.tui.offices import TestOffice
from tests.mgtui.tui.terminal import Terminal
from tests.mgtui.tui.test_terminal import program


@pytest.fixture
def argv(office: TestOffice) -> list[str]:
    """Give the command that opens the screens on an office nobody else has open."""
    office.application.close()
    return program(office)


@pytest.mark.parametrize("inner", ["tmux-256color", "screen-256color", "screen"])
def test_the_screens_work_within_tmux(argv: list[str], tmp_path: Path, inner: str) -> None:
    config = tmp_path / "tmux.conf"
    config.write_text(f"set -g default-terminal {inner}\nset -g status off\n", "utf-8")
    tmux = ["tmux", "-u", "-S", str(tmp_path / "socket"), "-f", str(config), "new-session", shlex.join(argv)]
    with Terminal(tmux) as terminal:
        terminal.wait_for("2 Queue 5")
        terminal.press("2")
        terminal.wait_for("nobody has anna.neu@berg.example")
        terminal.press("j")
        terminal.wait_for("nobody has fritz.holm@alt.example")
        terminal.wait_for("▌  28 ")
        terminal.press("?")
        terminal.wait_for("on this screen")
        terminal.press("escape")
        terminal.wait_for(lambda text: "on this screen" not in text)
        terminal.press("q")
        terminal.wait_for_end()


@pytest.mark.parametrize(
    ("term", "colours"),
    [("tmux-256color", b"\x1b[38;5;"), ("screen-256color", b"\x1b[38;5;"), ("screen", b""), ("linux", b"")],
)
def test_no_more_colours_are_sent_than_there_are(argv: list[str], term: str, colours: bytes) -> None:
    with Terminal(argv, environment={"TERM": term}) as terminal:
        terminal.press("2")
        terminal.wait_for("nobody has anna.neu@berg.example")
        assert b"38;2;" not in terminal.received
        assert (b"38;5;" in terminal.received) == bool(colours)


@pytest.fixture
def shell(argv: list[str]) -> Iterator[Terminal]:
    """Give a shell on a terminal, in which the screens were opened."""
    with Terminal(["bash", "--norc", "-i"], environment={"PS1": "shell> "}) as terminal:
        terminal.wait_for("shell>")
        terminal.press(shlex.join(argv) + "\r")
        terminal.wait_for("2 Queue 5")
        yield terminal
        terminal.press("q")
        terminal.wait_for("shell>")
        terminal.press("exit\r")
        terminal.wait_for_end()


def test_the_shell_is_one_key_away_and_everything_is_there_again_after_it(shell: Terminal) -> None:
    shell.press("2")
    shell.wait_for("nobody has anna.neu@berg.example")
    shell.press("\x1a")
    shell.wait_for("Stopped")
    shell.press("clear; stty -a | tr ' ;' '\\n\\n' | grep icanon\r")
    shell.wait_for(lambda text: text.splitlines()[0] == "icanon")
    shell.press("clear; fg\r")
    shell.wait_for(lambda text: "nobody has anna.neu@berg.example" in text and "2 Queue 5" in text)
    shell.press("j")
    shell.wait_for("nobody has fritz.holm@alt.example")


@pytest.mark.parametrize("wanted", [True, False])
def test_the_mouse_is_asked_for_only_where_it_is_wanted(office_folder: Path, wanted: bool) -> None:
    file = office_folder / "mgtui.toml"
    file.write_text(f"{file.read_text('utf-8')}\n[screens]\nmouse = {str(wanted).lower()}\n", "utf-8")
    argv = [sys.executable, "-m", "mgtui", "--config", str(file), "--data", str(office_folder / "data")]
    with Terminal(argv) as terminal:
        terminal.wait_for("2 Queue 5")
        assert (b"\x1b[?1000h" in terminal.received) == wanted
