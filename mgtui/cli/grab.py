"""`mgtui grab`."""

import signal
import threading

import click

from eventstore import StoreError
from mgtui.application import Application
from mgtui.bootstrap import build_grabber, build_outbox
from mgtui.cli.common import ProgressLine, json_option, office, print_json, say
from mgtui.cli.failures import TRY_AGAIN, exit_code
from mgtui.grabber import Service, run_all
from mgtui.notify import Outbox

OUTBOX_SECONDS = 2.0  #: between two looks into the outbox; a stop is heard at its end


@click.command()
@click.option("--once", is_flag=True, help="Take in what is there now, and end.")
@click.option("--grabber", "names", multiple=True, help="Only this grabber; may be given again.")
@json_option
@click.pass_context
def grab(ctx: click.Context, once: bool, names: tuple[str, ...], as_json: bool) -> None:
    """Read the mailboxes: store each mail, decide, file or queue it, and move it on.

    Exit code 75 means that trying again can help.

    \b
    mgtui grab --once
    mgtui grab --grabber bounces
    """
    with office(ctx) as application:
        application.note_rules()
        services = services_of(application, names)
        if not services:
            raise click.ClickException(
                f"{application.settings.config_file}: no [grabbers.NAME] table says what to read"
            )
        outbox = build_outbox(application) if application.settings.config.subscribers else None
        if not once:
            ctx.exit(_serve(services, outbox, application))
        code = _once(services, as_json)
        if outbox:
            _send(outbox)
        ctx.exit(code)


def services_of(application: Application, names: tuple[str, ...] = ()) -> list[Service]:
    """Make the named grabbers, or all."""
    chosen = names or tuple(application.settings.config.grabbers)
    return [build_grabber(application, name, report) for name in chosen]


def report(grabber: str, text: str, _is_error: bool) -> None:
    """Narrate what a grabber says."""
    say(f"{grabber}: {text}")


def _once(services: list[Service], as_json: bool) -> int:
    """Run each grabber once, go on when one fails, and give the exit code of the worst."""
    codes = [0]
    for service in services:
        name = service.grabber.name
        line = ProgressLine(name)
        service.grabber.progress = line
        try:
            done = service.once()
        except Exception as error:
            code = exit_code(error)
            if code is None:
                raise
            line.end()
            codes.append(code)
            say(f"{name}: {error}")
            continue
        line.end()
        if as_json:
            figures = {"fetched": done.fetched, "moved": done.moved, "manual": done.manual}
            print_json({"grabber": name, **figures, "vanished": done.vanished})
        else:
            say(f"{name}: {done}")
    return 1 if 1 in codes else TRY_AGAIN if TRY_AGAIN in codes else 0


def _send(outbox: Outbox) -> None:
    done = outbox.run()
    if done.sent or done.failed or done.abandoned:
        say(f"outbox: {done}")


def _keep_sending(outbox: Outbox, application: Application, stop: threading.Event) -> None:
    """Send notices soon after they were asked for; those that failed when their time has come."""
    while not stop.is_set():
        seen = application.store.head()
        try:
            _send(outbox)
        except StoreError as error:
            say(f"outbox: {error}")
        application.store.wait(max(seen, application.store.head()), OUTBOX_SECONDS)


def _serve(services: list[Service], outbox: Outbox | None, application: Application) -> int:
    """Run until SIGTERM or SIGINT; the batch in hand is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    threads = run_all(services, stop)
    sender = threading.Thread(target=_keep_sending, args=(outbox, application, stop), name="outbox")
    if outbox:
        sender.start()
    say(f"{len(threads)} grabbers at work; end with SIGTERM or Ctrl-C")
    while not stop.wait(1.0) and any(thread.is_alive() for thread in threads):
        pass
    stop.set()
    for thread in [*threads, sender] if outbox else threads:
        thread.join()
    return 0
