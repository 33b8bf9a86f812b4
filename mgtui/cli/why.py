"""`mgtui why`: the decision card."""

import click

from eventstore import Recorded
from mgtui.cli.common import as_of_option, asking, json_option, print_json
from mgtui.language import _
from mgtui.moments import stamp
from mgtui.retelling import actor_in_words, word
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
            told = _("nothing is known of {subject}: it is neither a mail's id nor a contact's")
            raise click.ClickException(told.format(subject=subject))
        for recorded in story:
            if as_json:
                print_json(record_of(recorded))
            else:
                _tell(recorded)


def _tell(recorded: Recorded) -> None:
    when = stamp(recorded.recorded_at)
    cause = "  " + _("because of {event}").format(event=recorded.cause) if recorded.cause else ""
    click.echo(f"{recorded.position:>7}  {when}  {recorded.type:18} {words_of(recorded)}")
    click.echo(f"{'':9}{harmless(actor_in_words(recorded.actor))}{cause}")
    for verdict in recorded.data.get("recipients", ()):
        judged = f"{word(verdict['severity'])}, {word(verdict['reason'])}"
        said = f"{verdict['recipient']}: {judged}, {verdict['status'] or '-'}"
        click.echo(f"{'':9}{harmless(said)}")
        line = _("line {number}").format(number=verdict["line"])
        click.echo(f"{'':9}{line}: {harmless(verdict['text'])}")
