"""The entities of a mail (RFC 2046 section 5.1), found in one pass over its delimiter lines."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from mgtui.report.fields import Fields, parse_fields
from mgtui.report.limits import MAX_DELIMITERS, MAX_DEPTH, MAX_HEADER_BYTES, MAX_PART_HEADER_BYTES, MAX_PARTS
from mgtui.report.parsed import Part
from mgtui.report.words import parse_parameters

_DASHES: Final = re.compile(rb"\n--")  # a quarter of the time that `bytes.find` takes
_MAX_DELIMITER: Final = 300
_BLANK_LINE: Final = re.compile(rb"\n\r?\n")
_FIELD_START: Final = re.compile(rb"^[!-9;-~]{1,100}[ \t]{0,20}:", re.M)
#: Fields that no header of a part has: they begin the body of a report, or of a returned mail.
_OF_BODY: Final = frozenset(
    (
        *("received", "return-path", "from", "to", "cc", "subject", "date", "message-id", "delivered-to"),
        *(
            "reporting-mta",
            "original-envelope-id",
            "final-recipient",
            "original-recipient",
            "action",
            "status",
        ),
        *("arrival-date", "received-from-mta", "diagnostic-code", "reporting-ua", "disposition"),
        *("feedback-type", "user-agent", "version", "original-mail-from", "original-rcpt-to", "source-ip"),
    )
)
_SHORT: Final = 300  #: bytes of a header that may well come again


class _Header(NamedTuple):
    """What the header of an entity says; shared by all entities with the same one, and never changed."""

    fields: Fields
    length: int  #: bytes of the block that are header
    content_type: str
    parameters: dict[str, str]
    disposition: str
    filename: str
    encoding: str
    may_have_parts: bool  #: a multipart, or nothing that says what it is


@dataclass(slots=True)
class _Open:
    """A multipart that has begun: its delimiter, and whether one of them was met."""

    part: Part
    boundary: bytes
    declared: bool  #: the boundary stands in the header and somewhere in the body
    seen: bool = False


@dataclass(slots=True)
class _Walk:
    raw: bytes
    findings: list[str]
    parts: list[Part] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    leaf: Part | None = None
    looked_for: int = 0


def normalised(raw: bytes, findings: list[str], most: int | None = None) -> bytes:
    """Make line ends of a damaged mail readable; a mail without such damage is given back as it is.

    Mending copies a mail, so that only its first `most` bytes are mended where nobody needs the rest.
    """
    head = raw[:4096]
    mended = raw
    if b"\0" in head and _has_stray_nuls(head):
        # QUIRK: mailboxes written in blocks, and gateways in C, leave NULs in lines and behind delimiters.
        findings.append("NULs among the text")
        mended = raw[:most].replace(b"\0", b"")
        head = mended[:4096]
    if b"\r\r\n" in head:
        findings.append("lines end in CR CR LF")
        mended = mended[:most].replace(b"\r\r\n", b"\r\n")
    elif b"\r" in head and head.count(b"\r") > head.count(b"\r\n") + head.endswith(b"\r"):
        findings.append("lines end in a bare CR")
        # QUIRK: gateways turn the pair round; LF CR is one line end, not two.
        swapped = b"\n\r" if head.count(b"\n\r") == head.count(b"\r") else b"\r\n"
        mended = mended[:most].replace(swapped, b"\n").replace(b"\r", b"\n")
    if mended is not raw and most is not None and len(raw) > most:
        findings.append("the end of a damaged mail is left out")
    return mended


def _has_stray_nuls(head: bytes) -> bool:
    """Tell a few NULs from a text in UTF-16, where every other byte may be one."""
    return head.count(b"\0") <= head.count(b"\n") + head.count(b"\r")


def header_end(raw: bytes, start: int, most: int) -> tuple[int, int]:
    """Find the blank line after a header: where the header ends, and where the body begins."""
    limit = min(len(raw), start + most)
    if raw.startswith(b"\n", start):
        return start, start + 1
    if raw.startswith(b"\r\n", start):
        return start, start + 2
    blank = _BLANK_LINE.search(raw, start, limit)
    return (blank.start() + 1, blank.end()) if blank else (limit, limit)


def find_entities(raw: bytes, findings: list[str]) -> tuple[Fields, list[Part]]:
    """Split a mail into its header fields and its parts, in document order, the whole mail first."""
    begin = _skip_blank(raw)
    if begin:
        findings.append("blank lines before the header")
    end, body = header_end(raw, begin, MAX_HEADER_BYTES)
    header = _read_header(raw[begin:end])
    if begin + header.length < end:
        findings.append("the header ends without a blank line")
        body = begin + header.length
    walk = _Walk(raw, findings)
    _open_part(walk, header, body)
    _walk_delimiters(walk, max(body - 1, 0))
    _close_to(walk, 0, len(raw))
    return header.fields, walk.parts


def _skip_blank(raw: bytes) -> int:
    """Give the offset of the first line with anything on it."""
    head = raw[:4096]
    return len(head) - len(head.lstrip(b"\r\n \t\0")) if head[:1] in (b"\r", b"\n", b" ", b"\t", b"\0") else 0


def _read_header(data: bytes, in_part: bool = False) -> _Header:
    fields, length = parse_fields(data)
    if in_part and len(fields) > 1 and fields[0][0] == "content-type":
        fields, length = _without_body(data, fields, length)
    first = dict(reversed(fields))
    declared = first.get("content-type", "")
    content_type, parameters = parse_parameters(declared) if declared else ("text/plain", {})
    if "/" not in content_type:
        content_type = "text/plain"
    filed = first.get("content-disposition", "")
    disposition, filing = parse_parameters(filed) if filed else ("", {})
    filename = filing.get("filename") or parameters.get("name", "")
    encoding = _encoding(first.get("content-transfer-encoding", ""))
    may_have_parts = content_type.startswith("multipart/") or not declared
    return _Header(fields, length, content_type, parameters, disposition, filename, encoding, may_have_parts)


def _without_body(data: bytes, fields: Fields, length: int) -> tuple[Fields, int]:
    """Part the header of a report's part from fields that are its body. QUIRK: no blank line between the two."""
    at = next((n for n, (name, _) in enumerate(fields) if name in _OF_BODY), 0)
    certain = fields[0][1][:12].lower().startswith(("message/", "text/rfc822"))
    least = min(2, len(fields) - at) if certain else 4
    if not at or sum(name in _OF_BODY for name, _ in fields[at : at + 8]) < least:
        return fields, length
    names = list(_FIELD_START.finditer(data))
    return fields[:at], names[at].start() if at < len(names) else length


