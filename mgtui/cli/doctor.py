"""`mgtui doctor`."""

from dataclasses import asdict
from typing import Any

import click

from mgtui.application import Application
from mgtui.bootstrap import build_grabber
from mgtui.cli.common import json_option, office, print_json
from mgtui.cli.failures import TRY_AGAIN
from mgtui.compiled import is_ready
from mgtui.faults import fault_in_words
from mgtui.grabber import Grabber, balance
from mgtui.language import _, figures
from mgtui.mailbox import ImapMailbox, MailboxError, MailboxUnavailable
from mgtui.moments import moment
from mgtui.retelling import actor_in_words, retold
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
            _tell_readers()
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
        raise click.UsageError(_("there is no grabber {name}").format(name=repr(unknown[0])))
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
    sign = _("balanced") if record["balanced"] else _("NOT BALANCED")
    counts = {name: figures(record[name]) for name in _NOTHING}
    sums = _(
        "{fetched} fetched = {done} done + {manual} for a person + {quarantined} quarantined + {pending} pending"
    ).format_map(counts)
    moved = _("{moved} moved, {vanished} vanished").format_map(counts)
    click.echo(f"{harmless(record['grabber'])}: {sign}: {sums}; {moved}")
    for problem in record["problems"]:
        click.echo(f"  ✗ {harmless(retold(problem))}")
    if record["unbalanced"] and not record["problems"]:
        told = _("on {when}: {problem} (--online looks again)")
        problem = harmless(retold(record["unbalanced"]))
        click.echo("  ✗ " + told.format(when=moment(record["unbalanced_at"]), problem=problem))
    if record.get("on_server"):
        _tell_server(record, record["on_server"])
    if "server_error" in record:
        click.echo(
            "  ✗ " + _("the server: {error}").format(error=harmless(fault_in_words(record["server_error"])))
        )
    if record["last_error"]:
        _tell_error(record)
    if record["alert"]:
        told = _("the server said, {when}: {alert}")
        click.echo("  " + told.format(when=moment(record["alert_at"]), alert=harmless(record["alert"])))
    if record["paused_at"]:
        told = (
            _("paused by {actor}, {when}: {why}") if record["paused_why"] else _("paused by {actor}, {when}")
        )
        when, why = moment(record["paused_at"]), record["paused_why"] or ""
        actor = actor_in_words(record["paused_by"])
        click.echo("  " + harmless(told.format(actor=actor, when=when, why=why)))
    if not record["started_at"]:
        click.echo("  " + _("it never ran"))


def _tell_error(record: dict[str, Any]) -> None:
    works = (record["last_success"] or "") > record["last_error_at"]
    told = _("last error, {when} (it works again): {error}") if works else _("last error, {when}: {error}")
    error = harmless(fault_in_words(record["last_error"]))
    click.echo("  " + told.format(when=moment(record["last_error_at"]), error=error))


def _tell_server(record: dict[str, Any], server: dict[str, Any]) -> None:
    told = _(
        "on the server: {inbox} in the inbox = {new} new + {standing} known + {back} back; "
        "{standing} known + {moved} moved + {vanished} vanished = {found} of {fetched} fetched"
    )
    found = record["fetched"] - server["missing"]
    click.echo("  " + told.format_map({**record, **server, "found": found}))
    missing = _("none, it is missing")
    done, manual = (missing if server[name] is None else server[name] for name in ("done", "manual"))
    click.echo(
        "  "
        + _("mails in the folder for what is done: {done}; for a person: {manual}").format(
            done=done, manual=manual
        )
    )
    if record["extensions"]:
        click.echo("  " + _("the server can {extensions}").format(extensions=", ".join(record["extensions"])))


def _tell_queues(application: Application) -> None:
    counts = application.ask.open_counts()
    told = _("waiting for a person: {bounces} in the queue, {imports} in the import list")
    click.echo(told.format_map(counts))


def _tell_readers() -> None:
    if is_ready():
        click.echo(_("mail is read by machine code"))
    else:
        click.echo(_("mail is read by plain Python, which is slower (make install compiles the readers)"))
