"""What the returned mail was: its identity, as far as the report quotes it."""

import re
from collections.abc import Sequence
from typing import Final

from mgtui.report.entities import header_end
from mgtui.report.limits import MAX_PART_HEADER_BYTES
from mgtui.report.model import Headers, Line, Original
from mgtui.report.parsed import ParsedMail
from mgtui.report.splitter import RETURNED_TYPES

_MAX_LINES: Final = 500
#: A field by which a mail is known, with a letter of its value that no decoding takes away; and as most write it.
_IS_NAMED: Final = re.compile(rb"\n(?:message-id|subject):[ \t]*[!-<>-~]", re.I)
_NAMES: Final = ("Message-ID: <", "Message-Id: <", "Subject: ")


def original_of(mail: ParsedMail) -> Original | None:
    """Give the returned mail; None where nothing of its header is there."""
    part = next((part for part in mail.parts if part.content_type in RETURNED_TYPES), None)
    if part is None or part.encoding in ("base64", "quoted-printable"):
        original = Original(lines=tuple(mail.original_lines[:_MAX_LINES]))
        is_named = _has_name(original.lines)
    else:
        end, _ = header_end(mail.raw, part.start, min(part.end - part.start, MAX_PART_HEADER_BYTES * 4))
        original = Original(mail.raw[part.start : end].lstrip())
        is_named = _IS_NAMED.search(original.block) is not None
    return original if is_named or _is_known(original.headers) else None


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
