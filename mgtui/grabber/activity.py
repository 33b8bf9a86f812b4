"""What a grabber that runs is doing at this moment, written down for other processes.

It is no fact for the log: it is true only while the process lives, and it is written over at every turn.
"""

import contextlib
import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from mgtui.mailbox import Waiting

Doing = Literal["starting", "fetching", "waiting", "failing", "paused", "ended"]


@dataclass(frozen=True, slots=True)
class Activity:
    """Times are ISO 8601 in UTC, "" where there is none."""

    process: int
    doing: Doing
    since: str
    waits_by: Waiting | Literal[""] = ""  #: how it learns of new mail; "" before it has waited
    waits_since: str = ""  #: it learns of it that way, without a failure in between
    looked_at: str = ""  #: the server answered, and all that was there was taken in
    error: str = ""  #: why it is failing; a connection that is lost while waiting is no event of its own
    next_try: str = ""


def now() -> str:
    """Give the present moment as the log writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


class ActivityFile:
    """The file in which one grabber says what it does; that it can't be written stops nobody."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last = read_activity(path) or Activity(os.getpid(), "ended", "")

    def say(self, doing: Doing, error: str = "", next_try: str = "") -> None:
        """Say what the grabber does from now on."""
        moment, process = now(), os.getpid()
        said = replace(self._last, process=process, doing=doing, since=moment, error=error, next_try=next_try)
        if doing != "fetching":  # a look in between leaves the way of waiting as it was
            said = replace(said, waits_by="", waits_since="")
        self._write(said)

    def looked(self, waits_by: Waiting | Literal[""] = "", *, whole: bool) -> None:
        """Say how the grabber waits for more, and whether all that was there is taken in."""
        moment, last = now(), self._last
        since = last.waits_since if waits_by == last.waits_by else moment if waits_by else ""
        said = replace(last, doing="waiting", since=moment, waits_by=waits_by, waits_since=since)
        self._write(replace(said, looked_at=moment if whole else last.looked_at))

    def _write(self, activity: Activity) -> None:
        self._last = activity
        beside = self._path.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            beside.write_text(json.dumps(asdict(activity)), "ascii")
            beside.replace(self._path)


def read_activity(path: Path) -> Activity | None:
    """Read what a grabber said last, whether it still lives or not; None where nothing can be read."""
    try:
        said = json.loads(path.read_text("ascii"))
        activity = Activity(**said)
    except (OSError, ValueError, TypeError):
        return None
    well_formed = all(isinstance(value, str) for name, value in said.items() if name != "process")
    return activity if well_formed and activity.doing in get_args(Doing) else None
