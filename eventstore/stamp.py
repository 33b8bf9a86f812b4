"""Times in the log: ISO 8601 text in UTC with microseconds, which sorts as it passes."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Give the time of the machine."""
    return datetime.now(UTC)


def stamp(clock: Clock, last: str) -> str:
    """Give the time as text; never before `last`, so that a clock set back doesn't turn the log around."""
    now = clock().astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"
    return max(now, last)


def unstamp(text: str) -> datetime:
    """Give the time that a stamp tells."""
    return datetime.fromisoformat(text)
