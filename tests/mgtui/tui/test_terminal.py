"""Through a real terminal: a pty of 80x24 and what pyte draws."""

import sys
from pathlib import Path

from tests.mgtui.tui.mails import report
from tests.mgtui.tui.offices import TestOffice, open_office
from tests.mgtui.tui.terminal import Terminal


def program(office: TestOffice) -> list[str]:
    """Give the command that opens the screens on an office."""
    folder = office.folder
    return [
        sys.executable,
        "-m",
        "mgtui",
        "--config",
        str(folder / "mgtui.toml"),
        "--data",
        str(folder / "data"),
    ]


def test_an_item_of_the_queue_is_assigned_by_keys_alone(office_folder: Path) -> None:
    office = open_office(office_folder)
    waiting = office.items("bounces")
    office.application.close()
    with Terminal(program(office)) as terminal:
        terminal.wait_for("2 Queue 5")
        terminal.press("2")
        terminal.wait_for("anna.neu@berg.example")
        terminal.press("a")
        terminal.wait_for("Anna Berg")
        terminal.press("1")
        terminal.wait_for("what follows:")
        terminal.press("enter")
        terminal.wait_for("assigned to Anna Berg (k001)")
        terminal.wait_for("2 Queue 4")
        terminal.press("q")
        terminal.wait_for_end()
    again = open_office(office_folder)
    try:
        (assigned,) = again.events("MailAssigned")
        assert (assigned["address"], assigned["contact_id"]) == ("anna.neu@berg.example", "k001")
        assert again.items("bounces") == waiting[1:]
    finally:
        again.application.close()


def test_the_screens_read_the_mailboxes_when_asked_to(office_folder: Path) -> None:
    office = open_office(office_folder)
    office.application.close()
    with Terminal([*program(office), "--grab"]) as terminal:
        terminal.wait_for("2 Queue 5")
        late = office_folder / "Maildir" / "new" / "1790000999.M000999.test"
        late.write_bytes(report("late@gone.example", number=20))
        terminal.wait_for("2 Queue 6")
        terminal.press("5")
        terminal.wait_for("in this process")
        terminal.press("q")
        terminal.wait_for_end()
    again = open_office(office_folder)
    assert "late@gone.example" in again.items("bounces")
    again.application.close()


def hidden(terminal: Terminal) -> list[str]:
    """Give the characters that have the colour of their ground, and so can't be seen."""
    cells = (cell for line in terminal.screen.buffer.values() for cell in line.values())
    return [cell.data for cell in cells if cell.data.strip() and cell.fg == cell.bg != "default"]


def test_every_letter_of_every_screen_can_be_seen(office_folder: Path) -> None:
    office = open_office(office_folder)
    office.application.close()
    with Terminal(program(office), environment={"COLORTERM": "truecolor"}) as terminal:
        terminal.wait_for("MailMoved")
        terminal.settle()
        assert hidden(terminal) == []
        for key in ("2", "3", "4", "5", "6", "7", "8", "1"):
            terminal.press(key)
            terminal.settle()
            assert hidden(terminal) == [], f"on screen {key}"
