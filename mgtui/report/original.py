"""What the returned mail was: its identity, as far as the report quotes it."""

import re
from collections.abc import Sequence
from typing import Final

from mgtui.report.bodies import encoding_of
from mgtui.report.entities import header_end
from mgtui.report.fields import Fields, clean_value
from mgtui.report.limits import MAX_PART_HEADER_BYTES, MAX_VALUE
from mgtui.report.model import Headers, Line, Original
from mgtui.report.parsed import ParsedMail
from mgtui.report.splitter import RETURNED_TYPES

_MAX_LINES: Final = 500
#: A field by which a mail is known, and a letter of its value that no decoding takes away.
_IS_NAMED: Final = re.compile(rb"\n(?:message-id|subject):[ \t]*[!-<>-~]", re.I)


def original_of(mail: ParsedMail) -> Original | None:
    """Give the returned mail; None where nothing of its header is there."""
    part = next((part for part in mail.parts if part.content_type in RETURNED_TYPES), None)
    if part is None or encoding_of(part) in ("base64", "quoted-printable"):
        original = Original(fields=_fields_of(mail.original_lines))
    else:
        end, _ = header_end(mail.raw, part.start, min(part.end - part.start, MAX_PART_HEADER_BYTES * 4))
        original = Original(mail.raw[part.start : end].lstrip())
        if _IS_NAMED.search(original.block):
            return original
    return original if _is_known(original.headers) else None


def _fields_of(lines: Sequence[Line]) -> Fields:
    """Read a header out of lines, quoted like a reply or not."""
    fields: list[tuple[str, str]] = []
    for line in lines[:_MAX_LINES]:
        text = line.text
        if text.startswith((">", "|")):
            text = text.lstrip(">| ")  # QUIRK: the returned mail quoted like a reply
        if not text.strip():
            if fields:
                break
            continue
        if text[0] in " \t" and fields:
            name, value = fields[-1]
            if len(value) < MAX_VALUE:
                fields[-1] = (name, value + " " + text.strip())
            continue
        name, colon, value = text.partition(":")
        if colon and name and " " not in name.strip() and len(name) < 80:
            fields.append((name.strip().lower(), value.strip()))
        elif len(fields) >= 3 and not text.startswith("From "):
            break
    return tuple((name, clean_value(value)) for name, value in fields)


def _is_known(headers: Headers) -> bool:
    return bool(headers.message_id or headers.subject or headers.sender or headers.addressees)
