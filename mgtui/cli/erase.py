"""`mgtui erase`."""

import sys

import click

from mgtui.cli.common import finish, json_option, office
from mgtui.commands import EraseContact
from mgtui.language import _


@click.command()
@click.argument("contact")
@click.option("--why", required=True, help="Why, for the log: a request under Article 17 GDPR, say.")
@click.option("--dry-run", is_flag=True, help="Only say how much would go.")
@click.option("--yes", is_flag=True, help="Don't ask.")
@json_option
@click.pass_context
def erase(ctx: click.Context, contact: str, why: str, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Take all personal data of a contact out of log, read models and raw mails. It can't be undone.

    The log still verifies: events stay as tombstones with their digests.

    \b
    mgtui erase K-1002 --why "asked for it on 2026-11-20" --dry-run
    mgtui erase K-1002 --why "asked for it on 2026-11-20"
    """
    with office(ctx) as application:
        if not dry_run and not yes:
            outcome = application.execute(EraseContact(contact, why, dry_run=True))
            if not outcome.done:
                finish(ctx, outcome, as_json)
            if not sys.stdin.isatty():
                told = _("{what}, and it can't be undone: say --yes")
                raise click.ClickException(told.format(what=outcome.text))
            question = _("{what}. This can't be undone. Go on?").format(what=outcome.text)
            click.confirm(question, abort=True, err=True)
        finish(ctx, application.execute(EraseContact(contact, why, dry_run)), as_json)
