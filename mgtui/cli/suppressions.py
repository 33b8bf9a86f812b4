"""`mgtui suppressions`."""

import click

from mgtui.cli.common import finish, json_option, office, print_records
from mgtui.commands import LiftSuppression

COLUMNS = {"event": 8, "address": 36, "contact_id": 12, "until": 11, "rule": 20, "why": 0}


@click.group()
def suppressions() -> None:
    """Addresses that get no more mail.

    \b
    mgtui suppressions list
    mgtui suppressions lift erika@example.org --why "she called: it works again"
    """


@suppressions.command("list")
@json_option
@click.pass_context
def list_suppressions(ctx: click.Context, as_json: bool) -> None:
    """List suppressions in the order they came."""
    with office(ctx) as application:
        after = 0
        while rows := application.ask.suppressions(after):
            print_records(rows, as_json, COLUMNS)
            after = rows[-1]["event"]


@suppressions.command()
@click.argument("address")
@click.option("--why", required=True, help="Why it may be written to again.")
@json_option
@click.pass_context
def lift(ctx: click.Context, address: str, why: str, as_json: bool) -> None:
    """Let an address be written to again."""
    with office(ctx) as application:
        finish(ctx, application.execute(LiftSuppression(address, why)), as_json)
