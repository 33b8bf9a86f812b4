"""The brake: too many bounces at once are a fault of ours or of a provider, not of the contacts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from eventstore.events import BounceCounted, MailClassified
from mgtui.rules.work import Decision


@dataclass(frozen=True, slots=True)
class Brake:
    """When to brake: so many bounced addresses in a day, and more than this share of those there are."""

    share: float = 0.3
    at_least: int = 50
    own: tuple[str, ...] = ()  #: our own IPs and domains, as a refusing server names them; folded


class Group(NamedTuple):
    """What bounces have in common: the run they came in, their provider, or that they name one of our own."""

    scope: str
    name: str


def bounces_in(
    mail: MailClassified, decision: Decision, run: str, brake: Brake
) -> Iterator[tuple[Group, str]]:
    """Give each bounce that a decision counts, in each group it belongs to, the narrowest first."""
    for event in decision.events:
        if not isinstance(event, BounceCounted):
            continue
        yield Group("provider", event.address.rpartition("@")[2]), event.address
        for name in brake.own:
            if name in _said(mail):
                yield Group("own", name), event.address
        yield Group("run", run), event.address


def _said(mail: MailClassified) -> str:
    return " ".join(f"{verdict.diagnostic} {verdict.text}" for verdict in mail.recipients).casefold()


def exceeds(brake: Brake, bounces: int, of: int) -> bool:
    """Tell whether so many bounces of so many addresses are too many."""
    return bounces >= brake.at_least and bounces > brake.share * of


def brake_in_words(group: Group, bounces: int, of: int) -> str:
    """Say why decisions wait."""
    whole = {
        "provider": f"of {of} addresses at {group.name}",
        "own": f"of {of} bounces at once name {group.name}, and",
        "run": f"of {of} addresses in all",
    }[group.scope]
    return f"{bounces} {whole} bounced in a day: the fault may be ours or theirs, so decisions wait"
