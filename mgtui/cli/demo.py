"""`mgtui demo`."""

import sys
import tempfile
import threading
from pathlib import Path

import click

from mgtui.bootstrap import build_grabber
from mgtui.cli.common import print_records, say
from mgtui.cli.reviews import COLUMNS
from mgtui.cli.serving import report
from mgtui.demo import Demo, NoSampleMail, deliver, keep_arriving, open_demo
from mgtui.faults import fault_in_words
from mgtui.grabber import Service, run_all
from mgtui.language import N_, _
from mgtui.retelling import word
from mgtui.story import in_one_line

PAUSE = 2.0  #: seconds between two mails that arrive while the screens are open
SHOWN = 25  #: events printed without a terminal


@click.command()
@click.option("--headless", is_flag=True, help="Print what a person would see, and end.")
@click.pass_context
def demo(ctx: click.Context, headless: bool) -> None:
    """Show all of it on sample mail, no set-up: an office in a folder that goes away afterwards.

    \b
    mgtui demo
    mgtui --data /tmp/demo demo --headless     keeps the office in that folder
    """
    _config, data, _operator = ctx.find_root().obj
    headless = headless or not (sys.stdin.isatty() and sys.stdout.isatty())
    with tempfile.TemporaryDirectory(prefix="mgtui-demo-") as folder:
        try:
            office = open_demo(data if data and headless else Path(folder))
        except NoSampleMail as error:
            raise click.ClickException(fault_in_words(str(error))) from None
        try:
            service = build_grabber(office.application, "demo", report)
            (_headless if headless else _screens)(office, service)
        finally:
            office.application.close()


def _headless(demo: Demo, service: Service) -> None:
    say(f"{service.grabber.name}: {service.once()}")
    for number, path in enumerate(demo.waiting, start=1000):
        deliver(demo.maildir, path, number)
    say(f"{service.grabber.name}: {service.once()}")
    application = demo.application
    told = _("The last {shown} of {number} events:").format(shown=SHOWN, number=application.store.head())
    click.echo(f"\n{told}")
    newest = list(application.ask.events(backwards=True, limit=SHOWN))
    for recorded in reversed(newest):
        click.echo(in_one_line(recorded))
    for queue, title in (
        ("bounces", N_("The queue: bounces that need a person")),
        ("imports", N_("The import list")),
    ):
        click.echo(f"\n{_(title)}:")
        print_records(application.ask.open_items(queue), False, COLUMNS)
    counts = application.ask.open_counts()
    kinds = application.ask.kinds()
    click.echo("\n" + ", ".join(f"{number} {word(kind)}" for kind, number in kinds.items()))
    told = _("{suppressed} addresses suppressed, {bounces} bounces and {imports} letters wait for a person")
    click.echo(told.format(suppressed=len(application.ask.suppressions()), **counts))


def _screens(demo: Demo, service: Service) -> None:
    from mgtui.tui import run_screens

    stop = threading.Event()
    # What a grabber says would spoil the screen; the events and the mailbox screen say it better.
    service.report = lambda _name, _text, _is_error: None
    threads = [*run_all([service], stop), keep_arriving(demo, stop, PAUSE)]
    try:
        run_screens(demo.application, [service])
    finally:
        stop.set()
        for thread in threads:
            thread.join()
