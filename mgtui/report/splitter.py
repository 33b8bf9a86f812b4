"""A mail taken apart: its header, its prose, its machine-readable parts, and the mail that was returned.

A bounded splitter of our own (RFC 2045-2049): Python's email package takes minutes on a hundred kilobytes of
hostile header. Bodies are decoded when a reader asks for them.
"""

import re
from collections.abc import Sequence
from typing import Final

from mgtui.report.bodies import LazyLines, body_lines
from mgtui.report.entities import find_entities, header_end, normalised
from mgtui.report.flatten import flatten
from mgtui.report.limits import MAX_MENDED_BYTES, MAX_NOTICE_LINES, MAX_PART_HEADER_BYTES, MAX_TEXT_BYTES
from mgtui.report.model import Headers, Line
from mgtui.report.parsed import ParsedMail, Part
from mgtui.report.part_types import (
    DISPOSITION_TYPES,
    FEEDBACK_TYPES,
    FIELD_TYPES,
    MISNAMED,
    RETURNED_TYPES,
    STATUS_TYPES,
    true_types,
)
from mgtui.report.returned import find_original

_FOOTER_LINES: Final = 12  #: of a footer at most, with its delimiter
_FOOTER_BYTES: Final = 1_500
_UU_BEGIN: Final = re.compile(r"begin [0-7]{3,4} \S")
_HEADER_FIELD: Final = re.compile(
    r"(?:received|return-path|from|to|cc|date|message-id|subject|mime-version|reply-to|sender|delivered-to"
    r"|dkim-signature|list-[\w-]{1,20}|content-[\w-]{1,30}|x-[\w-]{1,60}):",
    re.I,
)


def split(raw: bytes) -> ParsedMail:
    """Take a mail apart; answers any bytes, with findings where they are damaged."""
    findings: list[str] = []
    whole = normalised(raw, findings, MAX_MENDED_BYTES)
    fields, parts = find_entities(whole, findings)
    sort = _Sorted(whole, parts)
    return ParsedMail(
        headers=Headers(fields),
        parts=tuple(parts),
        notice=LazyLines(sort.notice),
        status_lines=sort.of_types(STATUS_TYPES),
        feedback_lines=sort.of_types(FEEDBACK_TYPES),
        disposition_lines=sort.of_types(DISPOSITION_TYPES),
        original_lines=LazyLines(sort.original),
        findings=findings,
        raw=whole,
    )


