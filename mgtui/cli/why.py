"""`mgtui why`: the decision card."""

import click

from eventstore import Recorded
from mgtui.cli.common import as_of_option, asking, json_option, print_json
from mgtui.story import record_of, words_of
from mgtui.wording import harmless


@click.command()
@click.argument("subject")
@as_of_option
@json_option
@click.pass_context
def why(ctx: click.Context, subject: str, as_of: int | None, as_json: bool) -> None:
    """Show why a mail or a contact was decided so: evidence, rule, counts and who, in order.

    SUBJECT is a mail's id (or the beginning of it) or a contact's id.

    \b
    mgtui why 3fa9c2
    mgtui why K-1002
    mgtui why K-1002 --as-of 4711          what was known when the log ended there
    """
    with asking(ctx, as_of) as asked:
        story = asked.ask.story(subject)
        if not story:
            raise click.ClickException(
                f"nothing is known of {subject}: it is neither a mail's id nor a contact's"
            )
        for recorded in story:
            if as_json:
                print_json(record_of(recorded))
            else:
                _tell(recorded)


def _tell(recorded: Recorded) -> None:
    when = recorded.recorded_at.strftime("%Y-%m-%d %H:%M:%S")
    cause = f"  because of {recorded.cause}" if recorded.cause else ""
    click.echo(f"{recorded.position:>7}  {when}  {recorded.type:18} {words_of(recorded)}")
    click.echo(f"{'':9}{harmless(recorded.actor)}{cause}")
    for verdict in recorded.data.get("recipients", ()):
        said = (
            f"{verdict['recipient']}: {verdict['severity']}, {verdict['reason']}, {verdict['status'] or '-'}"
        )
        click.echo(f"{'':9}{harmless(said)}")
        click.echo(f"{'':9}line {verdict['line']}: {harmless(verdict['text'])}")
