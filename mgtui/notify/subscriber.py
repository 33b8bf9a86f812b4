"""Who is told of what."""

from collections.abc import Collection
from dataclasses import dataclass

#: Events that say that something went wrong.
FAILURES = frozenset(
    {
        "FetchFailed",
        "MailQuarantined",
        "MailVanished",
        "ProcessingFailed",
        "RulesRefused",
        "ContactsRefused",
        "BrakeApplied",
    }
)
#: What somebody is told of who names nothing.
USUAL = FAILURES - {"ProcessingFailed", "MailVanished"} | {"NoticeRaised"}
#: Nobody is told of the telling: one broken way out would feed on itself.
NEVER_TOLD = frozenset({"ActionRequested", "ActionSucceeded", "ActionFailed", "ActionAbandoned"})


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Somebody who is told; `kind` is mail or apprise."""

    name: str
    kind: str
    events: frozenset[str] = USUAL
    grabbers: frozenset[str] = frozenset()  #: only what these did; none named is everybody
    failures_only: bool = False

    def wants(self, event_type: str, to: Collection[str], actor: str) -> bool:
        """Tell whether an event is for this subscriber; `to` names those whom a rule wants told."""
        if event_type in NEVER_TOLD or (self.failures_only and event_type not in FAILURES):
            return False
        if to:
            return self.name in to
        if self.grabbers and actor.removeprefix("grabber ") not in self.grabbers:
            return False
        return event_type in self.events
