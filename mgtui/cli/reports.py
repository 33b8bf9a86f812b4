"""`mgtui reports`."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from typing import Any

import click

from eventstore import Recorded
from mgtui.application import Application
from mgtui.cli.common import json_option, office, print_json, print_records
from mgtui.figures import SECTIONS, Figure
from mgtui.language import _
from mgtui.story import in_one_line, record_of

COLUMNS = {"section": 26, "name": 32, "number": 0}


@click.command()
@click.option("--days", type=click.IntRange(1, 3660), default=30, show_default=True, help="Days up to today.")
@click.option("--behind", metavar="WHAT=NAME", default="", help="List the events behind one figure instead.")
@click.option("--last", type=click.IntRange(1), default=100, show_default=True, help="How many of them.")
@json_option
@click.pass_context
def reports(ctx: click.Context, days: int, behind: str, last: int, as_json: bool) -> None:
    """Figures of the office: mails, bounces, reasons, domains, suppressions, what waits.

    \b
    mgtui reports --days 90
    mgtui reports --behind reason=user_unknown
    mgtui reports --json
    """
    with office(ctx) as application:
        if behind:
            what, sign, name = behind.partition("=")
            known = {one for one, _most in SECTIONS.values()}
            if not sign or what not in known:
                told = _("--behind takes WHAT=NAME; WHAT is one of {known}")
                raise click.UsageError(told.format(known=", ".join(sorted(known))))
            for recorded in islice(_behind(application, what, name, days), last):
                if as_json:
                    print_json(record_of(recorded))
                else:
                    click.echo(in_one_line(recorded))
            return
        figures = application.figures.all(days, application.today())
        print_records((_record(figure, as_json) for figure in figures), as_json, COLUMNS)


def _behind(application: Application, what: str, name: str, days: int) -> Iterable[Recorded]:
    today = application.today()
    return application.figures.behind(what, name, today - timedelta(days=days - 1), today)


def _record(figure: Figure, as_json: bool) -> dict[str, Any]:
    if as_json:
        days = {"days": figure.series} if figure.series else {}
        return {"what": figure.what, "name": figure.name, "number": figure.number, **days}
    return {"section": _(figure.section), "name": figure.name, "number": f"{figure.number:,}"}
