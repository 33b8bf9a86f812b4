"""Carries out what was asked for and isn't done: again after a crash, ever more slowly after a failure.

A notice goes out at least once. A crash between sending and noting it repeats it, under the same id.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from eventstore import Event, EventStore
from eventstore.events import ActionAbandoned, ActionFailed, ActionSucceeded
from mgtui.language import _, figures
from mgtui.notify.channel import Channel, Notice, Undelivered

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
Row = dict[str, Any]


@dataclass(slots=True)
class Sent:
    """What one run did."""

    sent: int = 0
    failed: int = 0
    abandoned: int = 0

    def __str__(self) -> str:
        told = _("{sent} notices sent, {failed} to be tried again, {abandoned} given up")
        counts = {name: figures(getattr(self, name)) for name in ("sent", "failed", "abandoned")}
        return told.format_map(counts)


@dataclass(frozen=True, slots=True)
class Outbox:
    """The performer of the outbox."""

    store: EventStore
    due: Callable[[datetime], Sequence[Row]]  #: open actions whose time has come, oldest first
    channels: Mapping[str, Channel]  #: by the subscriber's name
    clock: Callable[[], datetime]
    attempts: int = 10
    actor: str = "outbox"

    def run(self) -> Sent:
        """Send what is due. Raises `StoreError`."""
        done = Sent()
        while rows := self.due(self.clock()):
            noted = [self._perform(row, done) for row in rows]
            if True not in noted:
                break  # another process is faster
        return done

    def _perform(self, row: Row, done: Sent) -> bool:
        """Try one action, and note how it went; tell whether that was ours to note."""
        attempt = row["attempts"] + 1
        try:
            self._send(row)
            event: Event = ActionSucceeded(action_id=row["action_id"], attempt=attempt)
            done.sent += 1
        except Undelivered as error:
            event = self._failed(row, attempt, error)
            done.abandoned += isinstance(event, ActionAbandoned)
            done.failed += isinstance(event, ActionFailed)
        # The stream holds the request and one event for each attempt before.
        result = self.store.append(f"action-{row['action_id']}", [event], attempt, actor=self.actor)
        return hasattr(result, "first_position")

    def _send(self, row: Row) -> None:
        channel = self.channels.get(row["subscriber"])
        if channel is None:
            raise Undelivered(f"there is no subscriber {row['subscriber']!r} any more", for_good=True)
        requested_at = datetime.fromisoformat(row["requested_at"])
        channel.send(Notice(row["action_id"], row["subject"], row["text"], requested_at))

    def _failed(self, row: Row, attempt: int, error: Undelivered) -> Event:
        if error.for_good or attempt >= self.attempts:
            return ActionAbandoned(action_id=row["action_id"], attempts=attempt, error=str(error))
        pause = min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE)
        retry_at = (self.clock() + pause).isoformat()
        return ActionFailed(action_id=row["action_id"], attempt=attempt, error=str(error), retry_at=retry_at)
