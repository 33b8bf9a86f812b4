"""Events of the past as lines of a list, and one of them at length. Pure."""

import json
from datetime import datetime

from eventstore import Commit, Recorded
from mgtui.language import _
from mgtui.moments import day, local, moment
from mgtui.retelling import actor_in_words
from mgtui.story import words_of
from mgtui.tui.paint import INDENT, Line, field
from mgtui.tui.telling import SIGNS, columns, verdict_lines

WIDE = 100


def draw(recorded: Recorded, width: int) -> Line:
    """Lay out one event with the moment it was recorded."""
    sign, ink = SIGNS.get(recorded.type, ("·", ""))
    text = words_of(recorded)
    if width < WIDE:
        when, fixed = short(recorded.recorded_at), 13
    else:
        when, fixed = moment(recorded.recorded_at), 17
    subject = recorded.stream.partition("-")[2]
    return columns(
        (f"{recorded.position}", 7, "dim"),
        (when, fixed - 1, "dim"),
        (sign, 1, ink),
        (recorded.type, 18, ink),
        (subject[:8], 8, "dim"),
        (text, width - fixed - 39, "dim" if ink == "dim" else ""),
    )


def short(when: datetime) -> str:
    """Write a moment without its year."""
    found = local(when)
    return found.strftime(_("%m-%d %H:%M")) if found else ""


def at_length(recorded: Recorded, width: int) -> list[Line]:
    """Tell an event with its envelope and every field."""
    sign, ink = SIGNS.get(recorded.type, ("·", ""))
    lines = field(sign, words_of(recorded), width, ink or "strong")
    lines += field(
        _("who"),
        f"{actor_in_words(recorded.actor) or _('nobody named')}, {moment(recorded.recorded_at)}",
        width,
    )
    lines += field(_("stream"), f"{recorded.stream}, {recorded.version}", width)
    if recorded.cause:
        lines += field(_("because"), f"#{recorded.cause}", width, "accent")
    if recorded.correlation:
        lines += field(_("affair"), recorded.correlation, width, "dim")
    for verdict in recorded.data.get("recipients", ()):
        lines += verdict_lines(verdict, width)
    for name, value in recorded.data.items():
        if name != "recipients" and value not in (None, "", [], (), {}):
            lines += field(*_named(name, _shown(value)), width)
    shape = _("shape {version}").format(version=recorded.schema_version)
    return lines + field(_("digest"), f"{recorded.digest} · {shape}", width, "dim")


def commit_lines(commit: Commit | None, width: int) -> list[Line]:
    """Tell the commit that an event came in with."""
    if commit is None:
        return []
    span = f"#{commit.first_position}"
    if commit.last_position > commit.first_position:
        span += f" – #{commit.last_position}"
    lines = field(_("commit"), span, width, "dim")
    if commit.key:
        lines += field(_("key"), commit.key, width, "dim")
    return lines + field(_("chain"), commit.chain, width, "dim")


def _named(name: str, shown: str) -> tuple[str, str]:
    """Give a field's name and what it holds; a name that is too long for its place stands before that."""
    return (name, shown) if len(name) <= INDENT - 2 else ("", f"{name}: {shown}")


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def title(recorded: Recorded) -> Line:
    """Head an event told at length."""
    when = day(recorded.recorded_at)
    return ((f"#{recorded.position}", "strong"), (f"  {recorded.type}", "accent"), (f"  {when}", "dim"))
