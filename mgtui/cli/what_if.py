"""`mgtui what-if`."""

from dataclasses import asdict
from pathlib import Path

import click

from mgtui.bootstrap_acting import names_of
from mgtui.cli.common import json_option, office, print_json, read_input, say
from mgtui.language import _, counted
from mgtui.rules import load_rules
from mgtui.whatif import Difference
from mgtui.wording import harmless


@click.command("what-if")
@click.argument("file", metavar="RULES", type=click.Path(path_type=Path))
@json_option
@click.pass_context
def what_if_command(ctx: click.Context, file: Path, as_json: bool) -> None:
    """Show which mails of the log RULES would have decided otherwise; nothing is changed.

    \b
    mgtui what-if new-rules.toml
    """
    text = read_input(file).decode("utf-8", "replace")
    with office(ctx) as application:
        loaded = load_rules(text, str(file), names_of(application.settings.config))
        found = 0
        for difference in application.what_if(loaded):
            found += 1
            if as_json:
                print_json(asdict(difference))
            else:
                _tell(difference)
        say(counted(found, "{} mail would be decided otherwise", "{} mails would be decided otherwise"))


def _tell(difference: Difference) -> None:
    head = f"{difference.position:>7}  {difference.mail_id[:10]}  {difference.sender}  {difference.subject}"
    click.echo(harmless(head))
    for heading, outcome in ((_("was:"), difference.was), (_("would be:"), difference.would_be)):
        click.echo(harmless(f"{'':9}{heading:9} {'; '.join(outcome) or _('nothing')}"))
