"""`mgtui verify`."""

from dataclasses import asdict

import click

from eventstore import verify as verify_log
from mgtui.cli.common import json_option, print_json, settings_of
from mgtui.wording import harmless


@click.command()
@json_option
@click.pass_context
def verify(ctx: click.Context, as_json: bool) -> None:
    """Check the log from end to end: guards, digests, chain, gaps. Exit code 1 names the first bad position.

    \b
    mgtui verify
    """
    settings = settings_of(ctx)
    if not settings.log_file.exists():
        raise click.ClickException(f"{settings.log_file} isn't there; `mgtui grab --once` makes it")
    report = verify_log(settings.log_file)
    if as_json:
        print_json({**asdict(report), "whole": report.whole, "first_bad_position": report.first_bad_position})
    elif report.whole:
        erased = f", {report.erased} erased" if report.erased else ""
        click.echo(f"whole: {report.events} events in {report.commits} commits{erased}; chain {report.chain}")
    else:
        for finding in report.findings:
            place = f"position {finding.position}: " if finding.position is not None else ""
            click.echo(harmless(f"{place}{finding.kind}: {finding.text}"))
    ctx.exit(0 if report.whole else 1)
