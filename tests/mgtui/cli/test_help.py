"""Every command explains itself."""

import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from mgtui.cli import cli
from mgtui.cli.helping import in_language, texts_of_help
from mgtui.cli.main import COMMANDS
from mgtui.language import Language, _, speak
from tests.mgtui.catalogue import TRANSLATED


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = CliRunner().invoke(cli, [command, "--help"])
    assert result.exit_code == 0
    assert f"mgtui {command}" in result.output.replace("--data /tmp/demo ", ""), "no example"


def test_the_list_of_commands_needs_none_of_their_modules() -> None:
    result = CliRunner().invoke(cli, ["--help"])
    assert result.exit_code == 0
    for command in COMMANDS:
        assert command in result.output


def test_an_unknown_command_is_wrong_usage() -> None:
    assert CliRunner().invoke(cli, ["frobnicate"]).exit_code == 2


def all_of(command: click.Command) -> Iterator[click.Command]:
    """Give a command and those below it."""
    yield command
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        yield from all_of(below)


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_is_told_in_every_language(name: str, language: Language) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    speak(language)
    told = in_language(command)
    for before, after in zip(all_of(command), all_of(told), strict=True):
        options = [one for one in before.params if isinstance(one, click.Option) and one.help]
        helps = [before.help, *(one.help for one in options)]
        assert after.help != before.help
        assert all(_(text) != text for help_text in helps for text in texts_of_help(help_text or ""))
    assert in_language(command).get_short_help_str() != command.get_short_help_str()


def mgtui(locale: str, *argv: str) -> str:
    """Run a command as a program of its own: what click has said once it keeps."""
    environment = {"PYTHONUTF8": "1", "LANG": locale}
    command = [sys.executable, "-m", "mgtui", *argv]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("locale", "argv", "told"),
    [
        (
            "de_DE.UTF-8",
            ["grab", "--help"],
            ["Aufruf: ", "mgtui grab --dry-run --limit 20", "Diese Hilfe zeigen."],
        ),
        (
            "de_DE.UTF-8",
            ["--help"],
            ["Die Postfächer lesen, einmal", "was auf eine Person wartet", "0 getan"],
        ),
        ("de_DE.UTF-8", ["frobnicate"], ["Den Befehl 'frobnicate' gibt es nicht."]),
        ("de_DE.UTF-8", ["grab", "--limit", "3"], ["Fehler: --limit gehört zu --once oder --dry-run"]),
        (
            "en_GB.UTF-8",
            ["grab", "--help"],
            ["Usage: ", "Take in what is there now", "Show this message and exit."],
        ),
    ],
)
def test_help_and_wrong_usage_are_told_as_the_locale_says(
    locale: str, argv: list[str], told: list[str]
) -> None:
    shown = mgtui(locale, *argv)
    assert all(words in shown for words in told), shown
