"""`mgtui may-send`."""

import sys
from collections.abc import Iterator
from dataclasses import asdict

import click

from mgtui.cli.common import as_json_line, json_option, office
from mgtui.cli.output import write_lines
from mgtui.commands import NoteSending
from mgtui.language import _
from mgtui.retelling import retold
from mgtui.sending import Answer
from mgtui.wording import harmless


@click.command()
@click.argument("addresses", nargs=-1, required=True)
@click.option("--category", required=True, help="Category of the mail that would go out.")
@click.option(
    "--sending", is_flag=True, help="The mail goes out now: an address on trial gets one, then waits."
)
@json_option
@click.pass_context
def may_send(
    ctx: click.Context, addresses: tuple[str, ...], category: str, sending: bool, as_json: bool
) -> None:
    """May mail of a category go to ADDRESSES? Exit code 0 if to all of them, 1 if not.

    \b
    mgtui may-send erika@example.org --category newsletter
    mgtui may-send - --category invoice < addresses.txt
    """
    with office(ctx) as application:
        known = application.settings.config.categories
        if category not in known:
            raise click.UsageError(
                f"there is no category {category!r}; the configuration has {', '.join(known) or 'none'}"
            )
        asked = sys.stdin.read().split() if addresses == ("-",) else addresses
        refused = False

        def told() -> Iterator[str]:
            nonlocal refused
            for answer in application.may_send_all(asked, category):
                refused |= not answer.may_send
                if sending and answer.may_send and answer.event is not None:
                    application.execute(NoteSending(answer.address, category))
                yield as_json_line(asdict(answer)) if as_json else _line(answer)

        write_lines(told(), None)
        ctx.exit(1 if refused else 0)


def _line(answer: Answer) -> str:
    return (
        harmless(f"{_('yes') if answer.may_send else _('no'):4} {answer.address}: {retold(answer.reason)}")
        + "\n"
    )
