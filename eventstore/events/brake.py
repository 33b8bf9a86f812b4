"""Events of a brake, in streams `brake-<id>`."""

from eventstore.event import Event


class BrakeApplied(Event):
    """Too many bounces at once: decisions wait for a person. `scope` is run, provider or own."""

    brake_id: str
    scope: str
    name: str
    bounces: int
    of: int
    why: str


class BrakeReleased(Event):
    """The decisions that waited were let through."""

    brake_id: str


class BrakeDropped(Event):
    """The decisions that waited were dropped: none of these bounces counts."""

    brake_id: str
    reason: str
