"""`mgtui grabbers`."""

from dataclasses import asdict

import click

from mgtui.cli.common import finish, json_option, office, print_json
from mgtui.commands import Command, FetchNow, PauseGrabber, ResumeGrabber
from mgtui.faults import fault_in_words
from mgtui.grabbing import GrabberStatus
from mgtui.language import N_, _
from mgtui.moments import moment
from mgtui.retelling import actor_in_words, retold
from mgtui.wording import harmless

DOING = {"starting": N_("starting"), "fetching": N_("fetching")}


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
    parts = [f"{status.grabber}: {_state(status)}"]
    if status.since:
        parts[0] += " " + _("since {time}").format(time=_moment(status.since))
    if status.process is not None:
        parts.append(_("process {process}").format(process=status.process))
    last = _("last success {time}").format(time=_moment(status.last_success))
    parts.append(last if status.last_success else _("no success yet"))
    if status.unbalanced:
        parts.append(f"{_('NOT BALANCED')}: {retold(status.unbalanced)}")
    if status.error:
        parts.append(f"{_('error')}: {fault_in_words(status.error)}")
    if status.alert:
        told = _("the server said {time}: {text}")
        parts.append(told.format(time=_moment(status.alert_at), text=status.alert))
    return "; ".join(parts)


def _state(status: GrabberStatus) -> str:
    match status.state:
        case "paused":
            why = f" ({status.paused_why})" if status.paused_why else ""
            return _("paused by {actor}").format(actor=actor_in_words(status.paused_by)) + why
        case "failing":
            again = _("failing, next try {time}").format(time=_moment(status.next_try))
            return again if status.next_try else _("failing")
        case "idle":
            return _("waiting, told of new mail by the server (IDLE)")
        case "poll":
            return _("waiting, looking for new mail again and again")
        case "off":
            return _("not running")
        case _:
            return _(DOING[status.state])


def _moment(text: str) -> str:
    return moment(text) or _("now")


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
