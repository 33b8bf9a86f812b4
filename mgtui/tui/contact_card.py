"""The card of a contact: addresses, lists, counts, suppressions and letters. Pure."""

from datetime import date

from mgtui.language import _
from mgtui.moments import day
from mgtui.questions import Row
from mgtui.retelling import actor_in_words, retold, word
from mgtui.tui.paint import Line, field
from mgtui.tui.telling import columns

COUNTED = ("hard", "soft", "refused", "undetermined")


def draw(contact: Row, width: int) -> Line:
    """Lay out one contact."""
    name = max(18, min(34, width * 2 // 5))
    return columns(
        (contact["contact_id"], 8, "dim"),
        (contact["name"], name, ""),
        (", ".join(contact["addresses"]), width - name - 11, "dim"),
    )


def contact_lines(contact: Row, today: date, width: int) -> list[Line]:
    """Lay out a contact, what stops mail to it first."""
    lines: list[Line] = []
    for row in contact["suppressions"]:
        lines += _suppression(row, today, width)
    for number, address in enumerate(contact["addresses"]):
        lines += field("" if number else _("addresses"), address, width)
    lines += field(_("lists"), ", ".join(contact["lists"]) or _("none"), width)
    for row in contact["bounces"]:
        counts = ", ".join(f"{row[name]} {word(name)}" for name in COUNTED if row[name])
        last = _("last {day}: {reason}").format(day=day(row["last_day"]), reason=word(row["last_reason"]))
        told = f"{row['address']}: {counts}; {last} {row['last_status'] or ''}"
        lines += field(_("bounces"), told, width, "warn")
    if contact["fields"]:
        lines += field(_("fields"), ", ".join(contact["fields"]), width, "dim")
    for number, row in enumerate(contact["documents"]):
        sign = "←" if row["direction"] == "incoming" else "→"
        clip = f" (+{row['attachments']})" if row["attachments"] else ""
        text = f"{day(row['sent_at'] or row['filed_at'])} {sign} {row['subject'] or _('(no subject)')}{clip}"
        lines += field("" if number else _("letters"), text, width)
    if not contact["documents"]:
        lines += field(_("letters"), _("none filed"), width, "dim")
    return lines


def _suppression(row: Row, today: date, width: int) -> list[Line]:
    ended = bool(row["until"]) and today >= date.fromisoformat(row["until"])
    if ended:
        told = _("{address} ended {until}, since {since}")
    elif row["until"]:
        told = _("{address} suppressed until {until}, since {since}")
    else:
        told = _("{address} suppressed for good, since {since}")
    text = told.format(address=row["address"], until=day(row["until"]), since=day(row["since"]))
    lines = field(_("ended") if ended else f"! {_('stopped')}", text, width, "dim" if ended else "bad")
    by = _("rule “{rule}”").format(rule=retold(row["rule"])) if row["rule"] else actor_in_words(row["actor"])
    because = f"{by}: {retold(row['why'])} (#{row['event']})"
    return lines + field(_("because"), because, width, "dim")
