"""Reads the formats that are a start line, address lines and a diagnosis, as the tables describe them.

An entry is looked at when one of its `markers` (lower case, all space folded) is among the words and what it
says of the header (`writer`, `subject`, `field`) holds; one of `unless` among the words forbids it (parcels,
too, are not delivered). Its lines are those after `start` and before `end`.
A line that `address` matches names a recipient (without `address`: a line that is nothing else), and the
diagnosis is what `diagnosis` says:

- below: the address line's own group `text`, and the lines up to the next address
- line: the address line as it stands
- above: the lines between `start` and the address
- all: every line after `diagnosis_start`, or all of the words

`original` finds, in what was said, the address that was mailed.

All expressions ignore case. `sole` takes the first address only; `domain_of_writer` completes bare names.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import Any

from mgtui.report.addresses import clean_address, find_addresses
from mgtui.report.contacts import is_contact
from mgtui.report.dialects.blocks import Block, from_blocks, is_delay, lists_others, sole_address
from mgtui.report.dialects.prose import Prose
from mgtui.report.lazy import has_one
from mgtui.report.model import Line
from mgtui.report.parsed import ReadByDialect

#: In the order they are asked.
TABLES = ("formats.toml", "languages.toml")


#: A rule, or a title within one: it says who writes, not what happened.
_TITLE = re.compile(r"\s{0,8}\*{3,80}(?:[^*]{0,100}\*{3,80})?\s{0,8}|[\s*]{0,80}")


@dataclass(frozen=True)
class Format:
    """An entry of the table; expressions are compiled when first needed."""

    name: str
    markers: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    writer: str = ""
    subject: str = ""
    field: tuple[str, str] = ("", "")
    start: str = ""
    end: str = ""
    address: str = ""
    diagnosis: str = "below"
    diagnosis_start: str = ""
    original: str = ""
    delayed: bool | None = None
    sole: bool = False
    domain_of_writer: bool = False

    @cached_property
    def words(self) -> frozenset[str]:
        """Words of which a mail of this format has one; none where a marker has no word between two others."""
        inner = [max(marker.split(" ")[1:-1], key=len, default="") for marker in self.markers]
        return frozenset(inner) if all(inner) else frozenset()

    @cached_property
    def may_be_ascii(self) -> bool:
        """Tell whether plain letters can hold a marker."""
        return not self.markers or any(map(str.isascii, self.markers))

    @cached_property
    def starts(self) -> re.Pattern[str]:
        """The line after which addresses stand."""
        return re.compile(self.start, re.IGNORECASE)

    @cached_property
    def ends(self) -> re.Pattern[str]:
        """The line that ends them."""
        return re.compile(self.end or r"(?!)", re.IGNORECASE)

    @cached_property
    def names(self) -> re.Pattern[str]:
        """What in a line is an address."""
        return re.compile(self.address or r"(?!)", re.IGNORECASE)

    @cached_property
    def begins_diagnosis(self) -> re.Pattern[str]:
        """The line after which the diagnosis stands, for all recipients alike."""
        return re.compile(self.diagnosis_start or "", re.IGNORECASE)

    @cached_property
    def names_original(self) -> re.Pattern[str]:
        """What in the words is the address that was mailed."""
        return re.compile(self.original or r"(?!)", re.IGNORECASE)

    def is_of(self, prose: Prose) -> bool:
        """Tell whether a mail is of this format, the cheapest look first."""
        if self.markers and not has_one(self.markers, prose.folded):
            return False
        if self.unless and has_one(self.unless, prose.folded):
            return False
        if self.writer and not re.search(self.writer, prose.writer, re.IGNORECASE):
            return False
        if self.subject and not re.search(self.subject, prose.subject, re.IGNORECASE):
            return False
        name, wanted = self.field
        return not name or bool(re.search(wanted, prose.headers.get(name)[:300], re.IGNORECASE))


@lru_cache(maxsize=1)
def formats() -> tuple[Format, ...]:
    """Give the table in its order."""
    # Imported here: most mails are settled by their fields and never need the table.
    import tomllib
    from importlib.resources import files

    texts = (files(__package__).joinpath(name).read_text(encoding="utf-8") for name in TABLES)
    return tuple(_entry(row) for text in texts for row in tomllib.loads(text)["format"])


def read_formats(prose: Prose) -> ReadByDialect | None:
    """Read a mail by the first entry of the table that finds a recipient in it."""
    for entry in _likely(prose):
        if entry.is_of(prose) and (found := read_format(entry, prose)):
            return found
    return None


def _likely(prose: Prose) -> list[Format]:
    """Choose the entries whose words are among those of a mail, in the order of the table."""
    by_word, wordless = _index()
    chosen = {number for word in by_word.keys() & prose.words for number in by_word[word]}
    is_ascii = prose.folded.isascii()
    table = formats()
    chosen.update(number for number in wordless if table[number].may_be_ascii or not is_ascii)
    return [table[number] for number in sorted(chosen)]


@lru_cache(maxsize=1)
def _index() -> tuple[dict[str, list[int]], tuple[int, ...]]:
    """Give the numbers of the entries by their words, and those of entries without."""
    by_word: dict[str, list[int]] = {}
    for number, entry in enumerate(formats()):
        for word in entry.words:
            by_word.setdefault(word, []).append(number)
    return by_word, tuple(number for number, entry in enumerate(formats()) if not entry.words)


def read_format(entry: Format, prose: Prose) -> ReadByDialect | None:
    """Read a mail by one entry."""
    region = _region(entry, prose.lines)
    blocks = _blocks(entry, region, prose)[: 1 if entry.sole else None]
    if entry.sole and blocks and lists_others(prose, blocks[0].address):
        return None
    if entry.diagnosis == "all" or (entry.diagnosis_start and entry.diagnosis == "below"):
        said = _common(entry, prose.lines)
        for block in blocks:
            block.said = [*block.said, *said] if entry.diagnosis_start else list(said)
    if entry.original:
        for block in blocks:
            found = (match for line in block.said if (match := entry.names_original.search(line.text)))
            block.original = next((clean_address(match["address"]) for match in found), None)
    late = is_delay(prose) if entry.delayed is None else entry.delayed
    return from_blocks(entry.name, blocks, prose, late)


def _region(entry: Format, lines: tuple[Line, ...]) -> list[Line]:
    region: list[Line] = []
    started = not entry.start
    for line in lines:
        if not started:
            started = bool(entry.starts.search(line.text))
            # An address may stand in the very line that starts the list.
            if started and entry.address and entry.names.search(line.text):
                region.append(line)
        elif entry.end and entry.ends.search(line.text):
            break
        else:
            region.append(line)
    return region


def _blocks(entry: Format, region: Sequence[Line], prose: Prose) -> list[Block]:
    blocks: list[Block] = []
    above: list[Line] = []
    for index, line in enumerate(region):
        if not line.text.strip():
            continue
        found = _named(entry, line.text, prose)
        if not found or is_contact(region, index, found[0]):
            (blocks[-1].said if blocks and entry.diagnosis == "below" else above).append(line)
            continue
        address, rest = found
        block = Block(address, line)
        if entry.diagnosis == "line":
            block.said.append(line)
        elif entry.diagnosis == "above":
            above.extend([] if sole_address(line.text) else [line])
            block.said, above = [kept for kept in above if not _TITLE.fullmatch(kept.text)][-6:], []
        elif rest:
            block.said.append(Line(line.number, rest))
        blocks.append(block)
    if blocks and entry.diagnosis == "above" and len(blocks[-1].said) < 2:
        # QUIRK: VirusWall NT gives the reason below the address.
        blocks[-1].said += [line for line in above if not _TITLE.fullmatch(line.text)][:6]
    return blocks


def _named(entry: Format, text: str, prose: Prose) -> tuple[str, str] | None:
    if not entry.address:
        address = sole_address(text)
        return (address, "") if address else None
    if "@" not in text and not entry.domain_of_writer:
        return None
    match = entry.names.search(text)
    if not match:
        return None
    address = clean_address(match["address"])
    if address and "@" not in address:
        writer = find_addresses(prose.writer)
        if not entry.domain_of_writer or not writer:
            return None
        address = f"{address}@{writer[0].rpartition('@')[2]}"
    rest = (match.groupdict().get("text") or "").strip()
    return (address, rest) if address else None


def _common(entry: Format, lines: tuple[Line, ...]) -> list[Line]:
    if not entry.diagnosis_start:
        return [line for line in lines if line.text.strip()][:12]
    at = next((n for n, line in enumerate(lines) if entry.begins_diagnosis.search(line.text)), None)
    if at is None:
        return []
    first = lines[at]
    match = entry.begins_diagnosis.search(first.text)
    rest = first.text[match.end() :].strip() if match else ""
    head = [Line(first.number, rest)] if rest else []
    until = next((n for n in range(at + 1, len(lines)) if entry.ends.search(lines[n].text)), len(lines))
    # Where the addresses end above the diagnosis, their end is none of the diagnosis.
    last = min(until, at + 12) if until > at + 1 else at + 12
    return [*head, *(line for line in lines[at + 1 : last] if line.text.strip())][:8]


def _entry(row: dict[str, Any]) -> Format:
    known = {one.name for one in fields(Format)}
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items() if key in known
    }
    return Format(**values)
