"""Events of the outbox, in streams `action-<id>`."""

from typing import ClassVar

from eventstore.event import Event


class ActionRequested(Event):
    """Something is to be done outside, once; `kind` is mail or apprise, `subscriber` a name of the settings."""

    personal: ClassVar[frozenset[str]] = frozenset({"subject", "text"})

    action_id: str
    kind: str
    subscriber: str
    subject: str
    text: str


class ActionSucceeded(Event):
    """It was done."""

    action_id: str
    attempt: int


class ActionFailed(Event):
    """It wasn't done this time; it is tried again from `retry_at` on (ISO 8601, UTC)."""

    action_id: str
    attempt: int
    error: str
    retry_at: str


class ActionAbandoned(Event):
    """It isn't tried any more."""

    action_id: str
    attempts: int
    error: str
