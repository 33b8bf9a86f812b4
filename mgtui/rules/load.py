"""Rules out of TOML, or one line that says what is wrong with them."""

import hashlib
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from mgtui.rules.model import Notify, Rule, Ruleset, Suppress, When, in_lists
from mgtui.tables import TableError, changed, read_table

#: Actions that DESIGN names and that come with a later version.
LATER = ("webhook", "run", "plugin")


class RulesError(Exception):
    """Rules that can't be read; its text is one line: file, rule, key, what would be right."""


@dataclass(frozen=True, slots=True)
class LoadedRules:
    """A set of rules that passed every check, and the digest it is known by."""

    rules: tuple[Rule, ...]
    digest: str  #: SHA-256 of the text, in hex
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Names:
    """The names that rules may use; None where any will do."""

    always_send: Collection[str] = ()  #: categories that no rule may suppress
    categories: Collection[str] | None = None
    subscribers: Collection[str] | None = None
    reasons: Collection[str] | None = None


def load_rules(text: str, source: str, names: Names | None = None) -> LoadedRules:
    """Read and check rules. Raises `RulesError`."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulesError(f"{source}: {error}") from None
    _refuse_later_actions(table, source)
    try:
        ruleset = read_table(Ruleset, in_lists(table))
    except TableError as error:
        raise RulesError(f"{source}: {error}") from None
    _check(ruleset, source, names or Names())
    digest = hashlib.sha256(text.encode()).hexdigest()
    return LoadedRules(ruleset.rules, digest, source, text)


def default_rules() -> LoadedRules:
    """Give the rules that ship with the program."""
    text = Path(__file__).with_name("default.toml").read_text("utf-8")
    return load_rules(text, "default rules")


def _refuse_later_actions(table: dict[str, object], source: str) -> None:
    rules = table.get("rules")
    for rule in rules if isinstance(rules, list) else ():
        then = rule.get("then") if isinstance(rule, dict) else None
        for action in then if isinstance(then, list) else ():
            name = action.get("action") if isinstance(action, dict) else None
            if name in LATER:
                raise RulesError(
                    f"{source}: rule {rule.get('name', '?')!r}: the action {name!r} comes with a later "
                    "version; this one knows suppress, remove_from_list, restore, review, notify, file"
                )


def _check(ruleset: Ruleset, source: str, names: Names) -> None:
    seen: set[str] = set()
    covering: list[Rule] = []
    for rule in ruleset.rules:
        if rule.name in seen:
            raise RulesError(f"{source}: two rules are named {rule.name!r}; give each its own name")
        seen.add(rule.name)
        problem = next(_problems(rule, names), None)
        if problem:
            raise RulesError(f"{source}: rule {rule.name!r} {problem}")
        shadow = next((earlier.name for earlier in covering if _covers(earlier.when, rule.when)), None)
        if shadow:
            raise RulesError(
                f"{source}: rule {rule.name!r} is never reached, "
                f"because {shadow!r} above it always speaks first"
            )
        if not rule.go_on:
            covering.append(rule)


def _problems(rule: Rule, names: Names) -> Iterator[str]:
    """Say which names a rule uses that there aren't, and what it may not do."""
    count = rule.when.count
    reasons = [*rule.when.reason, *(count.reason if count else ())]
    yield from _unknown("when.category", rule.when.category, names.categories)
    yield from _unknown(
        "when.reason", [name for name in reasons if not set(name) & set("*?[")], names.reasons
    )
    for number, action in enumerate(rule.then):
        if isinstance(action, Suppress):
            spared = set(action.categories) & set(names.always_send)
            if spared:
                yield (
                    f"suppresses {', '.join(sorted(spared))}, "
                    "which the configuration marks always_send; take one of the two away"
                )
            yield from _unknown(f"then.{number}.categories", action.categories, names.categories)
        if isinstance(action, Notify):
            yield from _unknown(f"then.{number}.to", action.to, names.subscribers)


def _unknown(key: str, used: Collection[str], known: Collection[str] | None) -> Iterator[str]:
    for name in used:
        if known is not None and name not in known:
            yield f"has {name!r} in {key}; there is: {', '.join(sorted(known)) or 'none'}"


def _covers(wide: When, narrow: When) -> bool:
    """Tell whether every mail that the narrow condition fits is taken by the wide one already."""
    for name in ("kind", "severity", "category", "list"):
        if getattr(wide, name) and not (
            getattr(narrow, name) and set(getattr(narrow, name)) <= set(getattr(wide, name))
        ):
            return False
    for name in ("reason", "status", "provider"):
        if getattr(wide, name) and not _patterns_cover(getattr(wide, name), getattr(narrow, name)):
            return False
    for name, wanted in wide.fields.items():
        if not _patterns_cover(wanted, narrow.fields.get(name, ())):
            return False
    for name in ("always_send", "occurrence"):
        if getattr(wide, name) is not None and getattr(wide, name) != getattr(narrow, name):
            return False
    if wide.count is None:
        return True
    return (
        narrow.count is not None
        and narrow.count.at_least >= wide.count.at_least
        and changed(narrow.count, at_least=wide.count.at_least) == wide.count
    )


def _patterns_cover(wide: Collection[str], narrow: Collection[str]) -> bool:
    return bool(narrow) and all(
        any(fnmatchcase(one.casefold(), pattern.casefold()) for pattern in wide) for one in narrow
    )
