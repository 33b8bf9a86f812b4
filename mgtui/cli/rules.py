"""`mgtui rules`: the operator's rules, checked, shown and explained."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from eventstore.events import MailClassified
from mgtui.application import Application
from mgtui.bootstrap_acting import names_of
from mgtui.cli.common import json_option, office, print_json, print_records, read_input, settings_of
from mgtui.faults import fault_in_words
from mgtui.language import _, counted
from mgtui.retelling import retold
from mgtui.rules import Explained, explain, load_rules
from mgtui.tables import plain
from mgtui.wording import harmless

HITS = {"place": 6, "name": 32, "hits": 9, "within_30_days": 15, "last": 9, "last_at": 0}


@click.group()
def rules() -> None:
    """Check, show and explain the rules that decide.

    \b
    mgtui rules check rules.toml
    mgtui rules show
    mgtui rules list
    mgtui rules explain 3fa9c2
    """


@rules.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def check_rules(ctx: click.Context, file: Path) -> None:
    """Check FILE as it would be loaded; exit code 1 and one line where it is wrong."""
    try:
        text = read_input(file).decode("utf-8")
    except UnicodeDecodeError:
        raise click.ClickException(_("{file}: this isn't UTF-8").format(file=file)) from None
    loaded = load_rules(text, str(file), names_of(settings_of(ctx).config))
    number = counted(len(loaded.rules), "{} rule", "{} rules")
    click.echo(f"{file}: {number}, {_('digest')} {loaded.digest[:12]}")


@rules.command("show")
@json_option
@click.pass_context
def show(ctx: click.Context, as_json: bool) -> None:
    """Show the rules in force."""
    with office(ctx) as application:
        loaded = application.rules
        if not as_json:
            click.echo(f"# {fault_in_words(loaded.source)}, {_('digest')} {loaded.digest}")
            click.echo(loaded.text)
            return
        for rule in loaded.rules:
            print_json(plain(rule))


@rules.command("list")
@json_option
@click.pass_context
def list_rules(ctx: click.Context, as_json: bool) -> None:
    """List the rules in force with how often each decided, then those that are no more."""
    with office(ctx) as application:
        rows = (
            {
                "place": ruling.place or None,
                "name": ruling.name,
                "hits": ruling.hits,
                "within_30_days": ruling.lately,
                "last": ruling.last,
                "last_at": ruling.last_at,
            }
            for ruling in application.rulings()
        )
        print_records(rows, as_json, HITS)


@rules.command("explain")
@click.argument("mail")
@json_option
@click.pass_context
def explain_mail(ctx: click.Context, mail: str, as_json: bool) -> None:
    """Show for MAIL each rule, which of its conditions hold, and which rules would decide now."""
    with office(ctx) as application:
        row = application.ask.mail(mail)
        found = application.classified(row["mail_id"]) if row else None
        if found is None:
            told = _("there is no mail {mail} that was read")
            raise click.ClickException(told.format(mail=harmless(mail)))
        for explained in _explained(application, found):
            if as_json:
                print_json(_record(explained))
            else:
                _tell(explained)


def _explained(application: Application, mail: MailClassified) -> Iterator[Explained]:
    deciding = application.deciding
    return explain(mail, deciding.known([mail]), deciding.office, application.today())


def _record(explained: Explained) -> dict[str, Any]:
    return {
        "address": explained.address,
        "contact_id": explained.contact_id,
        "rule": explained.rule,
        "speaks": explained.speaks,
        "conditions": [check._asdict() for check in explained.checks],
    }


def _tell(explained: Explained) -> None:
    who, contact = explained.address or _("the mail"), explained.contact_id or _("no contact")
    whose = f"{who} ({contact})"
    click.echo(harmless(f"{'→' if explained.speaks else ' '} {retold(explained.rule)}: {whose}"))
    for check in explained.checks:
        sign = "+" if check.holds else "-"
        wanted = _("wanted: {wanted}").format(wanted=check.wanted)
        click.echo(harmless(f"    {sign} {check.name}: {check.found or _('nothing')} ({wanted})"))
