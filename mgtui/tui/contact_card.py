"""The card of a contact: addresses, lists, counts, suppressions and letters. Pure."""

from datetime import date

from mgtui.language import _
from mgtui.questions import Row
from mgtui.tui.paint import Line, field
from mgtui.tui.telling import day, words

COUNTED = ("hard", "soft", "refused", "undetermined")


def contact_lines(contact: Row, today: date, width: int) -> list[Line]:
    """Lay out a contact, what stops mail to it first."""
    lines: list[Line] = []
    for row in contact["suppressions"]:
        lines += _suppression(row, today, width)
    for number, address in enumerate(contact["addresses"]):
        lines += field("" if number else "addresses", address, width)
    lines += field("lists", ", ".join(contact["lists"]) or "none", width)
    for row in contact["bounces"]:
        counts = ", ".join(f"{row[name]} {name}" for name in COUNTED if row[name])
        last = f"last {row['last_day']}: {words(row['last_reason'])} {row['last_status'] or ''}"
        lines += field("bounces", f"{row['address']}: {counts}; {last}", width, "warn")
    if contact["fields"]:
        lines += field("fields", ", ".join(contact["fields"]), width, "dim")
    for number, row in enumerate(contact["documents"]):
        sign = "←" if row["direction"] == "incoming" else "→"
        clip = f" (+{row['attachments']})" if row["attachments"] else ""
        text = f"{day(row['sent_at'] or row['filed_at'])} {sign} {row['subject'] or '(no subject)'}{clip}"
        lines += field("" if number else "letters", text, width)
    if not contact["documents"]:
        lines += field("letters", "none filed", width, "dim")
    return lines


def _suppression(row: Row, today: date, width: int) -> list[Line]:
    ended = bool(row["until"]) and today >= date.fromisoformat(row["until"])
    until = f"until {row['until']}" if row["until"] else "for good"
    state = f"ended {row['until']}" if ended else f"suppressed {until}"
    text = f"{row['address']} {state}, since {day(row['since'])}"
    lines = field("ended" if ended else "! stopped", text, width, "dim" if ended else "bad")
    by = _("rule “{rule}”").format(rule=row["rule"]) if row["rule"] else row["actor"]
    return lines + field(_("because"), f"{by}: {row['why']} (#{row['event']})", width, "dim")
