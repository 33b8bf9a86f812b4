"""`mgtui events`."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from eventstore import Recorded, export_log, import_log
from mgtui.application import Application
from mgtui.cli.common import json_option, office, print_json, say, settings_of
from mgtui.faults import fault_in_words
from mgtui.language import _, counted
from mgtui.story import in_one_line, record_of

FOLLOW_SECONDS = 3600.0  #: how long one wait may take before it is made anew


@click.group(invoke_without_command=True)
@click.option("--follow", is_flag=True, help="Go on with new events as they come.")
@click.option("--type", "types", multiple=True, help="Only events of this type; may be given again.")
@click.option("--stream", help="Only events of this stream, or of a category such as mail.")
@click.option("--after", type=int, default=0, help="Only events after this position.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]), help="Only since (UTC).")
@click.option("--last", type=int, help="Only the last N that fit.")
@json_option
@click.pass_context
def events(
    ctx: click.Context,
    follow: bool,
    types: tuple[str, ...],
    stream: str | None,
    after: int,
    since: datetime | None,
    last: int | None,
    as_json: bool,
) -> None:
    """Read or follow the log.

    \b
    mgtui events --follow
    mgtui events --type AddressSuppressed --since 2026-11-01
    mgtui events --stream contact-K-1002 --json
    mgtui events export log.jsonl
    """
    if ctx.invoked_subcommand is not None:
        return
    with office(ctx) as application:
        found: Iterable[Recorded] = _read(application, types, stream, after)
        if last is not None:
            found = _last(application, types, stream, after, last)
        if since is not None:
            moment = since.replace(tzinfo=UTC)
            found = (recorded for recorded in found if recorded.recorded_at >= moment)
        seen = application.store.head()
        for recorded in found:
            _print(recorded, as_json)
            seen = max(seen, recorded.position)
        while follow:
            if application.store.wait(seen, FOLLOW_SECONDS):
                head = application.store.head()
                for recorded in _read(application, types, stream, seen):
                    _print(recorded, as_json)
                    head = max(head, recorded.position)
                seen = head


@events.command("export")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), default="-")
@click.pass_context
def export_events(ctx: click.Context, file: Path) -> None:
    """Write the whole log as JSON Lines that verify on the other side."""
    settings = settings_of(ctx)
    if not settings.log_file.exists():
        raise click.ClickException(
            _("{file} isn't there; `mgtui grab --once` makes it").format(file=settings.log_file)
        )
    written = 0
    with click.open_file(str(file), "w", encoding="utf-8", lazy=False, atomic=str(file) != "-") as target:
        for line in export_log(settings.log_file):
            target.write(f"{line}\n")
            written += 1
    say(counted(written, "{} line", "{} lines"))


@events.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.pass_context
def import_events(ctx: click.Context, file: Path) -> None:
    """Read an export into a new, empty log and verify it."""
    settings = settings_of(ctx)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with click.open_file(str(file), "r", encoding="utf-8") as source:
            report = import_log(settings.log_file, source)
    except OSError as error:
        raise click.ClickException(fault_in_words(f"{file}: {error.strerror}")) from None
    except ValueError as error:
        raise click.ClickException(fault_in_words(str(error))) from None
    state = _("the log is whole") if report.whole else fault_in_words(report.findings[0].text)
    say(f"{counted(report.events, '{} event', '{} events')}, {state}")
    ctx.exit(0 if report.whole else 1)


def _read(
    application: Application, types: tuple[str, ...], stream: str | None, after: int
) -> Iterator[Recorded]:
    if stream and "-" in stream:
        return (
            recorded
            for recorded in application.store.read_stream(stream)
            if recorded.position > after and (not types or recorded.type in types)
        )
    return application.ask.events(after=after, types=types or None, category=stream)


def _last(
    application: Application, types: tuple[str, ...], stream: str | None, after: int, number: int
) -> Iterable[Recorded]:
    if stream and "-" in stream:
        return list(_read(application, types, stream, after))[-number:]
    newest = application.ask.events(
        after=after, types=types or None, category=stream, backwards=True, limit=number
    )
    return reversed(list(newest))


def _print(recorded: Recorded, as_json: bool) -> None:
    if as_json:
        print_json(record_of(recorded))
    else:
        click.echo(in_one_line(recorded))
