"""Hostile mail on a real terminal: whatever a mail holds, the terminal is not its to command."""

import re
import shutil
from pathlib import Path

import pytest

from tests.mgtui.tui.mails import letter, letter_with_files, report
from tests.mgtui.tui.offices import make_office, open_office
from tests.mgtui.tui.terminal import Terminal
from tests.mgtui.tui.test_terminal import program

HOSTILE = {
    "escape sequences": b"\x1b[31mred\x1b[2J\x1b[1;1Hhome",
    "a title": b"\x1b]0;taken over\x07after",
    "the clipboard": b"\x1b]52;c;Y2FsYy5leGU=\x07after",
    "C1 controls": "\x9b31mred\x9d0;taken over\x9cafter".encode(),
    "direction marks": "invoice\u202egpj.exe\u2066x\u2069".encode(),
    "zero width": "pay\u200bpal\u2060\ufeff\u00ad".encode(),
    "markup": b"[red]not red[/red] [/foo] [@click=app.quit]x[/] [link=http://x]",
    "wide": "発注書" * 60 + "🧾",
    "piled up marks": "Z" + "\u0301" * 400 + "algo",
    "blank letters": "a\u3164\u115f\uffa0b",
    "NUL and bell": b"a\x00b\x07c\x08d\x7fe",
}

OTHER_RULES = """
[[rules]]
name = "ask"
when = { kind = ["bounce", "ordinary"] }
then = [{ action = "review", why = "to see" }]
"""

#: what Textual itself may say to a terminal: colours, places, modes; questions it asks when it starts
OWN_SEQUENCES = re.compile(
    rb"\x1b\[[0-9;:]*[mHJKABCDGdnst]|\x1b\[[?>=<][0-9;]*[a-zA-Z]|\x1b\[[?]?[0-9;]*\$p|\x1b\[[0-9;]* q"
    rb"|\x1b\[<u|\x1b\[[<>=][0-9;]*u|\x1bP[^\x1b]*\x1b\\|\x1b\]11;[?]\x1b\\|\x1b\][0-9]+;[?]\x07|\x1b\]22;default\x07|\x1b[78=>c]"
)


def as_bytes(value: str | bytes) -> bytes:
    """Give hostile text as it stands in a mail."""
    return value.encode() if isinstance(value, str) else value


