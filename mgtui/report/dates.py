"""The Date field (RFC 5322 section 3.3) as ISO 8601 in UTC."""

import re
from datetime import UTC, datetime, timedelta
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
    month = MONTHS.get(match[2].lower()) if match else None
    if match is None or month is None:
        return None
    year = int(match[3])
    year += 2000 if year < 50 else 1900 if year < 1000 else 0  # RFC 5322 section 4.3: two and three digits
    if match[7]:
        minutes = int(match[8]) * 60 + int(match[9])
        minutes = -minutes if match[7] == "-" else minutes
    else:
        zone = (match[10] or "").upper()
        minutes = 60 * (_ZONES.get(zone) or _MORE_ZONES.get(zone) or 0)
    try:
        second = min(int(match[6] or 0), 59)  # a leap second is the second before it
        local = datetime(year, month, int(match[1]), int(match[4]), int(match[5]), second, tzinfo=UTC)
        return (local - timedelta(minutes=minutes)).isoformat()
    except (ValueError, OverflowError):
        return None
