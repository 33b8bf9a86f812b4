"""`mgtui outbox`."""

import click

from mgtui.bootstrap import build_outbox
from mgtui.cli.common import json_option, office, print_records, say
from mgtui.language import _

COLUMNS = {"event": 8, "subscriber": 12, "state": 10, "attempts": 8, "due_at": 20, "error": 40, "subject": 0}


@click.group()
def outbox() -> None:
    """Notices that are not sent yet, or were given up.

    \b
    mgtui outbox list
    mgtui outbox send
    """


@outbox.command("list")
@json_option
@click.pass_context
def list_actions(ctx: click.Context, as_json: bool) -> None:
    """List what is not done, oldest first."""
    with office(ctx) as application:
        after = 0
        while rows := application.ask.undone_actions(after):
            print_records(rows, as_json, COLUMNS)
            after = rows[-1]["event"]


@outbox.command("send")
@click.pass_context
def send(ctx: click.Context) -> None:
    """Send what is due now; `mgtui grab` does it by itself."""
    with office(ctx) as application:
        done = build_outbox(application).run()
        say(_("outbox: {text}").format(text=done))
        ctx.exit(75 if done.failed else 1 if done.abandoned else 0)
