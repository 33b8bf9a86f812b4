"""`mgtui grab`."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict
from datetime import datetime

import click

from mgtui.apart import reserve
from mgtui.cli.common import ProgressLine, json_option, office, print_json, say
from mgtui.cli.failures import TRY_AGAIN, exit_code
from mgtui.cli.foreseeing import tell_foreseen
from mgtui.cli.serving import outbox_of, send, serve, services_of, suit_the_interpreter
from mgtui.faults import fault_in_words
from mgtui.grabber import Service
from mgtui.language import _


@click.command()
@click.option("--once", is_flag=True, help="Take in what is there now, and end.")
@click.option("--dry-run", is_flag=True, help="Say what would happen to each mail, and touch nothing.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many new mails of each mailbox.")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), help="Only mails that arrived on this day or later."
)
@click.option("--grabber", "names", multiple=True, help="Only this grabber; may be given again.")
@json_option
@click.pass_context
def grab(
    ctx: click.Context,
    once: bool,
    dry_run: bool,
    limit: int | None,
    since: datetime | None,
    names: tuple[str, ...],
    as_json: bool,
) -> None:
    """Read the mailboxes: store each mail, decide, file or queue it, and move it on.

    Without --once it goes on until SIGTERM, which finishes what is in hand; SIGHUP reads the configuration
    anew. Exit code 75 means that trying again can help.

    \b
    mgtui grab --once
    mgtui grab --dry-run --limit 20
    mgtui grab --grabber bounces --since 2026-11-01
    """
    if limit and not (once or dry_run):
        raise click.UsageError(_("--limit goes with --once or --dry-run"))
    day = since.date() if since else None
    if not (once or dry_run):
        ctx.exit(serve(ctx, names, day))
    with reserve() if once else nullcontext() as start, office(ctx) as application:
        services = services_of(application, names, start)
        suit_the_interpreter()
        for service in services:
            service.grabber.limit, service.grabber.since = limit, day
        if dry_run:
            ctx.exit(_each(services, as_json, tell_foreseen))
        application.note_rules()
        code = _each(services, as_json, _once)
        outbox = outbox_of(application)
        if outbox:
            send(outbox)
        ctx.exit(code)


def _each(services: list[Service], as_json: bool, work: Callable[[Service, bool], None]) -> int:
    """Work on each grabber, go on when one fails, and give the exit code of the worst."""
    codes = [0]
    for service in services:
        try:
            work(service, as_json)
        except Exception as error:
            code = exit_code(error)
            if code is None:
                raise
            codes.append(code)
            say(f"{service.grabber.name}: {fault_in_words(str(error))}")
    return 1 if 1 in codes else TRY_AGAIN if TRY_AGAIN in codes else 0


def _once(service: Service, as_json: bool) -> None:
    name = service.grabber.name
    line = ProgressLine(name)
    service.grabber.progress = line
    try:
        done = service.once()
    finally:
        line.end()
    if as_json:
        print_json({"grabber": name, **asdict(done)})
    else:
        say(f"{name}: {done}")
