"""Keys that the configuration chooses: checked when loaded, pressed and shown as they are configured."""

import re
from pathlib import Path

import pytest

from mgtui.settings import Settings, SettingsError, parse_config
from mgtui.tui.app import MgtuiApp
from mgtui.tui.keymap import all_screens, keymap_of
from tests.mgtui.tui.keylist import FILE, block_of, lines
from tests.mgtui.tui.offices import TestOffice
from tests.mgtui.tui.steps import screens, until


def settings_with(office: TestOffice, keys: str) -> Settings:
    """Give the office's settings with other keys."""
    old = office.application.settings
    text = old.config_file.read_text("utf-8")
    return Settings(parse_config(f"{text}\n[keys]\n{keys}", "mgtui.toml"), old.config_file, old.data)


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ('"item.asign" = "x"', "keys.item.asign: there is no such key; did you mean item.assign"),
        ('"nonsense" = "x"', "keys.nonsense: there is no such key; the file that `mgtui init` writes lists"),
        ('"item.assign" = "d"', "keys: d would be both item.assign and item.dismiss (the screen Imports)"),
        ('"item.copy" = "q"', "keys: q would be both item.copy and app.quit (the screen Imports)"),
        ('"raw.next" = "j"', "keys: j would be both raw.next and move.down (the screen Raw)"),
        ('"brake.drop" = "l"', "keys: l would be both brake.release and brake.drop (the dialog Brake)"),
        (
            '"item.assign" = "xy"',
            "keys.item.assign: there is no key 'xy'; write a character, or a name",
        ),
        ('"item.assign" = "hyper+x"', "keys.item.assign: there is no key 'hyper+x'"),
    ],
)
def test_a_key_that_cannot_be_is_refused_in_one_line(office: TestOffice, keys: str, wanted: str) -> None:
    with pytest.raises(SettingsError) as refused:
        keymap_of(settings_with(office, keys))
    assert wanted in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ('"item.assign" = "x"', {"item.assign": "x"}),
        ("item.assign = 'x'\nitem.raw = ['E', 'f4']", {"item.assign": "x", "item.raw": "E,f4"}),
        (
            '"item.filter" = "#"\n"app.palette" = "ctrl+p"',
            {"item.filter": "number_sign", "app.palette": "ctrl+p"},
        ),
        ('"app.suspend" = "^t"', {"app.suspend": "ctrl+t"}),
        # swapped, so neither is pressed twice
        ('"item.assign" = "d"\n"item.dismiss" = "a"', {"item.assign": "d", "item.dismiss": "a"}),
        # going back with q from a card stands for leaving, as it does without a configuration
        ('"app.quit" = ["q", "Q"]', {"app.quit": "q,Q"}),
    ],
)
def test_keys_are_taken_as_people_write_them(office: TestOffice, keys: str, wanted: dict[str, str]) -> None:
    assert keymap_of(settings_with(office, keys)).keys == wanted


async def test_what_is_configured_is_pressed_and_shown(office: TestOffice) -> None:
    office.application.settings = settings_with(
        office, '"item.dismiss" = "x"\n"own.undo" = "U"\n"app.help" = "f1"\n"move.down" = "b"'
    )
    async with screens(office.application, "queue") as (app, pilot):
        footer = (await until(app, "anna.neu@berg.example")).splitlines()[-1]
        assert "x dismiss" in footer
        assert "d dismiss" not in footer
        await pilot.press("b")
        await until(app, "#28")
        await pilot.press("d")
        await pilot.press("x", "1")
        await until(app, "item 28 dismissed")
        await pilot.press("U")
        await until(app, "Take back your last act")
        await pilot.press("enter")
        await until(app, "(U does it again)")
        await pilot.press("f1")
        help_ = await until(app, "on this screen")
        assert re.search(r" x +needs nothing more", help_)
        await pilot.press("escape", "colon")
        await pilot.press(*"needs nothing")
        await until(app, "key x")


async def test_a_dialog_shows_its_keys_as_configured(office: TestOffice) -> None:
    office.application.settings = settings_with(office, '"assign.remember" = "ctrl+t"')
    async with screens(office.application, "queue") as (app, pilot):
        await until(app, "anna.neu@berg.example")
        await pilot.press("a")
        await until(app, "^t remember or not")
        await pilot.press("ctrl+t")
        await until(app, "remember: yes")


def test_the_configuration_that_init_writes_lists_every_key_as_it_is(office: TestOffice) -> None:
    _, block, _ = block_of(FILE.read_text("utf-8"))
    assert block.splitlines() == lines(), "run `make keys`"
    keys = "\n".join(line.removeprefix("# ") for line in block.splitlines())
    usual = {key.id: key.keys for own in all_screens().values() for key in own}
    assert keymap_of(settings_with(office, keys)).keys == usual


def test_the_screens_do_not_open_with_keys_that_cannot_be(office: TestOffice) -> None:
    office.application.settings = settings_with(office, '"item.assign" = "d"')
    with pytest.raises(SettingsError, match="would be both"):
        MgtuiApp(office.application)


def test_the_keys_that_the_manual_chooses_can_be_chosen(office: TestOffice) -> None:
    manual = (Path(__file__).parents[3] / "README.md").read_text("utf-8")
    keys = manual.partition("```toml\n[keys]\n")[2].partition("```")[0]
    assert len(keymap_of(settings_with(office, keys)).keys) == len(keys.splitlines()) > 1
