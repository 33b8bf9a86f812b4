"""`mgtui classify`: what is this mail? Works on files, folders and standard input, on all cores."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from mgtui.faults import fault_in_words
from mgtui.language import _, figures


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a mail, a line each.")
@click.option(
    "--reasons", type=click.Path(exists=True, dir_okay=False), help="A table of your own, which speaks first."
)
@click.option("--explain", is_flag=True, help="Show every reader that looked, and why the winner won.")
@click.pass_context
def classify(
    ctx: click.Context, paths: Sequence[str], as_json: bool, reasons: str | None, explain: bool
) -> None:
    """Say what mails are: bounce, complaint, automatic reply ..., for whom, and why.

    PATH is a file, a folder (with all below it), or - for standard input.

    \b
    mgtui classify bounce.eml
    mgtui classify --json Maildir/new | jq .kind
    mgtui classify --explain bounce.eml
    mgtui classify --reasons reasons.toml --explain bounce.eml
    """
    from mgtui.cli.classifying import answers

    site = _table(reasons) if reasons else ""

    missing = [path for path in paths if path != "-" and not Path(path).exists()]
    for path in missing:
        told = _("{path}: no such file or folder")
        click.echo(f"mgtui: {told.format(path=_shown(path))}", err=True)
    files = list(_files(path for path in paths if path not in missing))
    unreadable = 0
    out = sys.stdout
    for done, (failed, text) in enumerate(answers(files, _mode(as_json, explain), site), start=1):
        unreadable += failed
        if failed:
            click.echo(f"mgtui: {fault_in_words(text)}", err=True)
        else:
            out.write(text)
        if done % 100 == 0:
            _progress(done, len(files))
    out.flush()
    _progress(0, 0)
    ctx.exit(1 if missing or unreadable else 0)


def _mode(as_json: bool, explain: bool) -> str:
    return "json" if as_json else "explain" if explain else "text"


def _table(file: str) -> str:
    """Read a table of the operator's, and check it before any mail is read."""
    from mgtui.sites import SiteError, read_site

    try:
        return read_site(Path(file))
    except SiteError as error:
        raise click.ClickException(str(error)) from None


def _files(paths: Iterator[str]) -> Iterator[str]:
    """Give every file of the arguments, folders gone through in order of name."""
    for path in paths:
        if path == "-" or not Path(path).is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders.sort()
            for name in sorted(names):
                yield os.path.join(folder, name)  # noqa: PTH118 - ten times faster for many files


def _progress(done: int, of: int) -> None:
    """Say on the terminal how far it has come; nothing where nobody watches."""
    if sys.stderr.isatty() and (not sys.stdout.isatty() or not of):
        told = _("{done} of {number} mails").format(done=figures(done), number=figures(of))
        sys.stderr.write(f"\r{told}" if of else "\r\x1b[K")
        sys.stderr.flush()


def _shown(path: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in path)