def _encoding(value: str) -> str:
    """Name a transfer encoding, lower case, without what senders put behind it."""
    words = value.lower().replace(";", " ").split()
    return words[0].strip("\"'") if words else ""


#: The header of a part is a line or two that a mail server writes into each of its reports.
_read_short_header = lru_cache(maxsize=500)(_read_header)


def _open_part(walk: _Walk, header: _Header, start: int) -> None:
    """Add a part whose body starts here; a multipart waits for its delimiters."""
    index = len(walk.parts)
    part = Part(
        index,
        len(walk.stack),
        header.content_type,
        header.parameters,
        header.fields,
        start,
        len(walk.raw),
        header.disposition,
        header.filename,
        header.encoding,
    )
    walk.parts.append(part)
    walk.leaf = part
    if header.may_have_parts and (index == 0 or part.content_type.startswith("multipart/")):
        _open_multipart(walk, part)
        walk.leaf = None


def _open_multipart(walk: _Walk, part: Part) -> None:
    if len(walk.stack) >= MAX_DEPTH:
        walk.findings.append("multiparts are nested too deep; the inner ones are read as text")
        part.content_type = "text/plain"
        return
    boundary = part.parameters.get("boundary", "").rstrip().encode("utf-8", "surrogateescape")[:200]
    # Looking for the boundary costs a pass over the mail, so it is done for the outermost multiparts only.
    declared = bool(boundary)
    if boundary and len(walk.stack) < 2 and walk.looked_for < 4:
        walk.looked_for += 1
        declared = walk.raw.find(b"--" + boundary, part.start, part.end) >= 0
    walk.stack.append(_Open(part, boundary, declared))


