"""A thread that follows the log and hands on what is new, in batches."""

import threading
from collections.abc import Callable

from eventstore import EventStore, Recorded, StoreError

PAUSE = 0.08  #: seconds between two looks, so that screens change at most 12.5 times a second
FLOOD = 40  #: events at once that no eye follows line by line
FLOOD_PAUSE = 0.25  #: seconds between two looks while that many come
QUIET = 25  #: looks in a row that found nothing
QUIET_PAUSE = 0.2  #: seconds between two looks after those, until something comes
MOST = 2000  #: events handed on at once; of more than that only the newest are read

#: (events, oldest first; head; how many were passed over)
Hear = Callable[[list[Recorded], int, int], None]


class Follower(threading.Thread):
    """Looks for news until told to stop; a log that can't be read is told once and tried again."""

    def __init__(self, store: EventStore, after: int, hear: Hear, trouble: Callable[[str], None]) -> None:
        super().__init__(name="follower", daemon=True)
        self._store, self._seen, self._hear, self._trouble = store, after, hear, trouble
        self._stop_asked = threading.Event()

    def stop(self) -> None:
        """End the thread, and wait for it."""
        self._stop_asked.set()
        if self.is_alive() and threading.current_thread() is not self:
            self.join()

    def run(self) -> None:
        """Follow."""
        told = ""
        came = in_vain = 0
        while not self._stop_asked.wait(pause_after(came, in_vain)):
            try:
                came = self._look()
                in_vain = 0 if came else in_vain + 1
                told = ""
            except StoreError as error:
                if str(error) != told:
                    told = str(error)
                    self._trouble(told)

    def _look(self) -> int:
        """Hand on what is new; give how many events that were."""
        if not self._store.wait(self._seen, 0.0):
            return 0
        head = self._store.head()
        start = max(self._seen, head - MOST)
        events = list(self._store.read(after=start, before=head + 1))
        passed, self._seen = start - self._seen, head
        self._hear(events, head, passed)
        return passed + len(events)


def pause_after(came: int, in_vain: int) -> float:
    """Say how long to wait after a look that found so many events, or was one of so many in vain."""
    if came > FLOOD:
        return FLOOD_PAUSE
    return QUIET_PAUSE if in_vain >= QUIET else PAUSE
