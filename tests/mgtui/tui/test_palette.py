"""The command palette, the number keys and the themes."""

import pytest

from tests.mgtui.tui.offices import TestOffice
from tests.mgtui.tui.steps import screens, until


async def test_number_keys_go_to_the_screens(office: TestOffice) -> None:
    async with screens(office.application) as (app, pilot):
        for key, title in (
            ("2", "5 open"),
            ("3", "4 open"),
            ("4", "7 contacts"),
            ("5", "1 grabber"),
            ("1", "events"),
        ):
            await pilot.press(key)
            await until(app, title)


async def test_the_bar_shows_the_counts_of_now_on_a_screen_one_comes_back_to(office: TestOffice) -> None:
    async with screens(office.application) as (app, pilot):
        await until(app, "2 Queue 5")
        await pilot.press("2")
        await until(app, "anna.neu@berg.example")
        await pilot.press("d", "1")
        await until(app, "4 open")
        await pilot.press("1")
        await until(app, "2 Queue 4")


async def test_a_command_is_found_by_name(office: TestOffice) -> None:
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("colon")
        await pilot.press(*"needs nothing")
        await until(app, "key d")
        await pilot.press("enter")
        await until(app, "Dismiss item")


@pytest.mark.parametrize("theme", ["mgtui-dark", "mgtui-light", "mgtui-contrast", "nord"])
async def test_every_theme_shows_every_screen(office: TestOffice, theme: str) -> None:
    async with screens(office.application) as (app, pilot):
        app.theme = theme
        for key, title in (("2", "5 open"), ("4", "7 contacts"), ("5", "balanced"), ("1", "MailMoved")):
            await pilot.press(key)
            await until(app, title)
