"""One round of each grabber, for `mgtui grab --once` and `--dry-run`."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

import click

from mgtui.apart import Start
from mgtui.cli.common import ProgressLine, office, print_json, say
from mgtui.cli.failures import TRY_AGAIN, exit_code
from mgtui.cli.foreseeing import tell_foreseen
from mgtui.cli.serving import outbox_of, send, services_of, suit_the_interpreter
from mgtui.faults import fault_in_words
from mgtui.grabber import Service
from mgtui.mailbox import Mailbox


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for."""

    names: tuple[str, ...]  #: of grabbers, () for all
    dry_run: bool
    limit: int | None
    since: date | None
    as_json: bool


def run_rounds(ctx: click.Context, asked: Asked, start: Start | None, opened: Mapping[str, Mailbox]) -> int:
    """Take in what is there now, or say what would be done with it; give the exit code."""
    with office(ctx) as application:
        services = services_of(application, asked.names, start, opened)
        suit_the_interpreter()
        for service in services:
            service.grabber.limit, service.grabber.since = asked.limit, asked.since
        if asked.dry_run:
            return _each(services, asked.as_json, tell_foreseen)
        application.note_rules()
        code = _each(services, asked.as_json, _once)
        outbox = outbox_of(application)
        if outbox:
            send(outbox)
        return code


def _each(services: list[Service], as_json: bool, work: Callable[[Service, bool], None]) -> int:
    """Work on each grabber, go on when one fails, and give the exit code of the worst."""
    codes = [0]
    for service in services:
        try:
            work(service, as_json)
        except Exception as error:
            code = exit_code(error)
            if code is None:
                raise
            codes.append(code)
            say(f"{service.grabber.name}: {fault_in_words(str(error))}")
    return 1 if 1 in codes else TRY_AGAIN if TRY_AGAIN in codes else 0


def _once(service: Service, as_json: bool) -> None:
    name = service.grabber.name
    line = ProgressLine(name)
    service.grabber.progress = line
    try:
        done = service.once()
    finally:
        line.end()
    if as_json:
        print_json({"grabber": name, **asdict(done)})
    else:
        say(f"{name}: {done}")
