"""Times in the log: ISO 8601 text in UTC with microseconds, which sorts as it passes."""

from collections.abc import Callable
from datetime import UTC, datetime

from msgspec.json import encode

Clock = Callable[[], datetime]
LENGTH = 29  #: of a time in JSON with its microseconds, quotation marks included


def utc_now() -> datetime:
    """Give the time of the machine."""
    return datetime.now(UTC)


def stamp(clock: Clock, last: str) -> str:
    """Give the time as text; never before `last`, so that a clock set back doesn't turn the log around."""
    now = clock().astimezone(UTC)
    quoted = encode(now)  # a sixth of the time that `isoformat` takes, but microseconds of 0 are left out
    if len(quoted) == LENGTH:
        return max(quoted[1:-1].decode(), last)
    return max(now.isoformat(timespec="microseconds")[:26] + "Z", last)


def unstamp(text: str) -> datetime:
    """Give the time that a stamp tells."""
    return datetime.fromisoformat(text)
