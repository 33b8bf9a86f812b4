"""May a mail go to an address? The answer out of the suppressions that the read model has."""

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


def concerns(row: Row, category: str) -> bool:
    """Tell whether a suppression is about a category; one that names none is about all."""
    kept = row["categories"]
    categories = kept if isinstance(kept, tuple) else as_list(kept)
    return not categories or category in categories


def _trial_ends(row: Row) -> date:
    """Give the day by which the trial mail of an address has had time to bounce."""
    return date.fromisoformat(row["probed"]) + timedelta(days=TRIAL_DAYS)


def answer_of(address: str, category: str, always: bool, rows: Sequence[Row], today: date) -> Answer:
    """Answer by the suppressions of an address that concern a category, those that ran out included."""
    standing = [row for row in rows if _stands(row, today)]
    if standing:
        first = standing[0]
        why = _why_not(first, today)
        if always:
            return Answer(address, category, True, f"{category} is always sent; else {why}", first["event"])
        return Answer(address, category, False, why, first["event"])
    if not rows or always:
        return Answer(address, category, True, "nothing speaks against it")
    last = rows[-1]
    why = f"on trial since {last['until']}: one mail may go, the next bounce suppresses it again"
    if last["probed"]:
        why = f"its trial mail of {last['probed']} didn't bounce"
    return Answer(address, category, True, why, last["event"])


def _why_not(row: Row, today: date) -> str:
    if row["until"] is not None and row["until"] <= today.isoformat():
        return (
            f"on trial: its one mail went out on {row['probed']}; "
            f"if it doesn't bounce, more may go from {_trial_ends(row)} on"
        )
    until = f" until {row['until']}" if row["until"] else ""
    return f"suppressed{until} by rule {row['rule']!r}: {row['why']}"


def _stands(row: Row, today: date) -> bool:
    """Tell whether a suppression forbids anything: it hasn't run out, or the trial mail is under way."""
    if row["until"] is None or today.isoformat() < row["until"]:
        return True
    return row["probed"] is not None and today < _trial_ends(row)


def in_force(row: Row, category: str, today: date) -> bool:
    """Tell whether a suppression forbids mail of a category (of any, where it is "")."""
    return (not category or concerns(row, category)) and _stands(row, today)
