"""What the returned mail was: its identity, as far as the report quotes it."""

import re
from collections.abc import Sequence
from typing import Final

from mgtui.report.bodies import body_lines
from mgtui.report.entities import find_entities, header_end
from mgtui.report.limits import MAX_PART_HEADER_BYTES
from mgtui.report.model import Headers, Line, Original
from mgtui.report.parsed import ParsedMail, Part
from mgtui.report.part_types import RETURNED_TYPES, true_types
from mgtui.report.quoted import quoted_header

_MAX_LINES: Final = 500
_BLANKS: Final = (b"\n", b"\r", b" ", b"\t")
_MAX_FILES: Final = 5
_FEW_BYTES: Final = 65_536
_MAX_NESTED: Final = 4
#: A field by which a mail is known, with a letter of its value that no decoding takes away; and as most write it.
_IS_NAMED: Final = re.compile(rb"\n(?:message-id|subject):[ \t]*[!-<>-~]", re.I)
_ID: Final = b"\nMessage-ID: <"
_OTHER_ID: Final = b"\nMessage-Id: <"
_NAMES: Final = ("Message-ID: <", "Message-Id: <", "Subject: ")
_REPORT: Final = b"/report"
#: What reports of Exchange and receipts (RFC 8098 section 3.2.5) say of the mail that they are about.
_ID_FIELD: Final = re.compile(r"(?:x-)?original-message-id[ \t]{0,4}:[ \t]{0,20}(<[^\s<>]{1,500}>)", re.I)


def original_of(mail: ParsedMail) -> Original | None:
    """Give the returned mail; None where nothing of its header is there."""
    part = next((part for part in mail.parts if part.content_type in RETURNED_TYPES), None)
    original, is_named = _in_part(mail, part)
    if not is_named and part is not None and true_types(mail.raw, part):
        # QUIRK: the part of the fields is called a mail, too; the mail comes behind it.
        later = mail.parts[part.index + 1 :]
        part = next((part for part in later if part.content_type in RETURNED_TYPES), None)
        original, is_named = _in_part(mail, part)
    if is_named or _is_known(original.headers):
        return original
    return _in_file(mail) or _quoted(mail) or _named(mail)


def _in_part(mail: ParsedMail, part: Part | None) -> tuple[Original, bool]:
    """Give the mail that a part holds, and whether a glance finds that it is named there."""
    if part is None or part.encoding in ("base64", "quoted-printable"):
        original = Original(lines=tuple(mail.original_lines[:_MAX_LINES]))
        return original, _has_name(original.lines)
    original = Original(_block(mail.raw, part.start, part.end))
    block = original.block
    is_named = _ID in block or _OTHER_ID in block or _IS_NAMED.search(block) is not None
    if _REPORT in block:
        original = _innermost(mail.raw[part.start : part.end]) or original
    return original, is_named


def _block(raw: bytes, start: int, end: int) -> bytes:
    """Give the header of a returned mail. QUIRK: blank lines may stand before it."""
    if raw.startswith(_BLANKS, start):
        head = raw[start : min(start + 64, end)]
        start += len(head) - len(head.lstrip())
    stop, _ = header_end(raw, start, min(end - start, MAX_PART_HEADER_BYTES * 4))
    return raw[start:stop]


def _innermost(raw: bytes) -> Original | None:
    """Find what was returned first: a host that forwards may return the report that it got itself."""
    found: Original | None = None
    for _ in range(_MAX_NESTED):
        _, parts = find_entities(raw, [])
        part = next((part for part in parts[1:] if part.content_type in RETURNED_TYPES), None)
        if part is None or part.encoding in ("base64", "quoted-printable"):
            break
        inner = Original(_block(raw, part.start, part.end))
        if not _is_known(inner.headers):
            break
        found = inner
        if _REPORT not in inner.block:
            break
        raw = raw[part.start : part.end]
    return found


def _has_name(lines: Sequence[Line]) -> bool:
    """Tell a header that names its mail by a glance at its lines."""
    for line in lines:
        text = line.text
        if text.startswith(_NAMES) and text[-1] > " ":
            return True
        if not text.strip():
            break
    return False


def _is_known(headers: Headers) -> bool:
    return bool(headers.message_id or headers.subject or headers.sender or headers.addressees)


def _in_file(mail: ParsedMail) -> Original | None:
    """Look for the mail in a file. QUIRK: gateways attach `header.txt`, or `original.eml` as mere bytes."""
    files = [part for part in mail.parts[1:] if part.filename and _may_be_mail(part)]
    for part in files[:_MAX_FILES]:
        lines = quoted_header(body_lines(mail.raw, part, 1, MAX_PART_HEADER_BYTES))
        if lines:
            return Original(lines=lines)
    return None


def _may_be_mail(part: Part) -> bool:
    return part.content_type == "text/plain" or part.filename.lower().endswith((".eml", ".msg"))


def _quoted(mail: ParsedMail) -> Original | None:
    """Look for a header among the words; the report's own is none."""
    if not _may_quote(mail):
        return None
    lines = quoted_header(mail.notice)
    original = Original(lines=lines) if lines else None
    if original is None or (original.message_id and original.message_id == mail.headers.message_id):
        return None
    return original


def _may_quote(mail: ParsedMail) -> bool:
    """Tell at a glance whether the bodies hold the names of fields by which a mail is known."""
    return (
        _holds(mail, b"essage-ID:")
        or _holds(mail, b"essage-Id:")
        or _holds(mail, b"MESSAGE-ID:")
        or _holds(mail, b"message-id:")
        or (_holds(mail, b"ubject:") and _holds(mail, b"From:"))
        or any(part.encoding == "base64" for part in mail.parts)
    )


def _holds(mail: ParsedMail, word: bytes) -> bool:
    start = mail.parts[0].start
    return mail.raw.find(word, start, start + _FEW_BYTES) >= 0


def _named(mail: ParsedMail) -> Original | None:
    """Take the Message-ID that the machine-readable part names."""
    if not (_holds(mail, b"riginal-Message-I") or _holds(mail, b"riginal-message-i")):
        return None
    for lines in (mail.status_lines, mail.disposition_lines):
        for line in lines[:100]:
            if match := _ID_FIELD.match(line.text):
                return Original(lines=(Line(line.number, f"Message-ID: {match[1]}"),))
    return None
