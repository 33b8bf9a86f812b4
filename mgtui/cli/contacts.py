"""`mgtui contacts`."""

import sys
from pathlib import Path

import click

from mgtui.application import Application
from mgtui.cli.common import (
    as_of_option,
    asking,
    finish,
    json_option,
    office,
    print_json,
    print_records,
    say,
)
from mgtui.cli.output import write_lines
from mgtui.commands import ImportContacts, Outcome
from mgtui.contacts import BrokenLine, Change
from mgtui.exports import contact_lines
from mgtui.faults import fault_in_words
from mgtui.importing import Listeners
from mgtui.language import _, counted
from mgtui.moments import day
from mgtui.questions import Questions, Row
from mgtui.retelling import retold, word
from mgtui.settings import SettingsError
from mgtui.sources import columns_of, file_entries, source_entries
from mgtui.story import words_of
from mgtui.wording import harmless

PAGE = 500
COLUMNS = {"contact_id": 12, "name": 28, "addresses": 44, "lists": 0}

dry_run_option = click.option("--dry-run", is_flag=True, help="Only show what would change.")
most_option = click.option("--most-vanish", is_flag=True, help="Allow that most contacts vanish.")


@click.group()
def contacts() -> None:
    """Import, list, show and export contacts.

    \b
    mgtui contacts import contacts.csv --dry-run
    mgtui contacts sync
    mgtui contacts list muster
    mgtui contacts show K-1002
    """


@contacts.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@dry_run_option
@click.option(
    "--whole", is_flag=True, help="The file is the whole stock: what it doesn't have, has vanished."
)
@most_option
@json_option
@click.pass_context
def import_contacts(
    ctx: click.Context, file: Path, dry_run: bool, whole: bool, most_vanish: bool, as_json: bool
) -> None:
    """Take contacts over from a CSV or vCard file; what can't be read is listed and left out.

    \b
    mgtui contacts import contacts.csv --dry-run
    mgtui contacts import contacts.csv --whole
    """
    if not file.is_file():
        raise click.ClickException(_("{file}: no such file").format(file=file))
    with office(ctx) as application:
        entries = file_entries(file, columns_of(application.settings))
        command = ImportContacts(entries, str(file), dry_run, whole, most_vanish)
        finish(ctx, _run(application, command, as_json), as_json)


@contacts.command()
@click.argument("names", nargs=-1)
@dry_run_option
@most_option
@json_option
@click.pass_context
def sync(ctx: click.Context, names: tuple[str, ...], dry_run: bool, most_vanish: bool, as_json: bool) -> None:
    """Take contacts over from the sources that the configuration names: those in NAMES, or all.

    \b
    mgtui contacts sync
    mgtui contacts sync crm --dry-run
    """
    with office(ctx) as application:
        settings = application.settings
        sources = settings.config.contacts.sources
        for name in names:
            if name not in sources:
                known = ", ".join(sources) or "none"
                raise SettingsError(f"{settings.config_file}: no contacts.sources.{name} (there is: {known})")
        outcomes = []
        for name in names or tuple(sources):
            table = sources[name]
            entries = source_entries(settings, table)
            command = ImportContacts(entries, name, dry_run, table.whole, most_vanish)
            outcomes.append((name, _run(application, command, as_json)))
        for name, outcome in outcomes:
            _tell_outcome(name, outcome, as_json)
        if not outcomes:
            say(_("the configuration names no [contacts.sources.NAME]"))
        failed = [outcome for _, outcome in outcomes if not outcome.done]
        ctx.exit(0 if not failed else 75 if all(outcome.try_again for outcome in failed) else 1)


def _tell_outcome(name: str, outcome: Outcome, as_json: bool) -> None:
    if as_json:
        print_json({"source": name, "done": outcome.done, "text": outcome.text})
    else:
        text = outcome.text if outcome.text.startswith(f"{name}:") else f"{name}: {outcome.text}"
        click.echo(harmless(text), err=not outcome.done)


def _run(application: Application, command: ImportContacts, as_json: bool) -> Outcome:
    """Import, with broken lines and progress on stderr and, for a dry run, each change on stdout."""
    broken = 0

    def note(entry: BrokenLine) -> None:
        nonlocal broken
        broken += 1
        say(f"{command.source}:{entry.line}: {fault_in_words(entry.why)}")

    def show(change: Change) -> None:
        if as_json:
            record = {"what": change.what, "contact_id": change.contact_id, "name": change.name}
            print_json({**record, "fields": change.fields})
        else:
            fields = f": {', '.join(change.fields)}" if change.fields else ""
            click.echo(harmless(f"{change.what:8}  {change.contact_id:12}  {change.name}{fields}"))

    tell = Listeners(note, show, _progress) if command.dry_run else Listeners(note, progress=_progress)
    outcome = application.import_contacts(command, tell)
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)
    if broken:
        say(counted(broken, "{} line was left out", "{} lines were left out"))
    return outcome


