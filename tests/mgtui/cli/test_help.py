"""Every command explains itself."""

import pytest
from click.testing import CliRunner

from mgtui.cli import cli
from mgtui.cli.main import COMMANDS


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
