"""Which rule speaks, and in what words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from mgtui.contacts import ContactState
from mgtui.rules.model import Count, Rule, When


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule sees: a mail, or what a report says of one recipient, with the contact it is about."""

    kind: str
    severity: str = ""
    reason: str = ""
    status: str | None = None
    category: str = ""
    address: str = ""
    day: date = date.min
    contact: ContactState | None = None


def first_rules(rules: Sequence[Rule], subject: Subject) -> tuple[Rule, ...]:
    """Give the rules that decide: the first that fits, and those after it where it says `continue`."""
    chosen: list[Rule] = []
    for rule in rules:
        if fits(rule.when, subject):
            chosen.append(rule)
            if not rule.go_on:
                break
    return tuple(chosen)


def fits(when: When, subject: Subject) -> bool:
    """Tell whether everything that a condition names holds."""
    lists = subject.contact.lists if subject.contact else ()
    return (
        (not when.kind or subject.kind in when.kind)
        and (not when.severity or subject.severity in when.severity)
        and (not when.reason or subject.reason in when.reason)
        and (not when.status or _status_fits(when.status, subject.status))
        and (not when.category or subject.category in when.category)
        and (not when.list or any(name in lists for name in when.list))
        and (when.count is None or counted(when.count, subject) >= when.count.at_least)
    )


def counted(count: Count, subject: Subject) -> int:
    """Count the bounces of the subject's address in the fullest window of days that holds its own day.

    Reports don't arrive in the order of their dates, so a window may end after the day of the present one.
    """
    bounces = subject.contact.bounces if subject.contact else ()
    days = [
        bounce.day.toordinal()
        for bounce in bounces
        if bounce.address == subject.address and bounce.severity == count.of
    ]
    last = subject.day.toordinal()
    starts = (day for day in days if last - count.within_days < day <= last)
    return max((sum(start <= day < start + count.within_days for day in days) for start in starts), default=0)


def _status_fits(patterns: Sequence[str], status: str | None) -> bool:
    return status is not None and any(fnmatchcase(status, pattern) for pattern in patterns)


def in_words(rule: Rule, subject: Subject) -> str:
    """Say in one line why this rule spoke."""
    heard = [subject.kind]
    if subject.severity:
        heard.append(
            f"{subject.severity} ({subject.reason}{', ' + subject.status if subject.status else ''})"
        )
    if rule.when.count:
        count = rule.when.count
        number = counted(count, subject)
        heard.append(f"{number} {count.of} bounces within {count.within_days} days")
    return ", ".join(heard)
