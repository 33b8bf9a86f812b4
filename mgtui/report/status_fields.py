"""The fields of a delivery report (RFC 3464 section 2), parted into those of the message and of each recipient."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from mgtui.report.fields import clean_value
from mgtui.report.model import Line

#: QUIRK: a blank before the colon (`Status : 5.0.0`).
FIELD: Final = re.compile(r"[ \t]{0,3}([A-Za-z][A-Za-z0-9-]{1,60})[ \t]{0,4}:")
_MARGINS: Final = (
    "",
    " ",
    "\t",
    ">",
    "|",
)  #: what a line begins with that may have something before its field
_MARGIN: Final = re.compile(r"[ \t>|]{0,60}")
_LONGEST_NAME: Final = 68  #: with the blanks around it
MAX_RECIPIENTS: Final = 2_000
_STARTS_GROUP: Final = frozenset(("original-recipient", "final-recipient", "action", "status"))
_OUTCOME: Final = frozenset(("action", "status"))
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

    def decoded(self, name: str) -> str:
        """Give a value without encoded words. QUIRK: they are for headers; `=?...?=@domain` is a local part."""
        value = self.value(name)
        return clean_value(value) if "=?" in value and "?=@" not in value else value

    def lines(self, *names: str) -> tuple[Line, ...]:
        """Give the lines of some fields."""
        return tuple(line for name in names if name in self.fields for line in self.fields[name].lines)


def at_margin(lines: Sequence[Line]) -> Sequence[Line]:
    """Give fields without what stands before each line. QUIRK: gateways set them in, or quote them like a reply."""
    for line in lines:
        if line.text[:1] not in _MARGINS:
            return lines
        break
    first = next((line.text for line in lines[:20] if line.text.strip()), "")
    if first[:1] not in _MARGINS:
        return lines
    match = _MARGIN.match(first)
    margin = match[0] if match else ""
    bare = margin.rstrip()
    return [
        line._replace(text=line.text[len(margin) :])
        if line.text.startswith(margin)
        else line._replace(text=line.text[len(bare) :])
        if bare and line.text.startswith(bare)
        else line
        for line in lines
    ]


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
    """Part the fields into those of the message and those of each recipient."""
    message = Group()
    groups = _blocks(fields, message)
    return message, groups or _guessed(fields)


def _blocks(fields: list[Field | None], message: Group) -> list[Group]:
    """Part by blank lines, in whatever order a block's fields stand; [] where they don't part recipients.

    The fields of the message are put into it, wherever they stand.
    """
    groups: list[Group] = []
    group = Group()
    is_whole = True
    is_of_one = False
    for current in (*fields, None):
        if current is None:
            if is_of_one:
                is_whole = is_whole and _is_block(group, groups)
                groups.append(group)
            group, is_of_one = Group(), False
            continue
        name = current.name
        if name not in _OF_RECIPIENT:
            message.fields.setdefault(name, current)
        else:
            is_of_one = True
            if name in group.fields and name in _STARTS_GROUP:
                is_whole = False
        group.fields.setdefault(name, current)
    return groups[:MAX_RECIPIENTS] if is_whole else []


def _is_block(group: Group, before: list[Group]) -> bool:
    """Tell all that is said of one recipient from a piece of it; the name may be lost, and with it the recipient."""
    fields = group.fields
    if "final-recipient" in fields or not before:
        return "status" in fields or "action" in fields
    said = _OUTCOME.intersection(fields)
    return bool(said) and ("original-recipient" in fields or not said.isdisjoint(before[-1].fields))


def _guessed(fields: list[Field | None]) -> list[Group]:
    """Part by names. QUIRK: blank lines within a group, and none between two, where a name comes again."""
    groups = [Group()]
    after_blank = False
    is_spaced = fields.count(None) > 0.4 * len(fields)
    for index, current in enumerate(fields):
        if current is None:
            after_blank = True
            continue
        if current.name in _STARTS_GROUP and (
            _is_another(groups[-1], current.name, after_blank and _announces(fields, index))
            or (after_blank and not is_spaced and _is_nameless(groups[-1], current.name))
        ):
            groups.append(Group())
            if len(groups) > MAX_RECIPIENTS:
                break
        groups[-1].fields.setdefault(current.name, current)
        after_blank = False
    return groups


def _is_another(group: Group, name: str, after_blank: bool) -> bool:
    """Tell whether a field belongs to another recipient than the group's."""
    names_one = name in ("final-recipient", "original-recipient")
    return name in group.fields or (after_blank and names_one and _is_whole(group))


def _announces(fields: list[Field | None], index: int) -> bool:
    """Tell whether a field begins a block: the original recipient stands before the final one, or behind it.

    QUIRK: where every field has a blank line behind it, one that stands behind begins nothing.
    """
    current = fields[index]
    if current is None or current.name != "original-recipient":
        return True
    next_ones = [one.name for one in fields[index + 1 : index + 5] if one is not None][:2]
    return "final-recipient" in next_ones


def _is_nameless(group: Group, name: str) -> bool:
    """Tell the block of a recipient whose name is lost: what it says must not be taken for the next one's."""
    return (
        name in ("final-recipient", "original-recipient")
        and ("status" in group.fields or "diagnostic-code" in group.fields)
        and group.fields.keys().isdisjoint(("final-recipient", "original-recipient"))
    )


def _is_whole(group: Group) -> bool:
    return "final-recipient" in group.fields and ("action" in group.fields or "status" in group.fields)
