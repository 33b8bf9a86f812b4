"""`mgtui demo`."""

import sys
import tempfile
import threading
from pathlib import Path

import click

from mgtui.bootstrap import build_grabber
from mgtui.cli.common import print_records, say
from mgtui.cli.reviews import COLUMNS
from mgtui.demo import Demo, NoSampleMail, deliver, keep_arriving, open_demo
from mgtui.grabber import Service, run_all
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
    _, data, _ = ctx.find_root().obj
    headless = headless or not (sys.stdin.isatty() and sys.stdout.isatty())
    with tempfile.TemporaryDirectory(prefix="mgtui-demo-") as folder:
        try:
            office = open_demo(data if data and headless else Path(folder))
        except NoSampleMail as error:
            raise click.ClickException(str(error)) from None
        try:
            service = build_grabber(office.application, "demo", lambda name, text, _: say(f"{name}: {text}"))
            (_headless if headless else _screens)(office, service)
        finally:
            office.application.close()


def _headless(demo: Demo, service: Service) -> None:
    say(f"demo: {service.once()}")
    for number, path in enumerate(demo.waiting, start=1000):
        deliver(demo.maildir, path, number)
    say(f"demo: {service.once()}")
    application = demo.application
    click.echo(f"\nThe last {SHOWN} of {application.store.head()} events:")
    newest = list(application.ask.events(backwards=True, limit=SHOWN))
    for recorded in reversed(newest):
        click.echo(in_one_line(recorded))
    for queue, title in (
        ("bounces", "The queue: bounces that need a person"),
        ("imports", "The import list"),
    ):
        click.echo(f"\n{title}:")
        print_records(application.ask.open_items(queue), False, COLUMNS)
    counts = application.ask.open_counts()
    kinds = application.ask.kinds()
    click.echo("\n" + ", ".join(f"{number} {kind}" for kind, number in kinds.items()))
    click.echo(
        f"{len(application.ask.suppressions())} addresses suppressed, {counts['bounces']} bounces and "
        f"{counts['imports']} letters wait for a person"
    )


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
