"""A rule told: when it speaks, what then happens, how often it did; and what other rules would do. Pure."""

from collections.abc import Sequence

from eventstore import Recorded
from mgtui.language import _, figures
from mgtui.moments import day, moment
from mgtui.retelling import retold, word
from mgtui.rules import conditions, effect
from mgtui.rulings import BUILT_IN, LATELY, Ruling
from mgtui.tables import name_of
from mgtui.tui.paint import Ink, Line, field
from mgtui.tui.telling import columns
from mgtui.whatif import Difference


def draw(ruling: Ruling, width: int) -> Line:
    """Lay out one rule."""
    name, then = widths(width)
    ink: Ink = "" if ruling.rule else "dim"
    last = day(ruling.last_at) or _("never")
    does = ", ".join(word(name_of(action)) for action in ruling.rule.then) if ruling.rule else ""
    goes_on = " …" if ruling.rule and ruling.rule.go_on else ""
    return columns(
        (f"{ruling.place or '-':>2}", 2, "dim"),
        (retold(ruling.name) + goes_on, name, ink),
        (f"{figures(ruling.hits):>8}", 8, ink),
        (f"{figures(ruling.lately):>7}", 7, "accent" if ruling.lately else "dim"),
        (last, 10, "dim"),
        (does or _("nothing more"), then, "dim"),
    )


def head(width: int) -> Line:
    """Name the columns of `draw`, for the line above them."""
    name, then = widths(width)
    return columns(
        ("", 2, "dim"),
        (_("rule"), name, "dim"),
        (f"{_('hits'):>8}", 8, "dim"),
        (f"{_('30 days'):>7}", 7, "dim"),
        (_("last"), 10, "dim"),
        (_("then"), then, "dim"),
    )


def widths(width: int) -> tuple[int, int]:
    """Give the widths of a rule's name and of what it does, which is left out where there is no room."""
    then = max(width - 66, 0) if width >= 76 else 0
    return max(width - 33 - then - bool(then), 10), then


def rule_lines(ruling: Ruling, latest: Sequence[Recorded], width: int) -> list[Line]:
    """Tell a rule, and the newest decisions it made."""
    rule = ruling.rule
    if rule is None:
        built_in = _("built in: a bounce of the one mail on trial suppresses again")
        told = built_in if ruling.name == BUILT_IN else _("no longer in force; it decided before")
        lines = field(_("state"), told, width, "warn")
    else:
        lines = []
        for number, text in enumerate(list(conditions(rule.when)) or [_("always")]):
            lines += field(_("and") if number else _("when"), text, width)
        for number, text in enumerate([*map(effect, rule.then)] or [_("nothing more")]):
            lines += field("" if number else _("then"), text, width, "accent")
        after = _("the next rules may add to it") if rule.go_on else _("no rule below is asked")
        lines += field(_("after it"), after, width, "dim")
    told = _("{hits} in all, {lately} within {days} days").format(
        hits=figures(ruling.hits), lately=figures(ruling.lately), days=LATELY
    )
    lines += field(_("hits"), told, width, "strong")
    for number, recorded in enumerate(latest):
        text = f"{moment(recorded.recorded_at)}  #{recorded.position}  {retold(recorded.data['why'])}"
        lines += field("" if number else _("latest"), text, width, "dim")
    return lines


def difference_line(difference: Difference, width: int) -> Line:
    """Lay out a mail that other rules would decide otherwise."""
    sender = max(20, min(34, width // 3))
    would = "; ".join(difference.would_be) or _("nothing")
    return columns(
        (str(difference.position), 7, "dim"),
        (difference.sender or _("nobody"), sender, ""),
        (f"→ {would}", width - sender - 10, "accent"),
    )


def difference_lines(difference: Difference, width: int) -> list[Line]:
    """Tell what was decided on a mail, and what would be."""
    lines = field(_("from"), difference.sender or _("nobody (null sender)"), width)
    lines += field(_("subject"), difference.subject or _("(none)"), width)
    for label, told, ink in ((_("was"), difference.was, ""), (_("would be"), difference.would_be, "accent")):
        for number, text in enumerate(told or (_("nothing"),)):
            lines += field("" if number else label, text, width, "accent" if ink else "")
    return lines
