"""`mgtui verify`."""

from dataclasses import asdict

import click

from eventstore import Anchor
from eventstore import verify as verify_log
from mgtui.cli.common import json_option, print_json, settings_of
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
        raise click.ClickException(f"{settings.log_file} isn't there; `mgtui grab --once` makes it")
    try:
        anchors = [Anchor.parse(text) for text in against]
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    report = verify_log(settings.log_file, anchors, thorough=thorough)
    if as_json:
        print_json({**asdict(report), "whole": report.whole, "first_bad_position": report.first_bad_position})
    elif not report.whole:
        for finding in report.findings:
            place = f"position {finding.position}: " if finding.position is not None else ""
            click.echo(harmless(f"{place}{finding.kind}: {finding.text}"))
    elif anchor:
        click.echo(str(report.anchor))
    else:
        erased = f", {report.erased} erased" if report.erased else ""
        click.echo(
            f"whole: {report.events} events in {report.commits} commits{erased}; anchor {report.anchor}"
        )
    ctx.exit(0 if report.whole else 1)
