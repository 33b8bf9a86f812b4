"""`mgtui rebuild`."""

import click

from mgtui.cli.common import office, say
from mgtui.language import _, counted
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
            told = _("there is no read model {name}; there are {known}")
            raise click.UsageError(told.format(name=repr(name), known=", ".join(known)))
    with office(ctx) as application:
        for name in names or known:
            build_anew(application.store, [name])
            events = counted(application.store.head(), "{} event", "{} events")
            say(_("{name}: rebuilt from {events}").format(name=name, events=events))
