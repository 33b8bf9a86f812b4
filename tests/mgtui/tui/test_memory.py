"""Screen, filter, cursor and colours are there again at the next start."""

from pathlib import Path

from mgtui.tui.memory import Memory
from tests.mgtui.tui.offices import TestOffice
from tests.mgtui.tui.steps import screens, until


async def test_screen_filter_cursor_and_colours_are_there_again(office: TestOffice) -> None:
    async with screens(office.application) as (app, pilot):
        app.wear("mgtui-light")
        await pilot.press("2")
        await until(app, "anna.neu@berg.example")
        await pilot.press("slash", *"gone", "enter")
        await until(app, lambda text: "filter: gone" in text and "anna.neu" not in text)
        await pilot.press("j")
        await until(app, "nobody has somebody@gone.example")
    async with screens(office.application) as (app, _):
        text = await until(app, "nobody has somebody@gone.example")
        assert "filter: gone" in text
        assert app.theme == "mgtui-light"


async def test_a_remembered_item_that_is_gone_does_no_harm(office: TestOffice) -> None:
    memory = Memory(office.folder / "data" / "screens-operator-test.json")
    memory.keep("bounces", item=10**9)
    memory.write()
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "somebody@gone.example")
        await pilot.press("g")
        await until(app, "nobody has anna.neu@berg.example")


def test_a_damaged_memory_is_as_good_as_none(tmp_path: Path) -> None:
    file = tmp_path / "screens.json"
    for text in ("", "{", "[1]", '{"app": 5}', "\x00"):
        file.write_text(text, "utf-8")
        assert Memory(file).of("app") == {}


def test_what_is_kept_is_there_after_it_was_written(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "screens.json")
    memory.keep("queue", item=5)
    memory.keep("queue", filter="x")
    memory.write()
    assert Memory(tmp_path / "screens.json").of("queue") == {"item": 5, "filter": "x"}
