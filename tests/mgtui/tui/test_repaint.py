"""What a terminal shows that was resized, left and come back to, or written on by others, is drawn anew."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mgtui.tui.offices import open_office
from tests.mgtui.tui.terminal import Terminal
from tests.mgtui.tui.test_terminal import program

QUEUE = "nobody has anna.neu@berg.example"


@pytest.fixture
def queue(office_folder: Path) -> Iterator[Terminal]:
    """Open the queue on a terminal."""
    office = open_office(office_folder)
    office.application.close()
    with Terminal(program(office)) as terminal:
        terminal.press("2")
        terminal.wait_for(QUEUE)
        terminal.settle()
        yield terminal


def test_a_resize_leaves_nothing_of_the_screen_before(queue: Terminal) -> None:
    queue.resize(120, 40)
    queue.wait_for(lambda text: "▏" in text.splitlines()[2])
    queue.settle()
    queue.resize(70, 20)
    queue.wait_for(lambda text: "▏" not in text and QUEUE in text)
    queue.settle()
    lines = queue.lines
    queue.press("\x0c")
    queue.settle()
    assert queue.lines == lines
    assert len(lines) == 20


def test_a_key_draws_over_what_others_wrote_on_the_terminal(queue: Terminal) -> None:
    lines = queue.lines
    queue.received += b"\x1b[7;7HBroadcast message from root: going down"
    assert "Broadcast" in queue.text
    queue.press("j", "k")
    queue.settle()
    assert "Broadcast" in queue.text
    queue.press("\x0c")
    queue.wait_for(lambda text: "Broadcast" not in text)
    queue.settle()
    assert queue.lines == lines


def test_whoever_comes_back_from_the_shell_sees_what_was_there(queue: Terminal) -> None:
    lines = queue.lines
    queue.press("\x1a")
    queue.wait_for(lambda _: b"\x1b[?1049l" in queue.received)
    queue.settle()
    queue.received += b"\x1b[m\x1b[2J\x1b[H$ ls"
    assert queue.text.strip() == "$ ls"
    os.kill(queue.pid, signal.SIGCONT)
    queue.wait_for(QUEUE)
    queue.settle()
    assert queue.lines == lines
