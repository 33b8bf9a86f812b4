"""The Date field (RFC 5322 section 3.3) as ISO 8601 in UTC."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
#: RFC 5322 section 4.3: hours east of UTC; names that aren't listed mean an unknown zone, read as UTC.
_ZONES: Final = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
_MORE_ZONES: Final = {"CET": 1, "MET": 1, "CEST": 2, "MEST": 2, "MESZ": 2, "JST": 9, "BST": 1, "MSK": 3}
_DATE: Final = re.compile(
    r"(\d{1,2})[ \t-]{1,4}([A-Za-z]{3})[a-z]{0,6}[ \t-]{1,4}(\d{2,4})[ \t]{1,4}"
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?[ \t]{0,4}(?:([+-])(\d{2}):?(\d{2})|\(?([A-Za-z]{1,5}))?"
)


def iso_date(value: str) -> str | None:
    """Give a Date field as ISO 8601 in UTC, None where it can't be read."""
    match = _DATE.search(value[:200])
    if match is None:
        return None
    day, name, year, hour, minute, second, sign, hours, minutes, zone = match.groups()
    month = MONTHS.get(name.lower())
    if month is None:
        return None
    try:
        # A leap second is the second before it.
        clock = int(hour), int(minute), min(int(second or 0), 59)
        local = datetime(_year(year), month, int(day), *clock, tzinfo=UTC)
        return (local - _east_of_utc(sign, hours, minutes, zone)).isoformat()
    except (ValueError, OverflowError):
        return None


def _year(digits: str) -> int:
    """Read a year; RFC 5322 section 4.3 allows two and three digits."""
    year = int(digits)
    return year if year >= 1000 else year + (2000 if year < 50 else 1900)


@lru_cache(maxsize=200)
def _east_of_utc(sign: str | None, hours: str | None, minutes: str | None, zone: str | None) -> timedelta:
    if not sign:
        name = (zone or "").upper()
        return timedelta(hours=_ZONES.get(name) or _MORE_ZONES.get(name) or 0)
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return -offset if sign == "-" else offset
