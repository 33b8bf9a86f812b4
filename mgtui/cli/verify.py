"""`mgtui verify`."""

from dataclasses import asdict

import click

from eventstore import Anchor
from eventstore import verify as verify_log
from mgtui.cli.common import json_option, print_json, settings_of
from mgtui.faults import fault_in_words
from mgtui.language import _, counted, figures
from mgtui.wording import harmless


@click.command()
@click.option("--anchor", is_flag=True, help="Print only position and chain value, to be kept outside.")
@click.option("--against", multiple=True, help="An anchor kept outside; may be given again.")
@click.option("--thorough", is_flag=True, help="Check SQLite's own structures too; takes longer.")
@json_option
@click.pass_context
def verify(ctx: click.Context, anchor: bool, against: tuple[str, ...], thorough: bool, as_json: bool) -> None:
    """Check the log from end to end: guards, digests, chain, gaps. Exit code 1 names the first bad position.

    A log that was rewritten as a whole is whole in itself; an anchor kept outside finds it out.

    \b
    mgtui verify
    mgtui verify --anchor > anchor-of-today
    mgtui verify --against "$(cat anchor-of-today)"
    """
    settings = settings_of(ctx)
    if not settings.log_file.exists():
        raise click.ClickException(
            _("{file} isn't there; `mgtui grab --once` makes it").format(file=settings.log_file)
        )
    try:
        anchors = [Anchor.parse(text) for text in against]
    except ValueError as error:
        raise click.UsageError(fault_in_words(str(error))) from None
    report = verify_log(settings.log_file, anchors, thorough=thorough)
    if as_json:
        print_json({**asdict(report), "whole": report.whole, "first_bad_position": report.first_bad_position})
    elif not report.whole:
        for finding in report.findings:
            place = f"position {finding.position}: " if finding.position is not None else ""
            click.echo(harmless(fault_in_words(f"{place}{finding.kind}: {finding.text}")))
    elif anchor:
        click.echo(str(report.anchor))
    else:
        told = _("whole: {events} in {commits}{erased}; anchor {anchor}")
        events = counted(report.events, "{} event", "{} events")
        commits = counted(report.commits, "{} commit", "{} commits")
        erased = _(", {number} erased").format(number=figures(report.erased)) if report.erased else ""
        click.echo(told.format(events=events, commits=commits, erased=erased, anchor=report.anchor))
    ctx.exit(0 if report.whole else 1)
