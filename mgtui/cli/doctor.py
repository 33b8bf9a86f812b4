"""`mgtui doctor`."""

from typing import Any

import click

from mgtui.application import Application
from mgtui.cli.common import json_option, office, print_json
from mgtui.wording import harmless


@click.command()
@json_option
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Show for each grabber that every mail is accounted for. Exit code 1 where one isn't.

    \b
    mgtui doctor
    """
    with office(ctx) as application:
        found = [balance_of(row) for row in application.ask.balance()]
        for record in found:
            if as_json:
                print_json(record)
            else:
                _tell(record)
        if not as_json:
            _tell_queues(application)
        ctx.exit(0 if all(record["balanced"] for record in found) else 1)


def balance_of(row: dict[str, Any]) -> dict[str, Any]:
    """Add to a grabber's figures whether they balance: each fetched mail is in exactly one outcome."""
    outcomes = row["pending"] + row["done"] + row["manual"] + row["quarantined"]
    left = row["moved"] + row["vanished"]
    return {**row, "balanced": row["fetched"] == outcomes and left <= row["fetched"]}


def _tell(record: dict[str, Any]) -> None:
    sign = "balanced" if record["balanced"] else "NOT BALANCED"
    click.echo(
        f"{harmless(record['grabber'])}: {sign}: {record['fetched']} fetched = {record['done']} done + "
        f"{record['manual']} for a person + {record['quarantined']} quarantined + {record['pending']} pending; "
        f"{record['moved']} moved, {record['vanished']} vanished"
    )
    if record["last_error"]:
        click.echo(f"  last error, {record['last_error_at'][:19]}: {harmless(record['last_error'])}")


def _tell_queues(application: Application) -> None:
    counts = application.ask.open_counts()
    click.echo(
        f"waiting for a person: {counts['bounces']} in the queue, {counts['imports']} in the import list"
    )
