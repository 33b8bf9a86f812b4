"""How often each rule decided, and when last: what the screen and the command line tell of rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mgtui.figures import Figures
from mgtui.rules import Rule

#: what decides without being a rule of the operator's: a bounce of the mail that an address gets on trial
BUILT_IN = "bounce after a trial"
LATELY = 30  #: days that count as lately, today among them


@dataclass(frozen=True, slots=True)
class Ruling:
    """A rule and its hits; `rule` is None for one that decided once and is no longer in force."""

    place: int  #: in the order in which rules are read, from 1; 0 where it isn't in force
    name: str
    rule: Rule | None
    hits: int
    lately: int
    last: int | None  #: position of its newest decision
    last_at: str | None


def rulings(rules: Sequence[Rule], figures: Figures, today: date) -> list[Ruling]:
    """Give the rules in the order in which they are read, then those that are no more, with their hits."""
    totals = figures.totals("rule")
    lately = figures.since("rule", today - timedelta(days=LATELY - 1))
    known: dict[str, Rule | None] = {rule.name: rule for rule in rules}
    gone = dict.fromkeys(sorted(totals.keys() - known.keys()))
    found = []
    for place, (name, rule) in enumerate((known | gone).items(), start=1):
        row = totals.get(name, {"number": 0, "last": None, "last_at": None})
        found.append(
            Ruling(
                place if rule else 0,
                name,
                rule,
                row["number"],
                lately.get(name, 0),
                row["last"],
                row["last_at"],
            )
        )
    return found
