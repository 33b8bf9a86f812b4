"""An operator's rule: when it speaks, and what then happens."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

from mgtui.tables import Limits, Table, field

KindName = Literal[
    "bounce", "delayed", "delivered", "complaint", "auto_reply", "receipt", "challenge", "ordinary"
]
SeverityName = Literal["hard", "soft", "refused", "undetermined"]
Positive = Annotated[int, Limits(ge=1)]
LISTS = ("kind", "severity", "reason", "status", "provider", "category", "list")  #: of a condition


class Count(Table, kw_only=True):
    """A number of counted bounces of the address, the present one included, within a window of days.

    With `halves_after_days` a bounce weighs half as much after so many days, a quarter after twice as many.
    """

    of: Literal[SeverityName, "any"]
    reason: tuple[str, ...] = ()
    at_least: Annotated[float, Limits(ge=1)]
    within_days: Positive = 90
    halves_after_days: Positive | None = None


class When(Table):
    """The condition: everything named must hold; a list holds if one of its values does."""

    kind: tuple[KindName, ...] = ()
    severity: tuple[SeverityName, ...] = ()
    reason: tuple[str, ...] = ()
    status: tuple[str, ...] = ()  #: with * as in 5.1.*
    provider: tuple[str, ...] = ()  #: domain of the address or of the server that refused, with *
    category: tuple[str, ...] = ()
    list: tuple[str, ...] = ()  #: the contact is on one of these lists
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)  #: of the contact, their values with *
    always_send: bool | None = None  #: the mail's category is always sent
    occurrence: Literal["first", "repeated"] | None = None  #: is it the address's only counted bounce?
    count: Count | None = None


class Suppress(Table, tag_field="action", tag="suppress"):
    """Send nothing more to the address, in these categories (none named: all but always_send)."""

    categories: tuple[str, ...] = ()
    for_days: Positive | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.for_days and self.until:
            raise ValueError("name for_days or until, not both")


class RemoveFromList(Table, tag_field="action", tag="remove_from_list"):
    """Take the contact off a mailing list."""

    list: str


class Restore(Table, tag_field="action", tag="restore"):
    """Let the address be written to again, or (with `list`) put the contact on a list it was taken off."""

    list: str | None = None


class Review(Table, tag_field="action", tag="review"):
    """Ask a person."""

    why: str = ""


class Notify(Table, tag_field="action", tag="notify"):
    """Tell these subscribers, or all who want notices; if there is none, it waits in the queue instead."""

    to: tuple[str, ...] = ()
    why: str = ""


class File(Table, tag_field="action", tag="file"):
    """File the mail at its contact; `unmatched` says what becomes of a mail that matches nobody."""

    unmatched: Literal["review", "leave"] = "review"


Action = Suppress | RemoveFromList | Restore | Review | Notify | File


class Rule(Table):
    """The first rule whose condition holds decides; with `go_on` the next ones may add to it."""

    name: Annotated[str, Limits(min_length=1, max_length=80, description="a text of 1 to 80 characters")]
    when: When = When()
    then: tuple[Action, ...] = ()
    go_on: bool = field(default=False, name="continue")


class Ruleset(Table):
    """Rules in order."""

    rules: tuple[Rule, ...]


def in_lists(table: dict[str, Any]) -> dict[str, Any]:
    """Make a list of a text that stands alone where rules have lists: `kind = "bounce"` is `kind = ["bounce"]`."""
    rules = table.get("rules")
    return {**table, "rules": list(map(_rule_in_lists, rules))} if isinstance(rules, list) else table


def _rule_in_lists(rule: object) -> object:
    if not isinstance(rule, dict):
        return rule
    when, then = rule.get("when"), rule.get("then")
    if isinstance(when, dict):
        when = _listed(when, LISTS)
        for name, lists in (("fields", None), ("count", ("reason",))):
            if isinstance(when.get(name), dict):
                when[name] = _listed(when[name], lists or when[name])
        rule = {**rule, "when": when}
    if isinstance(then, list):
        rule = {**rule, "then": [_listed(one, ("to",)) if isinstance(one, dict) else one for one in then]}
    return rule


def _listed(table: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return table | {name: [table[name]] for name in names if isinstance(table.get(name), str)}
