"""Reads entries and severities out of parsed TOML, and says in one line what is wrong with them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from mgtui.bounce.model import Severity
from mgtui.bounce.reasons.entry import Entry
from mgtui.bounce.reasons.errors import TablesError
from mgtui.bounce.reasons.phrase import Phrase, make_phrase
from mgtui.bounce.reasons.vocabulary import COMMANDS, REASONS, SEVERITIES

_STATUS: Final = re.compile(r"[245x]\.\d{1,3}\.\d{1,3}|[245]")
_KEYS: Final = (
    *("id", "reason", "any", "all", "none", "host", "pattern", "status", "reply_code", "command"),
    *("temporary", "general", "examples"),
)
#: Repeats of unknown length make a regular expression slow on hostile text; counted ones stay bounded.
_UNBOUNDED: Final = re.compile(r"(?<!\\)[*+]|\{\d+,\}|\\[1-9]|\(\?P=")


@dataclass(frozen=True, slots=True)
class SeverityTable:
    """What each reason means for the address; `temporary` speaks first where the codes are 4xx."""

    always: Mapping[str, Severity]
    temporary: Mapping[str, Severity]


def read_entry(table: str, raw: object, number: int) -> Entry:
    """Make an entry; `number` counts from 1 within its table. Raises TablesError."""
    fault = _Fault(table, f"entry {number}")
    if not isinstance(raw, dict):
        raise fault.says("entry", "write it as [[entry]] with keys")
    if not isinstance(raw.get("id"), str) or not raw["id"]:
        raise fault.says("id", "give it a name of its own")
    fault = _Fault(table, f"entry {raw['id']!r}")
    if unknown := sorted(raw.keys() - set(_KEYS)):
        raise fault.says(unknown[0], f"the keys are {', '.join(_KEYS)}")
    if raw.get("reason") not in REASONS:
        raise fault.says("reason", f"one of {', '.join(REASONS)}")
    return Entry(
        id=raw["id"],
        reason=raw["reason"],
        any=_phrases(raw, "any", fault),
        all=_phrases(raw, "all", fault),
        none=_phrases(raw, "none", fault),
        host=_phrases(raw, "host", fault),
        pattern=_pattern(raw, fault),
        status=_list(raw, "status", fault, "a code like 5.1.1, x.1.1 or 5", _is_status),
        reply_code=_list(raw, "reply_code", fault, "a number from 200 to 599", _is_reply_code),
        command=_list(raw, "command", fault, f"one of {', '.join(COMMANDS)}", COMMANDS.__contains__),
        temporary=_flag(raw, "temporary", fault),
        general=bool(_flag(raw, "general", fault)),
    )


def check_entry(table: str, entry: Entry) -> None:
    """Raise TablesError where nothing could ever lead to an entry."""
    fault = _Fault(table, f"entry {entry.id!r}")
    if not (entry.any or entry.all or entry.status or entry.reply_code):
        raise fault.says("any", "an entry needs a phrase (any, all), a status or a reply_code")
    if entry.pattern and not entry.is_worded:
        raise fault.says("pattern", "it is tried only where a phrase stands too: give any or all")


def read_severities(table: str, raw: object) -> SeverityTable:
    """Make a table of severities from `[severity]` and `[severity.temporary]`. Raises TablesError."""
    fault = _Fault(table, "[severity]")
    if not isinstance(raw, dict):
        raise fault.says("severity", 'write [severity] with lines like policy = "soft"')
    always = {reason: word for reason, word in raw.items() if reason != "temporary"}
    temporary = raw.get("temporary", {})
    if not isinstance(temporary, dict):
        raise fault.says("temporary", 'write [severity.temporary] with lines like mailbox_full = "soft"')
    for reason, word in (*always.items(), *temporary.items()):
        if reason not in REASONS:
            raise fault.says(reason, f"one of {', '.join(REASONS)}")
        if word not in SEVERITIES:
            raise fault.says(reason, f"one of {', '.join(SEVERITIES)}")
    return SeverityTable(always, temporary)


@dataclass(frozen=True, slots=True)
class _Fault:
    """Where in which table; `says` makes the error."""

    table: str
    place: str

    def says(self, key: str, right: str) -> TablesError:
        return TablesError(f"{self.table}, {self.place}, {key}: {right}")


def _phrases(raw: Mapping[str, Any], key: str, fault: _Fault) -> tuple[Phrase, ...]:
    sources: tuple[str, ...] = _list(
        raw, key, fault, "a phrase in quotes", lambda item: isinstance(item, str)
    )
    phrases = tuple(make_phrase(source) for source in sources)
    for source, phrase in zip(sources, phrases, strict=True):
        if not phrase.parts:
            raise fault.says(key, f"{source!r} has no letter or digit")
        if key in ("any", "all") and not (phrase.ideographs or phrase.needs()):
            raise fault.says(key, f"{source!r} is short: end it with a blank to ask for the whole word")
    return phrases


def _list(
    raw: Mapping[str, Any], key: str, fault: _Fault, right: str, is_right: Callable[[Any], bool]
) -> tuple[Any, ...]:
    items = raw.get(key, [])
    if not isinstance(items, list) or not all(is_right(item) for item in items):
        raise fault.says(key, f"a list, each item {right}")
    return tuple(items)


def _flag(raw: Mapping[str, Any], key: str, fault: _Fault) -> bool | None:
    flag = raw.get(key)
    if flag is not None and not isinstance(flag, bool):
        raise fault.says(key, "true or false")
    return flag


def _pattern(raw: Mapping[str, Any], fault: _Fault) -> str:
    pattern = raw.get("pattern", "")
    if not isinstance(pattern, str) or _UNBOUNDED.search(pattern):
        raise fault.says("pattern", "a regular expression whose repeats are counted, like {0,40}")
    try:
        re.compile(pattern)
    except re.error as error:
        raise fault.says("pattern", f"a regular expression ({error})") from None
    return pattern


def _is_status(item: object) -> bool:
    return isinstance(item, str) and _STATUS.fullmatch(item) is not None


def _is_reply_code(item: object) -> bool:
    return isinstance(item, int) and 200 <= item <= 599
