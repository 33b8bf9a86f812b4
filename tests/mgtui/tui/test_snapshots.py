"""How each screen and dialog looks, in each language, as text: compared with what lies in `snapshots/`.

`make snapshots` writes them anew; look at them (`git diff`) before committing.
"""

import asyncio
import os
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from textual import _wait
from textual.pilot import Pilot

from mgtui.language import LANGUAGES, Language, _, speak
from mgtui.tui.app import MgtuiApp
from mgtui.tui.dialog import Dialog
from tests.mgtui.tui.offices import TestOffice
from tests.mgtui.tui.steps import screens, shown, until

LIFTED = "kaffee@morgen.example"  #: the address whose suppression is lifted on the way
FOLDER = Path(__file__).parent / "snapshots"
STILL = 20  #: looks at an unchanged screen after which it is whole
NEW = bool(os.environ.get("MGTUI_NEW_SNAPSHOTS"))

Steps = Sequence[tuple[str, tuple[str, ...], str]]
SIZES = [(80, 24), (120, 40)]

#: (name, keys that lead there from the one before, what is on it, in the language spoken, when it is whole)
WALK: Steps = (
    ("live", (), "MailMoved"),
    ("queue", ("2",), "answers"),
    ("assign", ("a", "1"), "what follows:"),
    ("dismiss", ("escape", "d"), "1-9"),
    ("card", ("escape", "enter"), "MailMoved"),
    ("raw", ("escape", "e"), "◆ Diagnostic-Code"),
    ("help", ("escape", "question_mark"), "on this screen"),
    ("palette", ("escape", "colon"), "Commands"),
    ("marked", ("escape", "space", "j", "space"), "● 2 "),
    ("imports", ("escape", "3"), "a.berg@berg.example"),
    ("filter", ("slash", "s", "h", "o", "p"), ": shop"),
    ("contacts", ("escape", "4", "j", "j"), "because"),
    ("lift", ("l",), "Lift a suppression"),
    ("lifted", ("enter",), "{address} may be written to again"),
    ("undo", ("u",), "Take back your last act"),
    ("suppress", ("escape", "2", "s"), "invoice"),
    ("mailboxes", ("escape", "5"), "balance"),
    ("rules", ("6", "j", "j"), "#20"),
    ("rules-file", ("w", "ctrl+u"), "What would other rules have decided?"),
    ("reports", ("escape", "7", "j"), "█"),
    ("behind", ("enter",), "#102 "),
    ("log", ("escape", "8"), "#108 "),
    ("goto", ("p",), "Go to"),
    ("verify", ("escape", "v"), "anchor"),
)


#: the same for a queue with a brake in it
BRAKE_WALK: Steps = (
    ("brake", (), "#"),
    ("brake-explained", ("enter",), "c0@same.example"),
    ("brake-dropped", ("d",), "1-9"),
)


@pytest.fixture
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this machine's clock show UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Pilot wait as long as it usually does: what lies behind a dialog is drawn a little later."""
    monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", 0.02)
    monkeypatch.setattr(_wait, "SLEEP_IDLE", 0.001)


def settled(text: str) -> str:
    """Replace what differs from run to run by as many characters."""
    text = re.sub(r"\d\d:\d\d:\d\d", "hh:mm:ss", text)
    text = re.sub(r"20\d\d-\d\d-\d\d", "yyyy-mm-dd", text)
    text = re.sub(r"\d\d\.\d\d\.20\d\d", "dd.mm.yyyy", text)
    text = re.sub(r"\b\d\d([-.])\d\d(\.?) (?=\d\d:\d\d)", r"mm\1dd\2 ", text)
    text = re.sub(r"\b[0-9a-f]{9,64}\b", lambda found: "f" * len(found[0]), text)
    return re.sub(r"(yyyy-mm-dd|dd\.mm\.yyyy|mm-dd|mm\.dd\.) \d\d:\d\d", r"\1 hh:mm", text) + "\n"


def looked_at(app: MgtuiApp) -> str:
    """Give what stands on the screen; of a dialog the box alone, whatever happens to be drawn behind it."""
    text = settled(shown(app))
    if not isinstance(app.screen, Dialog):
        return text
    box = app.screen.query_one("#box").region
    lines = text.splitlines()[box.y : box.bottom]
    return "".join(f"{line[box.x : box.right].rstrip()}\n" for line in lines)


async def seen(app: MgtuiApp, expected: str | None) -> str:
    """Give the screen once it is as expected, or what stands there when nothing changes any more."""
    text, same = "", 0
    while same < STILL and text != expected:
        before, text = text, looked_at(app)
        same = same + 1 if text == before else 0
        await asyncio.sleep(0.05)
    return text


async def looks(
    app: MgtuiApp, pilot: Pilot[None], steps: Steps, size: tuple[int, int], language: str
) -> None:
    """Go from screen to screen, and compare each, or write it."""
    different = []
    for name, keys, whole in steps:
        await pilot.press(*keys)
        await until(app, _(whole).format(address=LIFTED))
        await pilot.pause()
        file = FOLDER / language / f"{name}-{size[0]}x{size[1]}.txt"
        expected = None if NEW else file.read_text("utf-8")
        text = await seen(app, expected)
        if NEW:
            file.write_text(text, "utf-8")
        elif text != expected:
            different.append(f"{language}/{file.name}:\n{text}")
    assert not different, "\n".join(different)


@pytest.mark.usefixtures("utc", "unhurried")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_each_screen_looks_as_it_did(
    office: TestOffice, size: tuple[int, int], language: Language
) -> None:
    speak(language)
    async with screens(office.application, size=size) as (app, pilot):
        await looks(app, pilot, WALK, size, language)


@pytest.mark.usefixtures("utc", "unhurried")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_brake_looks_as_it_did(braked: TestOffice, size: tuple[int, int], language: Language) -> None:
    speak(language)
    async with screens(braked.application, "queue", size=size) as (app, pilot):
        await looks(app, pilot, BRAKE_WALK, size, language)
