"""Readers of the prose that mail servers write, one for each kind of server."""

from mgtui.report.parsed import Dialect

DIALECTS: tuple[Dialect, ...] = ()

__all__ = ["DIALECTS"]
