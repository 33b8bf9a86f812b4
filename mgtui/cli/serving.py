"""The service: grabbers and outbox until a signal ends them, anew when the configuration changed."""

import gc
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from queue import SimpleQueue

import click

from eventstore import StoreError
from mgtui.apart import Start
from mgtui.application import Application
from mgtui.bootstrap import build_grabber, build_outbox
from mgtui.cli.common import open_office, say
from mgtui.cli.failures import exit_code
from mgtui.faults import fault_in_words
from mgtui.grabber import Service, run_all
from mgtui.language import _, counted
from mgtui.mailbox import Mailbox
from mgtui.notify import Outbox

OUTBOX_SECONDS = 2.0  #: between two looks into the outbox; a stop is heard at its end


def services_of(
    application: Application,
    names: tuple[str, ...] = (),
    start: Start | None = None,
    opened: Mapping[str, Mailbox] | None = None,
) -> list[Service]:
    """Make the named grabbers, or all; `start` as in `build_grabber`, `opened` are mailboxes made already."""
    chosen = names or tuple(application.settings.config.grabbers)
    if not chosen:
        told = _("{file}: no [grabbers.NAME] table says what to read")
        raise click.ClickException(told.format(file=application.settings.config_file))
    return [build_grabber(application, name, report, start, (opened or {}).get(name)) for name in chosen]


def suit_the_interpreter() -> None:
    """Set the collector and the turns of threads to what taking mails in is like.

    Mails, events and rows die by counting references, so the collector passes over what is loaded by now and looks at
    the rest less often. The threads that fetch and store need the interpreter for moments only: with the usual
    turns they would wait 5 ms for each of them while another reads mails.
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    sys.setswitchinterval(0.0005)


def report(grabber: str, text: str, _is_error: bool) -> None:
    """Narrate what a grabber says."""
    say(f"{grabber}: {fault_in_words(text)}")


@dataclass(frozen=True, slots=True)
class _Running:
    """An office and its grabbers, each in its thread."""

    application: Application
    stop: threading.Event
    threads: list[threading.Thread]  #: of the grabbers, and of the outbox

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
            say(_("the configuration stays as it was: {error}").format(error=fault_in_words(str(error))))
            continue
        running.end()
        del running
        gc.unfreeze()  # so that the old office can go
        gc.collect()
        say(_("the configuration was read anew"))
        running = _start(application, services)
    running.end()
    say(_("has stopped"))
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
    suit_the_interpreter()
    stop = threading.Event()
    threads = [*run_all(services, stop), *start_sending(application, stop)]
    at_work = counted(len(services), "{} grabber at work", "{} grabbers at work")
    say(_("{at_work}; end with SIGTERM or Ctrl-C").format(at_work=at_work))
    return _Running(application, stop, threads)


def outbox_of(application: Application) -> Outbox | None:
    """Make the outbox, where anybody wants to be told of anything."""
    return build_outbox(application) if application.settings.config.subscribers else None


def send(outbox: Outbox, tell: Callable[[str], None] = say) -> None:
    """Send what is due, and narrate it. Raises `StoreError`."""
    done = outbox.run()
    if done.sent or done.failed or done.abandoned:
        tell(_("outbox: {text}").format(text=done))


def start_sending(
    application: Application, stop: threading.Event, tell: Callable[[str], None] = say
) -> list[threading.Thread]:
    """Start the outbox in a thread of its own, where anybody wants to be told of anything."""
    outbox = outbox_of(application)
    if outbox is None:
        return []
    sender = threading.Thread(target=_keep_sending, args=(outbox, application, stop, tell), name="outbox")
    sender.start()
    return [sender]


def _keep_sending(
    outbox: Outbox, application: Application, stop: threading.Event, tell: Callable[[str], None]
) -> None:
    """Send notices soon after they were asked for; those that failed when their time has come."""
    while not stop.is_set():
        seen = application.store.head()
        try:
            send(outbox, tell)
        except StoreError as error:
            tell(_("outbox: {text}").format(text=fault_in_words(str(error))))
        application.store.wait(max(seen, application.store.head()), OUTBOX_SECONDS)