class _Sorted:
    """The parts of a mail by what they are for; each text is decoded once."""

    def __init__(self, raw: bytes, parts: list[Part]) -> None:
        self._raw = raw
        self._parts = parts
        self._types = {part.content_type for part in parts}
        self._texts: tuple[list[Line], Sequence[Line]] | None = None
        self._counted_to, self._line = 0, 1
        self._misnamed = self._find_misnamed()

    def of_types(self, types: frozenset[str]) -> Sequence[Line]:
        """Give the decoded lines of the parts of these types, lazily; () where there is none."""
        chosen: list[Part] = []
        if not types.isdisjoint(self._types):
            chosen = [part for part in self._parts if part.content_type in types]
        elif self._misnamed:
            chosen = [part for part in self._parts if self._misnamed.get(part.index) is types]
        if not chosen:
            return ()
        return LazyLines(lambda: self._joined(chosen[:50]))

    def _find_misnamed(self) -> dict[int, frozenset[str]]:
        """Give the parts that are fields by another type, where none has the right one."""
        if (
            not FIELD_TYPES.isdisjoint(self._types)
            or len(self._parts) < 2
            or MISNAMED.isdisjoint(self._types)
        ):
            return {}
        return {part.index: types for part in self._parts[1:] if (types := true_types(self._raw, part))}

    def _joined(self, parts: list[Part]) -> list[Line]:
        """Put several parts together, a blank line between them."""
        lines: list[Line] = []
        for part in parts:
            if lines:
                lines.append(Line(self._first_line(part), ""))
            lines += self._lines(part)
            if len(lines) > MAX_NOTICE_LINES:
                break
        return lines

    def _lines(self, part: Part) -> list[Line]:
        return body_lines(self._raw, part, self._first_line(part))

    def _first_line(self, part: Part) -> int:
        """Give the number of the line that a body begins on; parts are asked for in their order, a few times each."""
        if part.start < self._counted_to:
            self._counted_to, self._line = 0, 1
        self._line += self._raw.count(b"\n", self._counted_to, part.start)
        self._counted_to = part.start
        return self._line

    def notice(self) -> Sequence[Line]:
        """The prose of the reporting side."""
        return self._both()[0]

    def original(self) -> Sequence[Line]:
        """The returned mail, header first."""
        return self._both()[1]

    def _both(self) -> tuple[list[Line], Sequence[Line]]:
        if self._texts is None:
            self._texts = self._separate()
        return self._texts

    def _separate(self) -> tuple[list[Line], Sequence[Line]]:
        attached: Part | None = None
        notice: list[Line] = []
        quoted: Sequence[Line] = ()
        for part in self._text_parts():
            if part.index in self._misnamed:
                continue
            if part.content_type in RETURNED_TYPES:
                attached = attached or part
                continue
            lines = self._prose(part)
            if (
                part.encoding
                or self._raw.find(b"\n-- ", max(part.start, part.end - _FOOTER_BYTES), part.end) >= 0
            ):
                lines = _without_footer(lines)
            if notice and self._after_status(part) and _is_header(lines):
                quoted = quoted or lines  # QUIRK: the returned header comes as text/plain
                continue
            found = find_original(lines)
            if found is not None and (found[0] > 0 or not notice):
                quoted = quoted or lines[found[1] :]
                lines = lines[: found[0]]
            if notice and lines:
                notice.append(Line(self._first_line(part), ""))
            notice += lines
            if len(notice) > MAX_NOTICE_LINES:
                break
        return notice, (self._head_of(attached) if attached else quoted)

    def _head_of(self, part: Part) -> list[Line]:
        """Give the beginning of a returned mail: its header and as much again, since nobody asks for more."""
        _, body = header_end(self._raw, part.start, MAX_PART_HEADER_BYTES * 4)
        most = min(body + MAX_PART_HEADER_BYTES - part.start, MAX_TEXT_BYTES)
        return body_lines(self._raw, part, self._first_line(part), most)

    def _text_parts(self) -> list[Part]:
        """Choose the parts that a person would read, and the returned mail; of alternatives the plain one."""
        chosen: list[Part] = []
        for part in self._parts:
            if part.content_type in RETURNED_TYPES:
                chosen.append(part)
            elif (
                part.content_type.startswith("text/")
                and part.content_type not in STATUS_TYPES | FEEDBACK_TYPES
            ):
                if part.disposition == "attachment" and part.filename and chosen:
                    continue
                if part.content_type == "text/html" and self._has_plain_twin(part):
                    continue
                chosen.append(part)
            if len(chosen) >= 50:
                break
        return chosen

    def _has_plain_twin(self, html: Part) -> bool:
        """Tell whether an HTML part merely repeats a plain one: both within one multipart/alternative."""
        for part in reversed(self._parts[: html.index]):
            if part.depth < html.depth and part.content_type.startswith("multipart/"):
                return False
            if part.content_type == "text/plain" and part.depth == html.depth:
                parent = next((p for p in reversed(self._parts[: part.index]) if p.depth < part.depth), None)
                blank = not self._raw[part.start : min(part.end, part.start + 2000)].strip()
                return parent is not None and parent.content_type == "multipart/alternative" and not blank
        return False

    def _prose(self, part: Part) -> list[Line]:
        lines = self._lines(part)
        if part.content_type == "text/html" or (part.index == 0 and _looks_like_html(lines)):
            return flatten(lines)
        return lines if self._holds_no_file(part) else _without_uuencode(lines)

    def _holds_no_file(self, part: Part) -> bool:
        """Tell at a glance, as far as a body isn't encoded, that no uuencoded or BinHex file begins in it."""
        if part.encoding in ("base64", "quoted-printable"):
            return False
        return all(self._raw.find(word, part.start, part.end) < 0 for word in (b"begin ", b"BinHex"))

    def _after_status(self, part: Part) -> bool:
        return any(p.content_type in STATUS_TYPES or p.index > 1 for p in self._parts[: part.index])


def _looks_like_html(lines: Sequence[Line]) -> bool:
    """Tell HTML that is called plain text."""
    head = next((line.text.lstrip() for line in lines[:20] if line.text.strip()), "")
    return head[:9].lower() in ("<!doctype", "<html>", "<html xml") or head[:5].lower() == "<html"


def _without_footer(lines: list[Line]) -> list[Line]:
    """Leave out what a list, a host or a virus scanner appends behind `-- ` (RFC 3676 section 4.3)."""
    for at in range(max(len(lines) - _FOOTER_LINES, 0), len(lines)):
        if lines[at].text == "-- ":
            return lines[:at]
    return lines


def _is_header(lines: Sequence[Line]) -> bool:
    """Tell a text that begins like the header of a mail."""
    head = [line.text for line in lines[:40] if line.text][:3]
    return bool(head) and all(_HEADER_FIELD.match(text) or text[:1] in (" ", "\t") for text in head)


def _without_uuencode(lines: list[Line]) -> list[Line]:
    """Leave out uuencoded and BinHex files: their lines look like addresses and codes to a reader."""
    kept: list[Line] = []
    inside = False
    for line in lines:
        if inside:
            inside = line.text not in ("end", "end\r")
        elif line.text.startswith("begin ") and _UU_BEGIN.match(line.text):
            inside = True
        elif line.text.startswith("(This file must be converted with BinHex"):
            break
        else:
            kept.append(line)
    return kept
