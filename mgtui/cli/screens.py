"""The screens, opened from the command line."""

import click

from mgtui.cli.common import office


def open_screens(ctx: click.Context) -> None:
    """Open the TUI on the office."""
    with office(ctx) as application:
        from mgtui.tui import run_screens

        run_screens(application)
