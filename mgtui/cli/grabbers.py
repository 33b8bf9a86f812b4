"""`mgtui grabbers`."""

from dataclasses import asdict

import click

from mgtui.cli.common import finish, json_option, office, print_json
from mgtui.commands import Command, FetchNow, PauseGrabber, ResumeGrabber
from mgtui.grabbing import GrabberStatus
from mgtui.wording import harmless


@click.group()
def grabbers() -> None:
    """How each grabber does now, wherever it runs; pause it, let it go on, have it fetch.

    \b
    mgtui grabbers list
    mgtui grabbers pause bounces --why "the server moves tonight"
    mgtui grabbers resume bounces
    mgtui grabbers fetch bounces
    """


@grabbers.command("list")
@json_option
@click.pass_context
def list_grabbers(ctx: click.Context, as_json: bool) -> None:
    """Show of each grabber its state, since when, and when its server last answered."""
    with office(ctx) as application:
        for status in application.grabbers():
            if as_json:
                print_json(asdict(status))
            else:
                click.echo(harmless(in_words(status)))


def in_words(status: GrabberStatus) -> str:
    """Tell how a grabber does, in one line."""
    since = f" since {_moment(status.since)}" if status.since else ""
    parts = [f"{status.grabber}: {_state(status)}{since}"]
    if status.process is not None:
        parts.append(f"process {status.process}")
    parts.append(f"last success {_moment(status.last_success)}" if status.last_success else "no success yet")
    if status.unbalanced:
        parts.append(f"NOT BALANCED: {status.unbalanced}")
    if status.error:
        parts.append(f"error: {status.error}")
    if status.alert:
        parts.append(f"the server said {_moment(status.alert_at)}: {status.alert}")
    return "; ".join(parts)


def _state(status: GrabberStatus) -> str:
    match status.state:
        case "paused":
            why = f" ({status.paused_why})" if status.paused_why else ""
            return f"paused by {status.paused_by}{why}"
        case "failing":
            return f"failing, next try {_moment(status.next_try)}" if status.next_try else "failing"
        case "idle":
            return "waiting, told of new mail by the server (IDLE)"
        case "poll":
            return "waiting, looking for new mail again and again"
        case "off":
            return "not running"
        case _:
            return status.state


def _moment(text: str) -> str:
    return f"{text[:10]} {text[11:19]}" if text else "now"


@grabbers.command("pause")
@click.argument("name")
@click.option("--why", default="", help="For the log, and for whoever wonders.")
@json_option
@click.pass_context
def pause(ctx: click.Context, name: str, why: str, as_json: bool) -> None:
    """Have a grabber finish what is in hand and leave its mailbox alone, over restarts too."""
    _tell(ctx, PauseGrabber(name, why), as_json)


@grabbers.command("resume")
@click.argument("name")
@json_option
@click.pass_context
def resume(ctx: click.Context, name: str, as_json: bool) -> None:
    """Let a paused grabber go on."""
    _tell(ctx, ResumeGrabber(name), as_json)


@grabbers.command("fetch")
@click.argument("name")
@json_option
@click.pass_context
def fetch(ctx: click.Context, name: str, as_json: bool) -> None:
    """Have a grabber that runs look for mail now; one that waits after a failure tries again."""
    _tell(ctx, FetchNow(name), as_json)


def _tell(ctx: click.Context, command: Command, as_json: bool) -> None:
    with office(ctx) as application:
        outcome = application.execute(command)
    finish(ctx, outcome, as_json)
