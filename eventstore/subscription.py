"""Following the log: batches after a position, without missing or repeating an event."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from eventstore.record import Recorded
from eventstore.store import EventStore


@dataclass(frozen=True, slots=True)
class Batch:
    """Some events in order, and how far the log was looked through for them.

    Whoever goes on later starts after `position`; it moves on also where no event was wanted.
    """

    events: tuple[Recorded, ...]
    position: int


def subscribe(
    store: EventStore,
    after: int = 0,
    *,
    types: Collection[str] | None = None,
    category: str | None = None,
    size: int = 1000,
    patience: float = 1.0,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Batch]:
    """Yield what is in the log after a position, then what is appended, until `stop` says so.

    With nothing new for `patience` seconds an empty batch is yielded, so that the caller gets its turn.
    """
    while not stop():
        store.wait(after, patience)
        head = store.head()
        events = tuple(store.read(after=after, before=head + 1, types=types, category=category, limit=size))
        after = events[-1].position if len(events) == size else head
        yield Batch(events, after)
