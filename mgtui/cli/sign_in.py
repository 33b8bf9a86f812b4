"""`mgtui sign-in`."""

import click

from mgtui.cli.common import say, settings_of
from mgtui.language import _
from mgtui.mailbox import GoogleToken, MicrosoftToken
from mgtui.settings import ImapTable
from mgtui.signing_in import secret_of


@click.command("sign-in")
@click.argument("grabber")
@click.pass_context
def sign_in(ctx: click.Context, grabber: str) -> None:
    """Sign in, in a browser, to the mailbox of GRABBER, so that it can be read from then on.

    What that gives is kept in the data folder, readable by its owner only, and renewed before it ends.

    \b
    mgtui sign-in bounces
    """
    settings = settings_of(ctx)
    table = settings.config.grabbers.get(grabber)
    source = secret_of(settings, table) if isinstance(table, ImapTable) else None
    if not isinstance(table, ImapTable) or not isinstance(source, GoogleToken | MicrosoftToken):
        told = _("there is no grabber {grabber} with an `oauth` table")
        raise click.ClickException(told.format(grabber=repr(grabber)))
    source.sign_in(table.user, say_lines)
    say(_("{user} is signed in").format(user=table.user))


def say_lines(text: str) -> None:
    """Narrate a text of several lines."""
    for line in text.splitlines():
        say(line)
