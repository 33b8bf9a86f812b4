"""`mgtui documents`."""

from collections.abc import Iterable
from pathlib import Path

import click

from mgtui.application import Application
from mgtui.cli.common import json_option, office, print_json, print_records, say
from mgtui.faults import fault_in_words
from mgtui.language import N_, _, counted
from mgtui.questions import Row
from mgtui.report import Attachment, attachment_content, list_attachments
from mgtui.retelling import word
from mgtui.saving import write_new
from mgtui.wording import harmless

SHOWN = {
    "mail_id": N_("mail"), "sent_at": N_("sent"), "sender": N_("from"), "subject": N_("subject"), "size": N_("size"),
}  # fmt: skip
COLUMNS = {
    "mail_id": 12,
    "day": 10,
    "direction": 9,
    "attachments": 11,
    "contact_id": 12,
    "name": 24,
    "subject": 0,
}


@click.group()
def documents() -> None:
    """Mails filed at contacts, and their attachments.

    \b
    mgtui documents list K-1002
    mgtui documents search invoice
    mgtui documents export 3fa9c2 --to attachments
    """


@documents.command("list")
@click.argument("contact", default="")
@json_option
@click.pass_context
def list_documents(ctx: click.Context, contact: str, as_json: bool) -> None:
    """List filed mails, the newest first: those of CONTACT, or all."""
    with office(ctx) as application:
        if contact and application.ask.contact(contact) is None:
            told = _("there is no contact {contact}; `mgtui contacts list` shows them")
            raise click.ClickException(told.format(contact=contact))
        _print(application.ask.documents(contact), as_json)


@documents.command()
@click.argument("text")
@json_option
@click.pass_context
def search(ctx: click.Context, text: str, as_json: bool) -> None:
    """List filed mails with TEXT in sender, addressees or subject, or in the contact's name or addresses."""
    with office(ctx) as application:
        _print(application.ask.documents(text=text), as_json)


def _print(rows: Iterable[Row], as_json: bool) -> None:
    dated = ({**row, "day": (row["sent_at"] or row["filed_at"])[:10]} for row in rows)
    if not print_records(dated, as_json, COLUMNS) and not as_json:
        say(_("nothing is filed there"))


@documents.command()
@click.argument("mail")
@json_option
@click.pass_context
def show(ctx: click.Context, mail: str, as_json: bool) -> None:
    """Show a filed mail: whose it is, and its attachments. MAIL is its id or the beginning of it."""
    with office(ctx) as application:
        row, filed, raw = _document(application, mail)
        files = list_attachments(raw)
        record = {
            "mail_id": row["mail_id"],
            "sent_at": row["sent_at"],
            "sender": row["sender"],
            "subject": row["subject"],
            "size": row["size"],
            "contacts": [
                {name: one[name] for name in ("contact_id", "name", "direction", "event")} for one in filed
            ],
            "attachments": [
                {"part": file.index, "name": file.name, "type": file.content_type, "size": file.size}
                for file in files
            ],
        }
        if as_json:
            print_json(record)
            return
        for name, heading in SHOWN.items():
            click.echo(f"{_(heading):>12}  {harmless(str(record[name]))}")
        for one in filed:
            told = _("{direction} at {contact} {name}")
            at = {
                "direction": word(one["direction"]),
                "contact": one["contact_id"],
                "name": one["name"] or "",
            }
            click.echo(f"{_('filed'):>12}  {harmless(told.format_map(at))}")
        for file in files:
            size = counted(file.size, "{} byte", "{} bytes")
            said = f"{file.index}: {file.name} ({file.content_type}, {size})"
            click.echo(f"{_('attachment'):>12}  {harmless(said)}")


@documents.command()
@click.argument("mail")
@click.option(
    "--to", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Folder (default: here)."
)
@click.option("--part", "parts", type=int, multiple=True, help="Number of an attachment, as `show` gives it.")
@click.option("--mail", "whole", is_flag=True, help="The whole mail, too, as it came.")
@json_option
@click.pass_context
def export(
    ctx: click.Context, mail: str, to: Path, parts: tuple[int, ...], whole: bool, as_json: bool
) -> None:
    """Write the attachments of a filed mail into a folder, without ever overwriting a file.

    \b
    mgtui documents export 3fa9c2 --to attachments
    mgtui documents export 3fa9c2 --part 2 --mail
    """
    with office(ctx) as application:
        row, _filed, raw = _document(application, mail)
        files = [file for file in list_attachments(raw) if not parts or file.index in parts]
        missing = set(parts) - {file.index for file in files}
        if missing:
            none = _("the mail has no attachment {numbers}")
            raise click.ClickException(none.format(numbers=", ".join(map(str, sorted(missing)))))
        if not files and not whole:
            say(_("the mail has no attachments; --mail writes the mail itself"))
        try:
            to.mkdir(parents=True, exist_ok=True)
            for name, content in _contents(row, raw, files, whole):
                _told(write_new(to, name, content), len(content), as_json)
        except OSError as error:
            why = fault_in_words(f"{error.filename or to}: {error.strerror}")
            raise click.ClickException(why) from None


def _contents(row: Row, raw: bytes, files: Iterable[Attachment], whole: bool) -> Iterable[tuple[str, bytes]]:
    for file in files:
        yield file.name, attachment_content(raw, file.index)
    if whole:
        yield f"{row['mail_id'][:16]}.eml", raw


def _told(file: Path, size: int, as_json: bool) -> None:
    if as_json:
        print_json({"file": str(file), "size": size})
    else:
        click.echo(harmless(str(file)))


def _document(application: Application, mail: str) -> tuple[Row, list[Row], bytes]:
    row = application.ask.mail(mail)
    filed = application.ask.filed_at(row["mail_id"]) if row else []
    if row is None or not filed:
        told = _("no filed mail has the id {mail}, or several begin so; see `mgtui documents list`")
        raise click.ClickException(told.format(mail=mail))
    return row, filed, application.ask.raw(row["mail_id"])
