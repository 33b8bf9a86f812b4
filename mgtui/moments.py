"""Days and times as this machine's clock shows them, and as the reader's language writes them."""

import re
from datetime import date, datetime

from mgtui.language import _

DAY = re.compile(r"\d{4}-\d\d-\d\d")  #: a day as the log has it


def local(when: str | datetime | None) -> datetime | None:
    """Give a moment as this machine's clock shows it; None for what is no moment."""
    if isinstance(when, str):
        try:
            when = datetime.fromisoformat(when)
        except ValueError:
            return None
    return when.astimezone() if when else None


def day(when: str | date | None) -> str:
    """Write the day of a moment, or a day; "" for what is neither."""
    if isinstance(when, date) and not isinstance(when, datetime):
        return when.strftime(_("%Y-%m-%d"))
    found = local(when)
    return found.strftime(_("%Y-%m-%d")) if found else ""


def moment(when: str | datetime | None) -> str:
    """Write a moment to the minute."""
    found = local(when)
    return found.strftime(_("%Y-%m-%d %H:%M")) if found else ""


def stamp(when: datetime) -> str:
    """Write a moment to the second, by the clock it was recorded with."""
    return f"{when.strftime(_('%Y-%m-%d'))} {when:%H:%M:%S}"


def clock(when: str | datetime | None) -> str:
    """Write the time of day."""
    found = local(when)
    return found.strftime("%H:%M:%S") if found else ""
