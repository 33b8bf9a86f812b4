"""Rules out of TOML, or one line that says what is wrong with them."""

import hashlib
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from importlib import resources

from pydantic import ValidationError

from mgtui.rules.model import Rule, Ruleset, Suppress
from mgtui.wording import first_problem

#: Actions that DESIGN names and that come with a later version.
LATER = ("webhook", "run", "notify")


class RulesError(Exception):
    """Rules that can't be read; its text is one line: file, rule, key, what would be right."""


@dataclass(frozen=True, slots=True)
class LoadedRules:
    """A set of rules that passed every check, and the digest it is known by."""

    rules: tuple[Rule, ...]
    digest: str  #: SHA-256 of the text, in hex
    source: str
    text: str


def load_rules(text: str, source: str, always_send: Collection[str] = ()) -> LoadedRules:
    """Read and check rules. Raises `RulesError`.

    `always_send` holds the categories that no rule may suppress.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulesError(f"{source}: {error}") from None
    _refuse_later_actions(table, source)
    try:
        ruleset = Ruleset.model_validate(table)
    except ValidationError as error:
        raise RulesError(f"{source}: {first_problem(error)}") from None
    _check(ruleset, source, always_send)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return LoadedRules(ruleset.rules, digest, source, text)


def default_rules() -> LoadedRules:
    """Give the rules that ship with the program."""
    text = resources.files("mgtui.rules").joinpath("default.toml").read_text("utf-8")
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
                    "version; this one knows suppress, remove_from_list, review, file"
                )


def _check(ruleset: Ruleset, source: str, always_send: Collection[str]) -> None:
    names: set[str] = set()
    covering: list[Rule] = []
    for rule in ruleset.rules:
        if rule.name in names:
            raise RulesError(f"{source}: two rules are named {rule.name!r}; give each its own name")
        names.add(rule.name)
        for action in rule.then:
            spared = set(action.categories) & set(always_send) if isinstance(action, Suppress) else None
            if spared:
                raise RulesError(
                    f"{source}: rule {rule.name!r} suppresses {', '.join(sorted(spared))}, "
                    "which the configuration marks always_send; take one of the two away"
                )
        shadow = next((earlier.name for earlier in covering if _covers(earlier, rule)), None)
        if shadow:
            raise RulesError(
                f"{source}: rule {rule.name!r} is never reached, "
                f"because {shadow!r} above it always speaks first"
            )
        if not rule.go_on:
            covering.append(rule)


def _covers(earlier: Rule, later: Rule) -> bool:
    """Tell whether every mail that `later` fits is taken by `earlier` already."""
    if earlier.when.count is not None and earlier.when.count != later.when.count:
        return False
    for name in ("kind", "severity", "reason", "status", "category", "list"):
        wide, narrow = getattr(earlier.when, name), getattr(later.when, name)
        if wide and not (narrow and set(narrow) <= set(wide)):
            return False
    return True
