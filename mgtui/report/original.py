"""What the returned mail was: its identity, as far as the report quotes it."""

from collections.abc import Sequence
from typing import Final

from mgtui.report.entity import headers_of
from mgtui.report.fields import clean_value
from mgtui.report.model import Line, Original

_MAX_LINES: Final = 500


def original_of(lines: Sequence[Line]) -> Original | None:
    """Sum up the returned mail's header; None where nothing of it is quoted."""
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
            fields[-1] = (name, value + " " + text.strip())
            continue
        name, colon, value = text.partition(":")
        if colon and name and " " not in name.strip() and len(name) < 80:
            fields.append((name.strip().lower(), value.strip()))
        elif len(fields) >= 3 and not text.startswith("From "):
            break
    if not fields:
        return None
    headers = headers_of(tuple((name, clean_value(value)) for name, value in fields))
    if not (headers.message_id or headers.sender or headers.addressees or headers.subject):
        return None
    return Original(
        message_id=headers.message_id,
        sender=headers.sender[0] if headers.sender else "",
        addressees=headers.addressees,
        subject=headers.subject,
        list_id=headers.list_id,
        headers=headers,
    )
