"""`mgtui contacts`."""

from pathlib import Path

import click

from mgtui.cli.common import finish, json_option, office, print_json, print_records, read_input, say
from mgtui.commands import ImportContacts
from mgtui.contacts import BrokenLine, IncomingContact, decode, read_csv
from mgtui.wording import harmless

PAGE = 500
COLUMNS = {"contact_id": 12, "name": 28, "addresses": 44, "lists": 0}


@click.group()
def contacts() -> None:
    """Import, list and show contacts.

    \b
    mgtui contacts import contacts.csv --dry-run
    mgtui contacts list muster
    mgtui contacts show K-1002
    """


@contacts.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@json_option
@click.pass_context
def import_contacts(ctx: click.Context, file: Path, dry_run: bool, as_json: bool) -> None:
    """Take contacts over from a CSV file; lines that can't be read are listed and left out."""
    with office(ctx) as application:
        columns = {str(ours): name for ours, name in application.settings.config.contacts.columns.items()}
        good: list[IncomingContact] = []
        broken = 0
        try:
            for entry in read_csv(decode(read_input(file)), columns):
                if isinstance(entry, BrokenLine):
                    broken += 1
                    say(f"{file}:{entry.line}: {entry.why}")
                else:
                    good.append(entry)
        except ValueError as error:
            raise click.ClickException(f"{file}: {error}") from None
        if broken:
            say(f"{broken} lines were left out")
        finish(ctx, application.execute(ImportContacts(good, str(file), dry_run)), as_json)


@contacts.command("list")
@click.argument("text", default="")
@json_option
@click.pass_context
def list_contacts(ctx: click.Context, text: str, as_json: bool) -> None:
    """List contacts whose id, name or address holds TEXT."""
    with office(ctx) as application:
        after = ("", "")
        while rows := application.ask.contacts(text, after, PAGE):
            print_records(rows, as_json, COLUMNS)
            after = (rows[-1]["name"], rows[-1]["contact_id"])


@contacts.command("show")
@click.argument("contact")
@json_option
@click.pass_context
def show(ctx: click.Context, contact: str, as_json: bool) -> None:
    """Show a contact with its bounces, suppressions and correspondence."""
    with office(ctx) as application:
        row = application.ask.contact(contact)
        if row is None:
            raise click.ClickException(f"there is no contact {contact}; see `mgtui contacts list`")
        if as_json:
            print_json(row)
            return
        click.echo(harmless(f"{row['name']} ({row['contact_id']})"))
        for name in ("addresses", "lists", "fields"):
            click.echo(f"{name:>13}  {harmless(', '.join(row[name])) or '-'}")
        for entry in row["bounces"]:
            counts = ", ".join(
                f"{entry[name]} {name}" for name in ("hard", "soft", "refused", "undetermined")
            )
            click.echo(f"{'bounces':>13}  {harmless(entry['address'])}: {counts}, last {entry['last_day']}")
        for entry in row["suppressions"]:
            until = f" until {entry['until']}" if entry["until"] else ""
            click.echo(f"{'suppressed':>13}  {harmless(entry['address'])}{until}: {harmless(entry['why'])}")
        for entry in row["documents"]:
            day = (entry["sent_at"] or entry["filed_at"])[:10]
            click.echo(f"{entry['direction']:>13}  {day}  {harmless(entry['subject'])}")
