"""Events of the operator's rules, in streams `ruleset-<digest>` and `ruleset-refused`."""

from eventstore.event import Event


class RulesLoaded(Event):
    """A set of rules came into force; `text` is the whole of it."""

    digest: str
    source: str
    text: str


class RulesRefused(Event):
    """Rules couldn't be read, so the set with this digest stays in force."""

    source: str
    error: str
    kept: str
