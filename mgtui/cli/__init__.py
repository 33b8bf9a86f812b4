"""The command line: a thin door to `Application`. Each command's module is imported when it is called."""

from mgtui.cli.main import cli, run

__all__ = ["cli", "run"]