def _walk_delimiters(walk: _Walk, at: int) -> None:
    raw = walk.raw
    for _ in range(MAX_DELIMITERS):
        if not walk.stack:
            return
        found = _DASHES.search(raw, at)
        if found is None:
            return
        at = found.start()
        stop = raw.find(b"\n", at + 1, at + _MAX_DELIMITER)
        line_end = stop if stop >= 0 else min(len(raw), at + _MAX_DELIMITER)
        at = _delimiter(walk, at, line_end, raw[at + 3 : line_end].rstrip())
    walk.findings.append("too many lines look like delimiters; the rest is read as one part")


def _delimiter(walk: _Walk, at: int, line_end: int, token: bytes) -> int:
    """Judge a line that starts with two dashes; gives the offset to look on from."""
    for level in range(len(walk.stack) - 1, -1, -1):
        opened = walk.stack[level]
        if not opened.declared:
            if (
                not _begins_part(walk.raw, line_end)
                or opened.seen
                or (not opened.boundary and not _is_near(opened, at))
            ):
                continue
            walk.findings.append("the delimiter isn't the one that the header names")
            opened.boundary, opened.declared = token, True
        if token == opened.boundary:
            opened.seen = True
            _close_to(walk, level + 1, at)
            return _begin_part(walk, at, line_end)
        if token[:-2] == opened.boundary and token.endswith(b"--"):
            _close_to(walk, level, at)
            return line_end
    return line_end


def _begins_part(raw: bytes, line_end: int) -> bool:
    return raw[line_end + 1 : line_end + 9].lower() == b"content-"


def _is_near(opened: _Open, at: int) -> bool:
    """Tell whether a mail without a Content-Type starts like a multipart."""
    return at - opened.part.start < 400 or bool(opened.part.parameters)


def _begin_part(walk: _Walk, at: int, line_end: int) -> int:
    if len(walk.parts) >= MAX_PARTS:
        walk.findings.append("too many parts; the rest is left out")
        walk.stack.clear()
        return line_end
    start = min(line_end + 1, len(walk.raw))
    end, body = header_end(walk.raw, start, MAX_PART_HEADER_BYTES)
    next_delimiter = walk.raw.find(b"\n--" + walk.stack[-1].boundary, at + 1, end)
    if next_delimiter >= 0:  # a part that is all header
        end = body = next_delimiter + 1
    data = walk.raw[start:end]
    header = _read_short_header(data, True) if len(data) < _SHORT else _read_header(data, True)
    if start + header.length < end:
        body = start + header.length
    _open_part(walk, header, body)
    return max(body - 1, line_end)


def _close_to(walk: _Walk, level: int, at: int) -> None:
    """End the current part here, and every multipart from this level of nesting inwards."""
    end = at - 1 if at > 0 and at < len(walk.raw) and walk.raw[at - 1] == 13 else at
    if walk.leaf is not None:
        _end_part(walk.leaf, end)
        walk.leaf = None
    if level == len(walk.stack):
        return
    for opened in walk.stack[level:]:
        _end_part(opened.part, end)
        if not opened.seen and opened.part.content_type.startswith("multipart/"):
            walk.findings.append("a multipart without its delimiters; it is read as text")
            opened.part.content_type = "text/plain"
        elif opened.seen and not opened.part.content_type.startswith("multipart/"):
            opened.part.content_type = "multipart/mixed"
    del walk.stack[level:]


def _end_part(part: Part, end: int) -> None:
    """End a part here, or where it ends already; never before it starts."""
    if end < part.end:
        part.end = end if end > part.start else part.start
