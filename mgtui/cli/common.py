"""What commands share: opening the office, printing records, progress."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mgtui.application import Application
from mgtui.bootstrap import build
from mgtui.cli.options import as_of_option as as_of_option
from mgtui.cli.options import json_option as json_option
from mgtui.faults import fault_in_words
from mgtui.language import N_, _, speak
from mgtui.moments import DAY, day
from mgtui.retelling import retold
from mgtui.settings import Settings, load_settings
from mgtui.wording import harmless

if TYPE_CHECKING:
    from mgtui.commands import Outcome
    from mgtui.lookback import LookBack

#: what stands over a column, where that isn't its name in the records
HEADINGS = {
    "item": N_("item"), "reason": N_("reason"), "why": N_("why"), "sender": N_("from"), "subject": N_("subject"),
    "event": N_("event"), "address": N_("address"), "contact_id": N_("contact"), "until": N_("until"),
    "rule": N_("rule"), "name": N_("name"), "addresses": N_("addresses"), "lists": N_("lists"), "day": N_("day"),
    "direction": N_("direction"), "attachments": N_("attachments"), "subscriber": N_("subscriber"),
    "state": N_("state"), "attempts": N_("attempts"), "due_at": N_("due at"), "error": N_("error"),
    "mail_id": N_("mail"), "candidates": N_("candidates"), "held": N_("waiting"),
}  # fmt: skip
#: columns whose texts the program words itself
TOLD = ("reason", "why", "rule", "direction", "state")


def settings_of(ctx: click.Context) -> Settings:
    """Read the configuration that the command line names."""
    config, data, _operator = ctx.find_root().obj
    settings = load_settings(config, data)
    if ctx.params.get("as_json"):
        speak("en")  # what a machine reads doesn't change with the language
    elif settings.config.screens.language:
        speak(settings.config.screens.language)
    return settings


def open_office(ctx: click.Context) -> Application:
    """Open the office; whoever asked closes it."""
    application = build(settings_of(ctx), ctx.find_root().obj[2])
    if application.refused:
        told = _("{error}; the rules before it stay in force")
        say(f"mgtui: {told.format(error=fault_in_words(application.refused))}")
    return application


@contextmanager
def office(ctx: click.Context) -> Iterator[Application]:
    """Open the office for one command."""
    application = open_office(ctx)
    try:
        yield application
    finally:
        application.close()


@contextmanager
def asking(ctx: click.Context, as_of: int | None) -> "Iterator[Application | LookBack]":
    """Open the office for questions, as it is or as it was at a position."""
    with office(ctx) as application:
        if as_of is None:
            yield application
            return
        try:
            past = application.as_of(as_of)
        except ValueError as error:
            raise click.ClickException(fault_in_words(str(error))) from None
        with past:
            yield past


def print_json(record: Mapping[str, Any]) -> None:
    """Print a record as one line; bytes of a mail can't control a terminal in it."""
    click.echo(as_json_line(record), nl=False)


def as_json_line(record: Mapping[str, Any]) -> str:
    """Write a record as one line of JSON in which nothing controls a terminal."""
    text = json.dumps(record, ensure_ascii=False, default=str)
    if not text.isprintable():
        text = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
    return text + "\n"


def print_records(records: Iterable[Mapping[str, Any]], as_json: bool, columns: Mapping[str, int]) -> int:
    """Print records as JSON Lines or as a table of `columns` (name -> width, 0 for the rest); count them."""
    number = 0
    for record in records:
        if as_json:
            print_json(record)
        else:
            if not number:
                click.echo(_line({name: _(HEADINGS.get(name, name)) for name in columns}, columns))
            click.echo(_line(record, columns))
        number += 1
    return number


def _line(record: Mapping[str, Any], columns: Mapping[str, int]) -> str:
    cells = []
    for name, width in columns.items():
        value = record.get(name)
        text = "" if value is None else ", ".join(value) if isinstance(value, tuple) else str(value)
        text = harmless(_told(name, text))
        cells.append(
            text if not width else f"{text[: width - 1] + '…' if len(text) > width else text:{width}}"
        )
    return "  ".join(cells).rstrip()


def _told(name: str, text: str) -> str:
    """Tell what stands in a column in the reader's language."""
    if name == "error":
        return fault_in_words(text)
    return retold(text) if name in TOLD else day(text) if DAY.fullmatch(text) else text


def finish(ctx: click.Context, outcome: "Outcome", as_json: bool = False) -> None:
    """Print how a command ended, and end with its exit code."""
    if as_json:
        first, last = outcome.positions or (None, None)
        print_json(
            {"done": outcome.done, "text": outcome.text, "first_position": first, "last_position": last}
        )
    else:
        click.echo(harmless(outcome.text), err=not outcome.done)
    ctx.exit(0 if outcome.done else 75 if outcome.try_again else 1)


def say(text: str) -> None:
    """Narrate on stderr."""
    click.echo(harmless(text), err=True)


class ProgressLine:
    """A line on stderr that moves, where stderr is a terminal; silent elsewhere."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._shown = False

    def __call__(self, phase: str, done: int, total: int) -> None:
        """Show how far it is."""
        if sys.stderr.isatty() and total:
            width = 24
            filled = width * done // total
            bar = "█" * filled + "·" * (width - filled)
            click.echo(f"\r{self._name}: {bar} {done}/{total} {_(phase)} ", err=True, nl=False)
            self._shown = True

    def end(self) -> None:
        """Leave the line."""
        if self._shown:
            click.echo("", err=True)
            self._shown = False


def read_input(path: Path) -> bytes:
    """Read a file that a person named. Raises `click.ClickException` with one line."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise click.ClickException(fault_in_words(f"{path}: {error.strerror}")) from None
