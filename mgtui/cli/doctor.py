"""`mgtui doctor`."""

from dataclasses import asdict
from typing import Any

import click

from mgtui.application import Application
from mgtui.bootstrap import build_grabber
from mgtui.cli.common import json_option, office, print_json
from mgtui.cli.failures import TRY_AGAIN
from mgtui.grabber import Grabber, balance
from mgtui.mailbox import ImapMailbox, MailboxError, MailboxUnavailable
from mgtui.wording import harmless
from projections.mails import GRABBERS

_EXTENSIONS = ("MOVE", "UIDPLUS", "IDLE")
_NOTHING = dict.fromkeys(("fetched", "pending", "done", "manual", "quarantined", "moved", "vanished"), 0)


@click.command()
@click.option("--online", is_flag=True, help="Ask the mail servers too.")
@click.option("--grabber", "names", multiple=True, help="Only this grabber; may be given again.")
@json_option
@click.pass_context
def doctor(ctx: click.Context, online: bool, names: tuple[str, ...], as_json: bool) -> None:
    """Show for each grabber that every mail is accounted for. Exit code 1 where one isn't.

    A mail that isn't is noted in the log, and shown with the mailbox on the screens. Exit code 75: a server
    can't be asked now.

    \b
    mgtui doctor
    mgtui doctor --online
    """
    with office(ctx) as application:
        found = [_examine(application, row, online) for row in _rows(application, names)]
        for record in found:
            if as_json:
                print_json(record)
            else:
                _tell(record)
        if not as_json:
            _tell_queues(application)
        ctx.exit(_code(found))


def balance_of(row: dict[str, Any], counted: dict[str, Any] | None = None) -> dict[str, Any]:
    """Add to a grabber's figures whether they balance: each fetched mail is in exactly one outcome."""
    found = balance.problems(row, counted if counted is not None else row)
    return {**row, "problems": found, "balanced": not found}


def _rows(application: Application, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Give the figures of every grabber that ran or is configured."""
    rows = {row["grabber"]: row for row in application.ask.balance()}
    for name, table in application.settings.config.grabbers.items():
        texts = dict.fromkeys(GRABBERS.columns, "")
        rows.setdefault(name, {**texts, "grabber": name, "folder": table.folders.inbox, **_NOTHING})
    unknown = [name for name in names if name not in rows]
    if unknown:
        raise click.UsageError(f"there is no grabber {unknown[0]!r}")
    return [row for name, row in sorted(rows.items()) if not names or name in names]


def _examine(application: Application, row: dict[str, Any], online: bool) -> dict[str, Any]:
    record = balance_of(row, application.ask.counted().get(row["grabber"], _NOTHING))
    server: balance.OnServer | None = None
    said: dict[str, Any] = {}
    if online and row["grabber"] in application.settings.config.grabbers:
        grabber = build_grabber(application, row["grabber"], lambda *_: None).grabber
        server, said = _ask_server(grabber)
    if server:
        # What the grabber did meanwhile is in the figures too.
        row = next((now for now in application.ask.balance() if now["grabber"] == row["grabber"]), row)
        record |= row
        record["problems"] += balance.problems_on(row, server)
    if row["started_at"]:
        balance.settle(application.store, row, server, record["problems"], "doctor")
    return {**record, **said, "balanced": not record["problems"]}


def _ask_server(grabber: Grabber) -> tuple[balance.OnServer | None, dict[str, Any]]:
    try:
        server = balance.look(grabber)
        mailbox = grabber.mailbox
        can = sorted(mailbox.capabilities) if isinstance(mailbox, ImapMailbox) else []
    except MailboxError as error:
        return None, {"server_error": str(error), "transient": isinstance(error, MailboxUnavailable)}
    finally:
        grabber.mailbox.close()
    return server, {"on_server": asdict(server), "extensions": [name for name in _EXTENSIONS if name in can]}


def _code(found: list[dict[str, Any]]) -> int:
    if not all(record["balanced"] and record.get("transient", True) for record in found):
        return 1
    return TRY_AGAIN if any("server_error" in record for record in found) else 0


def _tell(record: dict[str, Any]) -> None:
    sign = "balanced" if record["balanced"] else "NOT BALANCED"
    click.echo(
        f"{harmless(record['grabber'])}: {sign}: {record['fetched']} fetched = {record['done']} done + "
        f"{record['manual']} for a person + {record['quarantined']} quarantined + {record['pending']} pending; "
        f"{record['moved']} moved, {record['vanished']} vanished"
    )
    for problem in record["problems"]:
        click.echo(f"  ✗ {harmless(problem)}")
    if record["unbalanced"] and not record["problems"]:
        click.echo(
            f"  ✗ on {record['unbalanced_at'][:19]}: {harmless(record['unbalanced'])} (--online looks again)"
        )
    if record.get("on_server"):
        _tell_server(record, record["on_server"])
    if "server_error" in record:
        click.echo(f"  ✗ the server: {harmless(record['server_error'])}")
    if record["last_error"]:
        over = " (it works again)" if (record["last_success"] or "") > record["last_error_at"] else ""
        click.echo(f"  last error, {record['last_error_at'][:19]}{over}: {harmless(record['last_error'])}")
    if record["alert"]:
        click.echo(f"  the server said, {record['alert_at'][:19]}: {harmless(record['alert'])}")
    if record["paused_at"]:
        why = f": {record['paused_why']}" if record["paused_why"] else ""
        click.echo(harmless(f"  paused by {record['paused_by']}, {record['paused_at'][:19]}{why}"))
    if not record["started_at"]:
        click.echo("  it never ran")


def _tell_server(record: dict[str, Any], server: dict[str, Any]) -> None:
    click.echo(
        f"  on the server: {server['inbox']} in the inbox = {server['new']} new + {server['standing']} known + "
        f"{server['back']} back; {server['standing']} known + {record['moved']} moved + "
        f"{record['vanished']} vanished = {record['fetched'] - server['missing']} of {record['fetched']} fetched"
    )
    folders = (("for what is done", server["done"]), ("for a person", server["manual"]))
    words = [f"{'missing' if number is None else number} {name}" for name, number in folders]
    can = f"; it can {', '.join(record['extensions'])}" if record["extensions"] else ""
    click.echo(f"  mails in the folders: {', '.join(words)}{can}")


def _tell_queues(application: Application) -> None:
    counts = application.ask.open_counts()
    click.echo(
        f"waiting for a person: {counts['bounces']} in the queue, {counts['imports']} in the import list"
    )
