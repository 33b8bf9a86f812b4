"""`mgtui backup`."""

from pathlib import Path

import click

from eventstore import backup as backup_log
from eventstore import backup_blobs
from mgtui.cli.common import say, settings_of
from mgtui.language import _


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mails", type=click.Path(path_type=Path), help="Copy the raw mails too, to this file.")
@click.pass_context
def backup(ctx: click.Context, file: Path, mails: Path | None) -> None:
    """Copy the log to FILE as it is now, while grabbers and operators go on.

    \b
    mgtui backup /backup/events.db --mails /backup/mails.db
    """
    settings = settings_of(ctx)
    both = ((backup_log, settings.log_file, file), (backup_blobs, settings.mails_file, mails))
    for copy, source, target in both:
        if target is None:
            continue
        if not source.exists():
            raise click.ClickException(
                _("{file} isn't there; `mgtui grab --once` makes it").format(file=source)
            )
        copy(source, target)
        say(f"{source} → {target}")
