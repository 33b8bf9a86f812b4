"""`mgtui queue` and `mgtui imports`: two lists of the same kind."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click

from eventstore import data_of
from mgtui.cli.common import (
    HEADINGS,
    TOLD,
    as_of_option,
    asking,
    finish,
    json_option,
    office,
    print_json,
    print_records,
)
from mgtui.commands import AssignMail, DismissReview, ReleaseHeld, SuppressAddress
from mgtui.language import _
from mgtui.retelling import retold, word
from mgtui.wording import harmless

COLUMNS = {"item": 6, "reason": 18, "why": 44, "sender": 28, "subject": 0}


def _group(name: str, queue: str, doc: str) -> click.Group:
    @click.group(name, invoke_without_command=True, help=doc)
    @as_of_option
    @json_option
    @click.pass_context
    def group(ctx: click.Context, as_of: int | None, as_json: bool) -> None:
        if ctx.invoked_subcommand is None:
            ctx.invoke(listing, as_of=as_of, as_json=as_json)
        elif as_of is not None:
            raise click.UsageError(_("--as-of goes behind the subcommand"))

    @group.command("list")
    @as_of_option
    @json_option
    @click.pass_context
    def listing(ctx: click.Context, as_of: int | None, as_json: bool) -> None:
        """List what is open, oldest first."""
        with asking(ctx, as_of) as asked:
            after = shown = 0
            while rows := asked.ask.open_items(queue, after):
                shown += print_records(rows, as_json, COLUMNS)
                after = rows[-1]["item"]
            if not shown and not as_json:
                click.echo(_("nothing waits"), err=True)

    group.add_command(_show(queue))
    for command in (_assign(), _dismiss(), _suppress(), _who()):
        group.add_command(command)
    if queue == "bounces":
        group.add_command(_release())
    return group


def _show(queue: str) -> click.Command:
    @click.command("show")
    @click.argument("item", type=int)
    @as_of_option
    @json_option
    @click.pass_context
    def show(ctx: click.Context, item: int, as_of: int | None, as_json: bool) -> None:
        """Show one item with the mail's verdicts and their evidence."""
        with asking(ctx, as_of) as asked:
            row = asked.ask.item(item)
            if row is None:
                told = _("there is no item {item}; `mgtui {queue}` lists them")
                raise click.ClickException(told.format(item=item, queue=queue))
            mail = asked.classified(row["mail_id"])
            record = {**row, "classification": data_of(mail) if mail else None}
            if as_json:
                print_json(record)
            else:
                _card(record)

    return show


def _card(record: dict[str, Any]) -> None:
    for name in (
        "item",
        "state",
        "reason",
        "why",
        "address",
        "candidates",
        "held",
        "mail_id",
        "sender",
        "subject",
    ):
        value = record[name]
        text = ", ".join(value) if isinstance(value, tuple) else str(value or "")
        if text:
            text = retold(text) if name in TOLD else text
            click.echo(f"{_(HEADINGS.get(name, name)):>12}  {harmless(text)}")
    for verdict in (record["classification"] or {}).get("recipients", ()):
        judged = f"{word(verdict['severity'])} {word(verdict['reason'])}"
        said = f"{verdict['recipient']}: {judged} {verdict['status'] or ''}"
        click.echo(f"{_('verdict'):>12}  {harmless(said)}")
        line = _("line {number}").format(number=verdict["line"])
        click.echo(f"{line:>12}  {harmless(verdict['text'])}")


def _assign() -> click.Command:
    @click.command("assign")
    @click.argument("item", type=int)
    @click.argument("contact")
    @click.option("--remember", is_flag=True, help="Add the address to the contact.")
    @json_option
    @click.pass_context
    def assign(ctx: click.Context, item: int, contact: str, remember: bool, as_json: bool) -> None:
        """Say which contact an item belongs to; the rules then decide as if it had matched."""
        with office(ctx) as application:
            finish(ctx, application.execute(AssignMail(item, contact, remember)), as_json)

    return assign


def _release() -> click.Command:
    @click.command("release")
    @click.argument("item", type=int)
    @json_option
    @click.pass_context
    def release(ctx: click.Context, item: int, as_json: bool) -> None:
        """Let all decisions through that wait behind a brake; `dismiss` drops them together."""
        with office(ctx) as application:
            finish(ctx, application.execute(ReleaseHeld(item)), as_json)

    return release


def _dismiss() -> click.Command:
    @click.command("dismiss")
    @click.argument("item", type=int)
    @click.option("--reason", required=True, help="Why nothing needs to be done.")
    @json_option
    @click.pass_context
    def dismiss(ctx: click.Context, item: int, reason: str, as_json: bool) -> None:
        """Say that an item needs nothing more."""
        with office(ctx) as application:
            finish(ctx, application.execute(DismissReview(item, reason)), as_json)

    return dismiss


def _suppress() -> click.Command:
    @click.command("suppress")
    @click.argument("item", type=int)
    @click.option("--why", required=True, help="Why nothing more goes to the address.")
    @click.option("--category", "categories", multiple=True, help="Only this category; may be repeated.")
    @click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="First day on which mail may go again.")
    @json_option
    @click.pass_context
    def suppress(
        ctx: click.Context,
        item: int,
        why: str,
        categories: tuple[str, ...],
        until: datetime | None,
        as_json: bool,
    ) -> None:
        """Send nothing more to the address of an item, and close it."""
        with office(ctx) as application:
            row = application.ask.item(item)
            if row is None:
                raise click.ClickException(_("there is no item {item}").format(item=item))
            address = row["address"] or row["sender"]
            day = until.date() if until else None
            finish(ctx, application.execute(SuppressAddress(address, why, categories, day, item)), as_json)

    return suppress


def _who() -> click.Command:
    @click.command("who")
    @json_option
    @click.pass_context
    def who(ctx: click.Context, as_json: bool) -> None:
        """List which operators are at which item at this moment."""
        with office(ctx) as application:
            rows = (
                {
                    "item": one.item,
                    "operator": one.operator,
                    "since": datetime.fromtimestamp(one.since, UTC).isoformat(timespec="seconds"),
                    "acting": one.acting,
                }
                for one in application.presence.others()
            )
            print_records(rows, as_json, {"item": 6, "operator": 28, "since": 26, "acting": 0})

    return who


Grouping = Callable[..., click.Group]

queue = _group(
    "queue",
    "bounces",
    """Bounces that need a person: unmatched, ambiguous, undetermined, quarantined.

    \b
    mgtui queue                            list them
    mgtui queue show 124                   one, with the evidence
    mgtui queue assign 124 K-1002          say whose it is
    mgtui queue dismiss 124 --reason spam
    mgtui queue suppress 124 --why "he left"
    mgtui queue who                        who is at which item
    mgtui queue release 130                let the decisions behind a brake through
    """,
)
imports = _group(
    "imports",
    "imports",
    """Letters that match no contact, or several.

    \b
    mgtui imports                          list them
    mgtui imports assign 131 K-1002 --remember
    mgtui imports dismiss 131 --reason "not ours"
    """,
)
