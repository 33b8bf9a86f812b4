"""The screens, opened from the command line."""

import threading

import click

from mgtui.application import Application
from mgtui.cli.common import office


def open_screens(ctx: click.Context, grab: bool = False) -> None:
    """Open the TUI on the office; with `grab` its mailboxes are read, and notices sent, while it is open."""
    with office(ctx) as application:
        if grab:
            _grabbing(application)
            return
        from mgtui.tui import run_screens

        run_screens(application)


def _grabbing(application: Application) -> None:
    from mgtui.cli.serving import services_of, start_sending
    from mgtui.grabber import run_all
    from mgtui.tui import run_screens

    services = services_of(application)
    for service in services:
        # What a grabber says would spoil the screen; the events and the mailbox screen say it better.
        service.report = lambda _name, _text, _is_error: None
    application.note_rules()
    stop = threading.Event()
    threads = [*run_all(services, stop), *start_sending(application, stop, lambda _: None)]
    try:
        run_screens(application, services)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
