"""Where a command's records go: standard output, or a file that is there whole or not at all."""

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

import click

from mgtui.faults import fault_in_words

MANY = 1000  #: lines written at a time


def write_lines(lines: Iterable[str], file: Path | None) -> None:
    """Write lines, each with its end, to standard output or to a file in one step.

    A file is written beside its place and moved there when it is complete, so that whoever reads it sees the
    old one or the new one; its mode stays, and a new one is its owner's only. Raises
    `click.ClickException` with one line.
    """
    if file is None or str(file) == "-":
        _put(lines, sys.stdout)
        sys.stdout.flush()
        return
    try:
        _replace(lines, file)
    except OSError as error:
        raise click.ClickException(fault_in_words(f"{file}: {error.strerror}")) from None


def _replace(lines: Iterable[str], file: Path) -> None:
    target = file.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            _put(lines, out)
            out.flush()
            if target.exists():
                os.fchmod(handle, target.stat().st_mode & 0o7777)
            os.fsync(handle)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _put(lines: Iterable[str], out: TextIO) -> None:
    write = out.write
    waiting: list[str] = []
    for line in lines:
        waiting.append(line)
        if len(waiting) >= MANY:
            write("".join(waiting))
            waiting.clear()
    write("".join(waiting))
