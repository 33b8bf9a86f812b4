"""Which rule speaks, and in what words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from typing import NamedTuple

from mgtui.contacts import ContactState, Counted
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
    hosts: tuple[str, ...] = ()  #: domain of the address, name of the server that refused
    always_send: bool = False  #: the category is always sent

    @property
    def counted(self) -> list[Counted]:
        """Give the counted bounces of the address."""
        bounces = self.contact.bounces if self.contact else ()
        return [bounce for bounce in bounces if bounce.address == self.address]


class Check(NamedTuple):
    """One condition of a rule: its name, what it wants, what there is, and whether it holds."""

    name: str
    wanted: str
    found: str
    holds: bool


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
    return all(check.holds for check in checks(when, subject))


def checks(when: When, subject: Subject) -> Iterator[Check]:
    """Try each condition that is named, the cheap ones first."""
    yield from _words(when, subject)
    if when.provider:
        holds = any(_host_fits(pattern, host) for pattern in when.provider for host in subject.hosts)
        yield Check("provider", _any_of(when.provider), ", ".join(subject.hosts), holds)
    if when.always_send is not None:
        found = str(subject.always_send).lower()
        yield Check(
            "always_send", str(when.always_send).lower(), found, subject.always_send == when.always_send
        )
    if when.list:
        lists = subject.contact.lists if subject.contact else ()
        yield Check("list", _any_of(when.list), ", ".join(lists), any(name in lists for name in when.list))
    for name, wanted in when.fields.items():
        value = subject.contact.fields.get(name, "") if subject.contact else ""
        yield Check(f"fields.{name}", _any_of(wanted), value, _one_fits(wanted, value))
    if when.occurrence:
        seen = "repeated" if len(subject.counted) > 1 else "first" if subject.counted else "none"
        yield Check("occurrence", when.occurrence, seen, seen == when.occurrence)
    if when.count:
        number = counted(when.count, subject)
        least = f"at least {when.count.at_least:g} {when.count.of} in {when.count.within_days} days"
        yield Check("count", least, f"{number:.3g}", number >= when.count.at_least)


def _words(when: When, subject: Subject) -> Iterator[Check]:
    """Try the conditions on single words."""
    plain = (("kind", when.kind, subject.kind), ("severity", when.severity, subject.severity))
    for name, wanted, found in (*plain, ("category", when.category, subject.category)):
        if wanted:
            yield Check(name, _any_of(wanted), found, found in wanted)
    for name, wanted, found in (
        ("reason", when.reason, subject.reason),
        ("status", when.status, subject.status or ""),
    ):
        if wanted:
            yield Check(name, _any_of(wanted), found, bool(found) and _one_fits(wanted, found))


def _any_of(wanted: Sequence[str]) -> str:
    return " or ".join(wanted)


def _one_fits(patterns: Sequence[str], value: str) -> bool:
    return any(fnmatchcase(value.casefold(), pattern.casefold()) for pattern in patterns)


def _host_fits(pattern: str, host: str) -> bool:
    """Compare hosts: a domain stands for all below it."""
    host, pattern = host.casefold(), pattern.casefold()
    return fnmatchcase(host, pattern) or fnmatchcase(host, f"*.{pattern}")


def counted(count: Count, subject: Subject) -> float:
    """Count the bounces of the subject's address in the fullest window of days that holds its own day.

    Reports don't arrive in the order of their dates, so a window may end after the day of the present one.
    """
    days = [
        bounce.day.toordinal()
        for bounce in subject.counted
        if count.of in ("any", bounce.severity)
        and (not count.reason or _one_fits(count.reason, bounce.reason))
    ]
    last = subject.day.toordinal()
    starts = (day for day in days if last - count.within_days < day <= last)
    return max((_weight(count, days, start) for start in starts), default=0)


def _weight(count: Count, days: Sequence[int], start: int) -> float:
    inside = [day for day in days if start <= day < start + count.within_days]
    if count.halves_after_days is None:
        return len(inside)
    last = max(inside)
    weights = [2.0 ** ((day - last) / count.halves_after_days) for day in inside]
    return float(sum(weights))


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
        heard.append(f"{number:.3g} {count.of} bounces within {count.within_days} days")
    said = ("provider", "category", "list", "always_send", "occurrence")
    heard += [
        f"{check.name.replace('_', ' ')} {check.found}"
        for check in checks(rule.when, subject)
        if check.name in said or check.name.startswith("fields.")
    ]
    return ", ".join(heard)
