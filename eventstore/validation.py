"""Whole logs against their event types: what was taken when it was written has to be so for ever."""

from collections.abc import Iterable, Iterator, Sequence

from eventstore.event import Event, event_of
from eventstore.record import Recorded


def invalid_events(
    events: Iterable[Recorded], event_types: Sequence[type[Event]]
) -> Iterator[tuple[int, str]]:
    """Yield the position of each event that its type refuses, and why; erased events are passed over."""
    known = {event_type.__name__: event_type for event_type in event_types}
    for event in events:
        if event.data.keys() == {"erased"}:
            continue
        event_type = known.get(event.type)
        if event_type is None:
            yield event.position, f"{event.type} is unknown"
            continue
        try:
            event_of(event_type, event.data)
        except ValueError as error:
            yield event.position, str(error)
