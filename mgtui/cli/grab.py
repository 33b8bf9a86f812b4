"""`mgtui grab`. What it needs is loaded step by step: first what runs beside it, then what it does itself."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
from typing import TYPE_CHECKING

import click

from mgtui.apart import reserve
from mgtui.cli.options import json_option
from mgtui.language import _

if TYPE_CHECKING:
    from mgtui.mailbox import Mailbox


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
        from mgtui.cli.serving import serve

        ctx.exit(serve(ctx, names, day))
    with ExitStack() as beside:
        start = beside.enter_context(reserve()) if once else None
        opened = beside.enter_context(_connected_ahead(ctx, names)) if once and not dry_run else {}
        from mgtui.cli.rounds import Asked, run_rounds

        ctx.exit(run_rounds(ctx, Asked(names, dry_run, limit, day, as_json), start, opened))


def _connected_ahead(
    ctx: click.Context, names: tuple[str, ...]
) -> "AbstractContextManager[Mapping[str, Mailbox]]":
    from mgtui.cli.ahead import connected_ahead
    from mgtui.settings import load_settings

    config, data, _ = ctx.find_root().obj
    return connected_ahead(load_settings(config, data), names)