def _progress(done: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{counted(done, '{} contact', '{} contacts')} ", err=True, nl=False)


@contacts.command("list")
@click.argument("text", default="")
@as_of_option
@json_option
@click.pass_context
def list_contacts(ctx: click.Context, text: str, as_of: int | None, as_json: bool) -> None:
    """List contacts whose id, name or address holds TEXT."""
    with asking(ctx, as_of) as asked:
        after = ("", "")
        while rows := asked.ask.contacts(text, after, PAGE):
            print_records(rows, as_json, COLUMNS)
            after = (rows[-1]["name"], rows[-1]["contact_id"])


@contacts.command("show")
@click.argument("contact")
@as_of_option
@json_option
@click.pass_context
def show(ctx: click.Context, contact: str, as_of: int | None, as_json: bool) -> None:
    """Show a contact with its bounces, suppressions and its whole correspondence, the newest first."""
    with asking(ctx, as_of) as asked:
        row = asked.ask.contact(contact)
        if row is None:
            told = _("there is no contact {contact}; `mgtui contacts list` shows them")
            raise click.ClickException(told.format(contact=contact))
        row["documents"] = list(asked.ask.documents(contact))
        if as_json:
            print_json({**row, "timeline": timeline(asked.ask, row)})
            return
        _card(row)
        for entry in timeline(asked.ask, row):
            click.echo(
                harmless(f"{entry['at'][:16].replace('T', ' '):>16}  {entry['what']:18} {entry['text']}")
            )


def _card(row: Row) -> None:
    vanished = _(", vanished from {source} on {day}").format(
        source=row["source"], day=day(row["vanished_at"])
    )
    gone = vanished if row["vanished_at"] else ""
    click.echo(harmless(f"{row['name']} ({row['contact_id']}){gone}"))
    for name, heading in (("addresses", _("addresses")), ("lists", _("lists")), ("fields", _("fields"))):
        click.echo(f"{heading:>16}  {harmless(', '.join(row[name])) or '-'}")
    for entry in row["bounces"]:
        counts = (f"{entry[name]} {word(name)}" for name in ("hard", "soft", "refused", "undetermined"))
        last = _("last {day}").format(day=day(entry["last_day"]))
        click.echo(f"{_('bounces'):>16}  {harmless(entry['address'])}: {', '.join(counts)}, {last}")
    for entry in row["suppressions"]:
        until = " " + _("until {day}").format(day=day(entry["until"])) if entry["until"] else ""
        why = harmless(retold(entry["why"]))
        click.echo(f"{_('suppressed'):>16}  {harmless(entry['address'])}{until}: {why}")


def _attached(entry: Row) -> str:
    number = entry["attachments"]
    return f" ({counted(number, '{} attachment', '{} attachments')})" if number else ""


def timeline(ask: Questions, row: Row) -> list[Row]:
    """Give what happened to a contact and every mail filed at it, the newest first."""
    told = [
        {
            "at": entry["sent_at"] or entry["filed_at"],
            "what": word(entry["direction"]),
            "text": f"{entry['mail_id'][:12]}  {entry['subject']}{_attached(entry)}",
            "mail_id": entry["mail_id"],
            "event": entry["event"],
        }
        for entry in row["documents"]
    ]
    for recorded in ask.store.read_stream(f"contact-{row['contact_id']}"):
        at = recorded.recorded_at.isoformat()
        about = {"mail_id": recorded.data.get("mail_id"), "event": recorded.position}
        told.append({"at": at, "what": recorded.type, "text": words_of(recorded), **about})
    return sorted(told, key=lambda entry: (entry["at"], entry["event"]), reverse=True)


@contacts.command("export")
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
@click.option(
    "--output", type=click.Path(path_type=Path), help="File, written in one step (default: stdout)."
)
@click.option("--vanished", is_flag=True, help="With those that their source no longer has.")
@click.pass_context
def export_contacts(ctx: click.Context, form: str, output: Path | None, vanished: bool) -> None:
    """Write all contacts; what is written as CSV can be imported again.

    \b
    mgtui contacts export --output contacts.csv
    mgtui contacts export --format json | jq .name
    """
    with office(ctx) as application:
        ask = application.ask
        rows = (row for row in ask.all_contacts() if vanished or row["vanished_at"] is None)
        names = ask.field_names() if form == "csv" else ()
        write_lines(contact_lines(rows, "csv" if form == "csv" else "json", names), output)
