"""Events of the operator's rules, in streams `ruleset-<digest>`."""

from eventstore.event import Event


class RulesLoaded(Event):
    """A set of rules came into force; `text` is the whole of it."""

    digest: str
    source: str
    text: str
