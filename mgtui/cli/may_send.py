"""`mgtui may-send`."""

import sys
from collections.abc import Iterator
from dataclasses import asdict

import click

from mgtui.application import Application
from mgtui.cli.common import as_json_line, as_of_option, asking, json_option, settings_of
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
@as_of_option
@json_option
@click.pass_context
def may_send(
    ctx: click.Context,
    addresses: tuple[str, ...],
    category: str,
    sending: bool,
    as_of: int | None,
    as_json: bool,
) -> None:
    """May mail of a category go to ADDRESSES? Exit code 0 if to all of them, 1 if not.

    \b
    mgtui may-send erika@example.org --category newsletter
    mgtui may-send - --category invoice < addresses.txt
    """
    if sending and as_of is not None:
        raise click.UsageError(_("nothing can be sent in the past; leave out --sending or --as-of"))
    with asking(ctx, as_of) as asked:
        known = settings_of(ctx).config.categories
        if category not in known:
            none = _("there is no category {category}; the configuration has {known}")
            names = ", ".join(known) or _("none")
            raise click.UsageError(none.format(category=repr(category), known=names))
        wanted = sys.stdin.read().split() if addresses == ("-",) else addresses
        refused = False

        def told() -> Iterator[str]:
            nonlocal refused
            for answer in asked.may_send_all(wanted, category):
                refused |= not answer.may_send
                if (
                    sending
                    and answer.may_send
                    and answer.event is not None
                    and isinstance(asked, Application)
                ):
                    asked.execute(NoteSending(answer.address, category))
                yield as_json_line(asdict(answer)) if as_json else _line(answer)

        write_lines(told(), None)
        ctx.exit(1 if refused else 0)


def _line(answer: Answer) -> str:
    return (
        harmless(f"{_('yes') if answer.may_send else _('no'):4} {answer.address}: {retold(answer.reason)}")
        + "\n"
    )
