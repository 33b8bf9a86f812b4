"""`mgtui suppressions`."""

from datetime import datetime
from pathlib import Path
from typing import cast

import click

from mgtui.cli.common import as_of_option, asking, finish, json_option, office, print_records, say
from mgtui.cli.output import write_lines
from mgtui.commands import LiftSuppression, SuppressAddress
from mgtui.exports import FORMATS, Format, suppression_lines
from mgtui.language import _

COLUMNS = {"event": 8, "address": 36, "contact_id": 12, "until": 11, "rule": 20, "why": 0}


@click.group()
def suppressions() -> None:
    """Addresses that get no more mail.

    \b
    mgtui suppressions list
    mgtui suppressions add erika@example.org --why "she asked us to"
    mgtui suppressions export --format postfix-access --category newsletter --output /etc/postfix/suppressed
    mgtui suppressions lift erika@example.org --why "she called: it works again"
    """


@suppressions.command("list")
@as_of_option
@json_option
@click.pass_context
def list_suppressions(ctx: click.Context, as_of: int | None, as_json: bool) -> None:
    """List suppressions in the order they came."""
    with asking(ctx, as_of) as asked:
        after = 0
        while rows := asked.ask.suppressions(after):
            print_records(rows, as_json, COLUMNS)
            after = rows[-1]["event"]


@suppressions.command()
@click.argument("address")
@click.option("--why", required=True, help="Why nothing more goes to it.")
@click.option("--category", "categories", multiple=True, help="Only this category of mail; may be repeated.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="First day on which mail may go again.")
@json_option
@click.pass_context
def add(
    ctx: click.Context,
    address: str,
    why: str,
    categories: tuple[str, ...],
    until: datetime | None,
    as_json: bool,
) -> None:
    """Send nothing more to an address; what the configuration always sends goes all the same.

    \b
    mgtui suppressions add erika@example.org --why "she asked us to"
    mgtui suppressions add erika@example.org --category newsletter --until 2027-01-01 --why "on leave"
    """
    with office(ctx) as application:
        day = until.date() if until else None
        finish(ctx, application.execute(SuppressAddress(address, why, categories, day)), as_json)


@suppressions.command()
@click.argument("address")
@click.option("--why", required=True, help="Why it may be written to again.")
@json_option
@click.pass_context
def lift(ctx: click.Context, address: str, why: str, as_json: bool) -> None:
    """Let an address be written to again."""
    with office(ctx) as application:
        finish(ctx, application.execute(LiftSuppression(address, why)), as_json)


@suppressions.command()
@click.option("--format", "form", type=click.Choice(FORMATS), default="csv", show_default=True)
@click.option("--category", default="", help="Only what forbids this category of mail.")
@click.option("--since", type=click.IntRange(0), default=0, help="Only what changed after this position.")
@click.option(
    "--output", type=click.Path(path_type=Path), help="File, written in one step (default: stdout)."
)
@click.pass_context
def export(ctx: click.Context, form: str, category: str, since: int, output: Path | None) -> None:
    """Write the suppressions in force today, for other programs.

    The position it speaks of stands on stderr, for the next `--since`; that some end on their day shows in a
    whole export only. Postfix maps need a category, because mail of some categories always goes.

    \b
    mgtui suppressions export --format csv --output suppressed.csv
    mgtui suppressions export --format postfix-access --category newsletter
    """
    with office(ctx) as application:
        known = application.settings.config.categories
        if category and category not in known:
            told = _("there is no category {category}; the configuration has {known}")
            names = ", ".join(known) or _("none")
            raise click.UsageError(told.format(category=repr(category), known=names))
        if not category and form.startswith("postfix"):
            raise click.UsageError(_("a Postfix map is for one category; name it with --category"))
        head = application.store.head()
        rows = application.ask.suppressed(category, application.today(), since)
        if category and known[category].always_send:
            told = _("{category} is always sent, so nothing is suppressed in it")
            say(told.format(category=category))
            rows = iter(())
        write_lines(suppression_lines(rows, cast(Format, form)), output)
        say(_("as of position {position}").format(position=head))
