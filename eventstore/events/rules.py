"""Events of the operator's rules, in streams `ruleset-<digest>`."""

from eventstore.event import Event


class RulesLoaded(Event):
    """A set of rules came into force; `text` is the whole of it."""

    digest: str
    source: str
    text: str


class RulesRefused(Event):
    """A set of rules couldn't be read, so the last good one stays in force."""

    source: str
    error: str