@pytest.fixture(scope="module")
def hostile_as_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an office whose mails hold all of it in subjects, texts, senders and diagnoses."""
    folder = tmp_path_factory.mktemp("hostile")
    mails = [
        letter(f"far{number}@far.example", as_bytes(text), b"text " + as_bytes(text) + b"\n", number)
        for number, text in enumerate(HOSTILE.values())
    ]
    bounce = report("gone@far.example", diagnostic="DIAGNOSIS", number=50)
    mails.append(bounce.replace(b"DIAGNOSIS", b"550 " + b" ".join(map(as_bytes, HOSTILE.values()))))
    sender = '"=?utf-8?b?G1szMW1yZWQbXTA7eAc=?=" <s@far.example>'
    mails.append(letter(sender, b"=?utf-8?b?G10wO3gHG1szMW3igK5bL2Zvb10=?=", number=51))
    office = make_office(folder, mails)
    office.application.close()
    return folder


@pytest.fixture
def hostile_office(hostile_as_made: Path, tmp_path: Path) -> Path:
    """Give a copy of that office."""
    return Path(shutil.copytree(hostile_as_made, tmp_path / "office"))


def test_no_screen_lets_a_mail_command_the_terminal(hostile_office: Path) -> None:
    office = open_office(hostile_office)
    office.application.close()
    with Terminal(program(office), 100, 30) as terminal:
        terminal.wait_for("MailClassified")
        walk(terminal, "3", *"jjjjjjjjjjjjg", "enter", "backspace", "e", "backspace", "o", "backspace", "a")
        leave(terminal, "Assign item")
        walk(terminal, "d", "1")
        terminal.wait_for("dismissed: advertising")
        terminal.press("/", "[/foo]")
        terminal.wait_for("filter: [/foo]")
        walk(terminal, "enter", "2", "enter")
        terminal.wait_for("read by  rfc3464")
        walk(terminal, "backspace", "e")
        terminal.wait_for("◆ Diagnostic-Code")
        walk(terminal, "backspace", "1", "enter", "backspace")
        assert terminal.is_alive()
        received = bytes(terminal.received)
    assert b"taken over" in received
    assert_harmless(received)


def test_no_newer_screen_lets_a_mail_command_the_terminal(hostile_office: Path) -> None:
    office = open_office(hostile_office)
    attached = {"\x1b]0;taken over\x07.pdf": b"x", "[/foo][red].txt": b"y", "gpj\u202eexe.bat": b"z"}
    office.take_in(letter_with_files("anna@berg.example", "\x1b]0;taken over\x07[/foo]", attached, number=52))
    (hostile_office / "other.toml").write_text(OTHER_RULES, "utf-8")
    office.application.close()
    with Terminal(program(office), 100, 30) as terminal:
        terminal.wait_for("MailClassified")
        walk(terminal, "2", "s")
        leave(terminal, "No more mail to")
        walk(terminal, "8", *"kkkkkkkkkkkk", "g", "n", "G", "N", "t")
        terminal.wait_for("AS IT WAS")
        walk(terminal, "2", "j", "3", *"jjjj", "4", "1", "backspace", "/", *"[/foo]")
        terminal.wait_for("filter: [/foo]")
        leave(terminal, "filter:")
        walk(terminal, "7", "enter", *"jjj", "e", "backspace", "backspace", *"jjjj", "enter", "backspace")
        walk(terminal, "6", *"jj", "enter", "backspace", "w")
        terminal.wait_for("What would other rules have decided?")
        walk(terminal, "\x15")
        terminal.press(*str(hostile_office / "other.toml"), "enter")
        terminal.wait_for("would be decided otherwise")
        walk(terminal, *"jjjjjjjj", "backspace", "4", "f")
        terminal.wait_for("taken over")
        terminal.wait_for("3 attachments")
        walk(terminal, "w")
        leave(terminal, "Save attachments")
        walk(terminal, "backspace", "1", "/", *"type:classified", "enter", "enter", "backspace")
        assert terminal.is_alive()
        received = bytes(terminal.received)
    assert b"taken over" in received
    assert_harmless(received)


def assert_harmless(received: bytes) -> None:
    """Assert that nothing of a mail reached the terminal as anything but text."""
    assert not re.search(rb"(\x1b\]|\x9d)(0|52);", received)
    rest = OWN_SEQUENCES.sub(b"", received)
    assert set(re.findall(rb"[\x00-\x1f\x7f]", rest)) <= {b"\r", b"\n"}, strange(rest)
    text = rest.decode("utf-8", "replace")
    assert not re.search(
        "[\x80-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u3164\u115f\uffa0]", text
    )


def walk(terminal: Terminal, *keys: str) -> None:
    """Press keys one by one, letting each be drawn."""
    for key in keys:
        terminal.press(key)
        terminal.settle(0.12)


def cells_of(terminal: Terminal) -> list[str]:
    """Give the lines with one character for each cell."""
    buffer, width = terminal.screen.buffer, terminal.screen.columns
    return ["".join(buffer[y][x].data[:1] or "_" for x in range(width)) for y in range(terminal.screen.lines)]


def leave(terminal: Terminal, title: str) -> None:
    """Leave a dialog, and wait: an escape with a letter behind it would be another key."""
    terminal.wait_for(title)
    terminal.press("escape")
    terminal.wait_for(lambda text: title not in text)


def strange(rest: bytes) -> str:
    """Show what is left around the first control character."""
    found = re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", rest)
    return repr(rest[max(0, found.start() - 60) : found.end() + 60]) if found else ""


def test_wide_and_piled_up_characters_leave_the_columns_where_they_are(hostile_office: Path) -> None:
    office = open_office(hostile_office)
    office.application.close()
    with Terminal(program(office), 120, 30) as terminal:
        terminal.wait_for("MailClassified")
        terminal.press("3")
        terminal.wait_for("発注")
        for _ in HOSTILE:
            walk(terminal, "j")
            borders = {line.find("▏") for line in cells_of(terminal)[1:-1]}
            assert len(borders) == 1, terminal.text
            assert min(borders) > 0
