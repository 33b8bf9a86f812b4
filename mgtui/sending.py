"""May this address be written to? The answer, and which suppressions speak against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from projections.fields import as_list

Row = dict[str, Any]
TRIAL_DAYS = 14  #: how long the one mail of an address on trial has time to bounce


@dataclass(frozen=True, slots=True)
class Answer:
    """May this address be written to, and why; `event` is the position of the suppression that spoke."""

    address: str
    category: str
    may_send: bool
    reason: str
    event: int | None = None


def answer(address: str, category: str, always: bool, found: Sequence[Row], today: date) -> Answer:
    """Answer for an address, given all suppressions of it in this category, those that ended included."""
    standing = [row for row in found if row["until"] is None or today.isoformat() < row["until"]]
    if not standing:
        if found and not always:
            return _on_trial(address, category, found, today)
        return Answer(address, category, True, "nothing speaks against it")
    first = standing[0]
    until = f" until {first['until']}" if first["until"] else ""
    by = f"rule {first['rule']!r}" if first["rule"] else first["actor"] or "hand"
    why = f"suppressed{until} by {by}: {first['why']}"
    if always:
        return Answer(address, category, True, f"{category} is always sent; else {why}", first["event"])
    return Answer(address, category, False, why, first["event"])


def concerns(row: Row, category: str) -> bool:
    """Tell whether a suppression is about a category, or about any where it is ""."""
    kept = row["categories"]
    categories = kept if isinstance(kept, tuple) else as_list(kept)
    return not categories or not category or category in categories


def closed(row: Row, category: str, today: date) -> bool:
    """Tell whether a suppression forbids mail of a category (any, where it is "") today.

    One that has run out does while its one trial mail may still bounce.
    """
    if not concerns(row, category):
        return False
    return row["until"] is None or today < date.fromisoformat(row["until"]) or today < trial_over(row)


def trial_over(row: Row) -> date:
    """Give the day from which a trial mail that didn't bounce counts as delivered; `date.min` without one."""
    return date.fromisoformat(row["probed"]) + timedelta(days=TRIAL_DAYS) if row["probed"] else date.min


def _on_trial(address: str, category: str, rows: Sequence[Row], today: date) -> Answer:
    """Answer for an address whose suppression has run out: it gets one mail, and then we wait and see."""
    last = max(rows, key=lambda row: (row["probed"] or "", row["event"]))
    if last["probed"]:
        over = trial_over(last)
        if today < over:
            why = f"on trial: its one mail went out on {last['probed']}; if nothing bounces, more from {over} on"
            return Answer(address, category, False, why, last["event"])
        why = f"its trial mail of {last['probed']} didn't bounce"
    else:
        why = f"on trial since {last['until']}: one mail may go, the next bounce suppresses it again"
    return Answer(address, category, True, why, last["event"])
