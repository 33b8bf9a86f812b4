"""The command line: a thin door to `Application`."""

import click


@click.group()
def run() -> None:
    """Read an office's mailboxes."""


__all__ = ["run"]
