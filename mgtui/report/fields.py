"""Header blocks (RFC 5322 section 2.2), with the damage that real mail brings."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from mgtui.report.charset import decode
from mgtui.report.limits import MAX_FIELDS, MAX_VALUE
from mgtui.report.words import decode_words, without_controls

#: QUIRK: blanks between name and colon.
_NAME: Final = re.compile(r"[!-9;-~]{1,100}[ \t]{0,20}")

_LONGEST_NAME: Final = 120  #: with the blanks behind it

Fields = tuple[tuple[str, str], ...]


def parse_fields(data: bytes) -> tuple[Fields, int]:
    """Read a header block, and say how many of its bytes are header.

    Less than all of them are, where the body follows without a blank line.
    """
    found: list[tuple[str, str]] = []
    name, value = "", ""
    coded = _is_coded(data)
    lines = _text_of(data).split("\n")
    used = len(lines)
    for number, line in enumerate(lines):
        if line[:1] in (" ", "\t"):
            if name and len(value) < MAX_VALUE:
                value += " " + line.strip()
            continue
        before, colon, after = line.partition(":")
        begun = field_name(before) if colon and len(before) <= _LONGEST_NAME else ""
        if begun:
            if name:
                value = value.strip()
                found.append((name, clean_value(value) if coded or not value.isprintable() else value))
            name, value = begun, after.strip()
            if len(found) >= MAX_FIELDS:
                name = ""
                break
        elif not _is_noise(line, bool(name)):
            used = number
            break
    if name:
        value = value.strip()
        found.append((name, clean_value(value) if coded or not value.isprintable() else value))
    return tuple(found), _length(data, used, len(lines))


def fields_of_texts(texts: Iterable[str]) -> Fields:
    """Read a header out of lines of a text, quoted like a reply or not."""
    fields: list[tuple[str, str]] = []
    indent = ""
    pending = ""
    for text in texts:
        if text.startswith((">", "|")):
            text = text.lstrip(">|").removeprefix(" ")  # QUIRK: the returned mail quoted like a reply
        if not fields and text[:1] in " \t":
            indent = text[: len(text) - len(text.lstrip())]  # QUIRK: the returned mail set in as a whole
        text = text.removeprefix(indent)
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
            if pending:
                fields[-1] = (fields[-1][0], f"{fields[-1][1]} {pending}")
                pending = ""
            fields.append((name.strip().lower(), value.strip()))
        elif len(fields) >= 3 and not text.startswith("From "):
            if pending or colon:
                break
            pending = text.strip()[:MAX_VALUE]  # QUIRK: HTML takes the blanks off a folded line
    return tuple([(name, clean_value(value)) for name, value in fields])


@lru_cache(maxsize=2000)
def field_name(text: str) -> str:
    """Give the lower-case name of a field by what stands before its colon, "" where that is no name.

    Mails repeat a few hundred names, so that most are known already.
    """
    return text.rstrip(" \t").lower() if _NAME.fullmatch(text) else ""


def _length(data: bytes, used: int, of: int) -> int:
    """Give the number of bytes in the first lines of a header block."""
    if used >= of or (used == of - 1 and data.endswith(b"\n")):
        return len(data)
    return sum(len(line) + 1 for line in data.split(b"\n", used)[:used])


def _is_coded(data: bytes) -> bool:
    """Tell a header block of which a printable value, too, may need decoding or cutting."""
    return b"=?" in data or len(data) > MAX_VALUE


def clean_value(value: str) -> str:
    """Decode a field's words and drop its control characters."""
    return without_controls(decode_words(value[:MAX_VALUE])).strip()


def _is_noise(line: str, inside: bool) -> bool:
    """Tell a line that may stand in a header though it is no field: an mbox separator, a blank first line."""
    if line.startswith(("From ", ">From ")):
        return True
    return not inside and not line.strip("\r \t\0")


def _text_of(data: bytes) -> str:
    try:
        return data.decode("ascii")
    except UnicodeError:
        pass
    try:
        return data.decode("utf-8")
    except UnicodeError:
        return decode(data, "")
