"""Whole logs against their models: what was valid when it was written has to be so for ever."""

from collections.abc import Iterable, Iterator, Sequence

from eventstore.event import Event, event_of
from eventstore.record import Recorded


def invalid_events(
    events: Iterable[Recorded], event_types: Sequence[type[Event]]
) -> Iterator[tuple[int, str]]:
    """Yield the position of each event that its model refuses, and why; erased events are passed over."""
    models = {event_type.__name__: event_type for event_type in event_types}
    for event in events:
        if event.data.keys() == {"erased"}:
            continue
        model = models.get(event.type)
        if model is None:
            yield event.position, f"{event.type} is unknown"
            continue
        try:
            event_of(model, event.data)
        except ValueError as error:
            yield event.position, str(error)
