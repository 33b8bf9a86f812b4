"""`mgtui undo`."""

import click

from mgtui.cli.common import finish, json_option, office
from mgtui.commands import UndoEvent


@click.command()
@click.argument("event", type=int)
@click.option("--why", default="", help="Why it is taken back, for the log.")
@json_option
@click.pass_context
def undo(ctx: click.Context, event: int, why: str, as_json: bool) -> None:
    """Take EVENT back (its position in the log), with everything that followed from it.

    Suppressions, list removals, assignments, dismissals, documents, whole decisions (RuleApplied,
    MailClassified), and undos themselves. Refused, saying why, where something later depends on it.

    \b
    mgtui undo 512 --why "the server was wrong"
    """
    with office(ctx) as application:
        finish(ctx, application.execute(UndoEvent(event, why)), as_json)
