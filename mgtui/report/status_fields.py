"""The fields of a delivery report (RFC 3464 section 2), parted into those of the message and of each recipient."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from mgtui.report.model import Line

#: QUIRK: a blank before the colon (`Status : 5.0.0`).
FIELD: Final = re.compile(r"[ \t]{0,3}([A-Za-z][A-Za-z0-9-]{1,60})[ \t]{0,4}:")
_LONGEST_NAME: Final = 68  #: with the blanks around it
MAX_RECIPIENTS: Final = 2_000
_STARTS_GROUP: Final = frozenset(("original-recipient", "final-recipient", "action", "status"))
_OF_RECIPIENT: Final = _STARTS_GROUP | {
    "diagnostic-code",
    "remote-mta",
    "last-attempt-date",
    "will-retry-until",
    "final-log-id",
    "x-actual-recipient",
    "localized-diagnostic",
    "x-display-name",
    "x-supplementary-info",
    "x-smtp-diagnostic",
    "failure-reason",
}


@dataclass(slots=True)
class Field:
    """A field with its continuation lines."""

    name: str
    value: str
    lines: list[Line]


@dataclass(slots=True)
class Group:
    """The fields of one recipient (RFC 3464 section 2.3)."""

    fields: dict[str, Field] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """Give a field's value, "" where it is absent."""
        found = self.fields.get(name)
        return found.value.strip() if found else ""

    def lines(self, *names: str) -> tuple[Line, ...]:
        """Give the lines of some fields."""
        return tuple(line for name in names if name in self.fields for line in self.fields[name].lines)


def fields_of(lines: Iterable[Line]) -> list[Field | None]:
    """Read fields with their continuation lines; None stands for a blank line."""
    found: list[Field | None] = []
    current: Field | None = None
    for line in lines:
        text = line.text
        if not text.strip():
            if found and found[-1] is not None:
                found.append(None)
            continue
        name = ""
        if text[0] not in " \t" or current is None:
            before, colon, value = text.partition(":")
            name = _field_name(before) if colon and len(before) < _LONGEST_NAME else ""
        if name:
            current = Field(name, value.lstrip(), [line])
            found.append(current)
        elif current is not None and found[-1] is current and len(current.lines) < 100:
            # QUIRK: continuation lines without the blank in front.
            current.value += " " + text.strip()
            current.lines.append(line)
    return found


@lru_cache(maxsize=500)
def _field_name(before: str) -> str:
    """Give the lower-case name of a field by what stands before its colon, "" where that is no name."""
    match = FIELD.fullmatch(f"{before}:")
    return match[1].lower() if match else ""


def groups_of(fields: list[Field | None]) -> tuple[Group, list[Group]]:
    """Part the fields into those of the message and those of each recipient.

    QUIRK: blank lines within a group, and none between two: what begins a new one is a field that the
    group has already.
    """
    message, groups = Group(), [Group()]
    after_blank = False
    for current in fields:
        if current is None:
            after_blank = True
            continue
        if current.name not in _OF_RECIPIENT:
            message.fields.setdefault(current.name, current)
        elif current.name in _STARTS_GROUP and _is_another(groups[-1], current.name, after_blank):
            groups.append(Group())
            if len(groups) > MAX_RECIPIENTS:
                break
        groups[-1].fields.setdefault(current.name, current)
        after_blank = False
    return message, groups


def _is_another(group: Group, name: str, after_blank: bool) -> bool:
    """Tell whether a field belongs to another recipient than the group's."""
    names_one = name in ("final-recipient", "original-recipient")
    return name in group.fields or (after_blank and names_one and _is_whole(group))


def _is_whole(group: Group) -> bool:
    return "final-recipient" in group.fields and ("action" in group.fields or "status" in group.fields)
