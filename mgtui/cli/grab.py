"""`mgtui grab`."""

import signal
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from queue import SimpleQueue
from typing import Any

import click

from eventstore.events import MailClassified
from mgtui.application import Application
from mgtui.bootstrap import build_grabber
from mgtui.cli.common import ProgressLine, json_option, office, open_office, print_json, say
from mgtui.cli.failures import TRY_AGAIN, exit_code
from mgtui.grabber import Foreseen, Service, foresee, run_all
from mgtui.story import words_for
from mgtui.wording import harmless


@click.command()
@click.option("--once", is_flag=True, help="Take in what is there now, and end.")
@click.option("--dry-run", is_flag=True, help="Say what would happen to each mail, and touch nothing.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many new mails of each mailbox.")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), help="Only mails that arrived on this day or later."
)
@click.option("--grabber", "names", multiple=True, help="Only this grabber; may be given again.")
@json_option
@click.pass_context
def grab(
    ctx: click.Context,
    once: bool,
    dry_run: bool,
    limit: int | None,
    since: datetime | None,
    names: tuple[str, ...],
    as_json: bool,
) -> None:
    """Read the mailboxes: store each mail, decide, file or queue it, and move it on.

    Without --once it goes on until SIGTERM, which finishes what is in hand; SIGHUP reads the configuration
    anew. Exit code 75 means that trying again can help.

    \b
    mgtui grab --once
    mgtui grab --dry-run --limit 20
    mgtui grab --grabber bounces --since 2026-11-01
    """
    if limit and not (once or dry_run):
        raise click.UsageError("--limit goes with --once or --dry-run")
    day = since.date() if since else None
    if not (once or dry_run):
        ctx.exit(serve(ctx, names, day))
    with office(ctx) as application:
        services = services_of(application, names)
        for service in services:
            service.grabber.limit, service.grabber.since = limit, day
        if dry_run:
            ctx.exit(_each(services, as_json, _foresee))
        application.note_rules()
        ctx.exit(_each(services, as_json, _once))


def services_of(application: Application, names: tuple[str, ...] = ()) -> list[Service]:
    """Make the named grabbers, or all."""
    chosen = names or tuple(application.settings.config.grabbers)
    if not chosen:
        raise click.ClickException(
            f"{application.settings.config_file}: no [grabbers.NAME] table says what to read"
        )
    return [build_grabber(application, name, report) for name in chosen]


def report(grabber: str, text: str, _is_error: bool) -> None:
    """Narrate what a grabber says."""
    say(f"{grabber}: {text}")


def _each(services: list[Service], as_json: bool, work: Callable[[Service, bool], None]) -> int:
    """Work on each grabber, go on when one fails, and give the exit code of the worst."""
    codes = [0]
    for service in services:
        try:
            work(service, as_json)
        except Exception as error:
            code = exit_code(error)
            if code is None:
                raise
            codes.append(code)
            say(f"{service.grabber.name}: {error}")
    return 1 if 1 in codes else TRY_AGAIN if TRY_AGAIN in codes else 0


def _once(service: Service, as_json: bool) -> None:
    name = service.grabber.name
    line = ProgressLine(name)
    service.grabber.progress = line
    try:
        done = service.once()
    finally:
        line.end()
    if as_json:
        print_json({"grabber": name, **asdict(done)})
    else:
        say(f"{name}: {done}")


# what would be done


def _foresee(service: Service, as_json: bool) -> None:
    number = 0
    try:
        for found in foresee(service.grabber):
            number += 1
            record = _as_record(service.grabber.name, found)
            if as_json:
                print_json(record)
            else:
                _tell(record)
    finally:
        service.grabber.mailbox.close()
    say(f"{service.grabber.name}: {number} mails looked at, nothing touched")


def _as_record(grabber: str, found: Foreseen) -> dict[str, Any]:
    mail = next((event for event in found.events if isinstance(event, MailClassified)), None)
    events = [
        {"type": type(event).__name__, "data": event.model_dump(mode="json")}
        for event in found.events
        if event is not mail
    ]
    return {
        "grabber": grabber,
        "uid": found.uid,
        "mail_id": found.mail_id,
        "size": found.size,
        "kind": mail.kind if mail else "",
        "sender": next(iter(mail.sender), "") if mail else "",
        "subject": mail.subject if mail else "",
        "target": found.target,
        "note": found.note,
        "events": events,
    }


def _tell(record: dict[str, Any]) -> None:
    where = f"to {record['target']}" if record["target"] else "stays, and is tried again"
    note = f" ({record['note']})" if record["note"] else ""
    what = " ".join(filter(None, (record["kind"], record["sender"], record["subject"])))
    click.echo(harmless(f"{record['grabber']} {record['uid']}: {where}: {what}{note}"))
    for event in record["events"]:
        click.echo(f"    {event['type']}: {words_for(event['type'], event['data'])}")


# the service


@dataclass(frozen=True, slots=True)
class _Running:
    """An office and its grabbers, each in its thread."""

    application: Application
    stop: threading.Event
    threads: list[threading.Thread]

    def end(self) -> None:
        """Have what is in hand finished, and close the office."""
        self.stop.set()
        for thread in self.threads:
            thread.join()
        self.application.close()


def serve(ctx: click.Context, names: tuple[str, ...], since: date | None) -> int:
    """Run until SIGTERM or SIGINT; SIGHUP begins anew with the configuration as it then is."""
    asked: SimpleQueue[int] = SimpleQueue()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: asked.put(number))
    application, services = _open(ctx, names, since)
    running = _start(application, services)
    while asked.get() == signal.SIGHUP:
        try:
            application, services = _open(ctx, names, since)
        except Exception as error:
            if exit_code(error) is None and not isinstance(error, click.ClickException):
                raise
            say(f"the configuration stays as it was: {error}")
            continue
        running.end()
        say("the configuration was read anew")
        running = _start(application, services)
    running.end()
    say("stopped")
    return 0


def _open(
    ctx: click.Context, names: tuple[str, ...], since: date | None
) -> tuple[Application, list[Service]]:
    application = open_office(ctx)
    try:
        services = services_of(application, names)
        application.note_rules()
    except BaseException:
        application.close()
        raise
    for service in services:
        service.grabber.since = since
    return application, services


def _start(application: Application, services: list[Service]) -> _Running:
    stop = threading.Event()
    threads = run_all(services, stop)
    say(f"{len(threads)} grabbers at work; end with SIGTERM or Ctrl-C")
    return _Running(application, stop, threads)
