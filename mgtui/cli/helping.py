"""Help of commands in the reader's language; click makes a command before anybody knows that language."""

import inspect
import re
from collections.abc import Callable, Iterator
from copy import copy
from typing import TypeVar

import click

from mgtui.language import _, speaks_as_logged

AnyCommand = TypeVar("AnyCommand", bound=click.Command)
#: an example, the blanks before what is said of it, and that
_EXAMPLE = re.compile(r"(mgtui \S.*?)( {3,})(\S.*)")


def in_language(command: AnyCommand) -> AnyCommand:
    """Give a command whose help is in the reader's language; the one given stays as it is."""
    if speaks_as_logged():
        return command
    told = copy(command)
    told.help, told.epilog = help_in_words(command.help), help_in_words(command.epilog)
    told.params = [_parameter(parameter) for parameter in command.params]
    if isinstance(told, click.Group):
        told.commands = {name: in_language(below) for name, below in told.commands.items()}
    return told


def _parameter(parameter: click.Parameter) -> click.Parameter:
    if not isinstance(parameter, click.Option):
        return parameter
    told = copy(parameter)
    told.help = help_in_words(parameter.help)
    return told


def help_in_words(text: str | None) -> str | None:
    """Tell a help text: its paragraphs, and what is said of examples; the examples stay."""
    return None if text is None else _each(text, _)


def texts_of_help(text: str) -> Iterator[str]:
    """Give what is to be translated of a help text."""
    found: list[str] = []

    def note(words: str) -> str:
        found.append(words)
        return words

    _each(text, note)
    yield from found


def _each(text: str, tell: Callable[[str], str]) -> str:
    paragraphs = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(
        "\n".join(_EXAMPLE.sub(lambda found: found[1] + found[2] + tell(found[3]), line) for line in lines)
        if (lines := paragraph.split("\n"))[0] == "\b"
        else tell(" ".join(paragraph.split()))
        for paragraph in paragraphs
    )
