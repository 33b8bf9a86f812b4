"""`mgtui rebuild`."""

import click

from mgtui.cli.common import office, say
from projections import OFFICE_PROJECTIONS
from projections import rebuild as build_anew


@click.command()
@click.argument("names", nargs=-1)
@click.pass_context
def rebuild(ctx: click.Context, names: tuple[str, ...]) -> None:
    """Build read models anew from the log: those named, or all. Nothing of the log changes.

    \b
    mgtui rebuild
    mgtui rebuild contacts suppressions
    """
    known = [projection.name for projection in OFFICE_PROJECTIONS]
    for name in names:
        if name not in known:
            raise click.UsageError(f"there is no read model {name!r}; there are {', '.join(known)}")
    with office(ctx) as application:
        for name in names or known:
            build_anew(application.store, [name])
            say(f"{name}: rebuilt from {application.store.head()} events")
