"""Which addresses are suppressed today, and which were lifted since somebody last asked."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from mgtui.rows import Row
from mgtui.sending import closed

if TYPE_CHECKING:
    from mgtui.questions import Questions


def suppressed_in(ask: "Questions", category: str, today: date, since: int) -> Iterator[Row]:
    """Give the addresses suppressed in a category (any, where it is ""), then those lifted after a position."""
    after = since
    while rows := ask.suppressions(after):
        after = rows[-1]["event"]
        yield from ({**row, "state": "suppressed"} for row in rows if closed(row, category, today))
    if since:
        yield from _lifted(ask, category, today, since)


def _lifted(ask: "Questions", category: str, today: date, since: int) -> Iterator[Row]:
    seen: set[str] = set()
    for recorded in ask.store.read(types=["SuppressionLifted"], after=since):
        address = recorded.data.get("address", "")
        if address and address not in seen:
            seen.add(address)
            if not any(closed(row, category, today) for row in ask.suppressions_of(address)):
                blank = dict.fromkeys(("until", "rule", "mail_id"), None)
                at = recorded.recorded_at.isoformat()
                told = {"contact_id": recorded.data["contact_id"], "why": recorded.data["why"]}
                yield {
                    **blank, **told, "address": address, "state": "lifted", "categories": (),
                    "since": at, "event": recorded.position, "actor": recorded.actor,
                }  # fmt: skip
