"""Header blocks (RFC 5322 section 2.2), with the damage that real mail brings."""

import re
from typing import Final

from mgtui.report.charset import decode
from mgtui.report.limits import MAX_FIELDS, MAX_VALUE
from mgtui.report.words import decode_words, without_controls

#: QUIRK: blanks between name and colon; QUIRK: continuation lines that are blank but for spaces.
_FIELD: Final = re.compile(r"([!-9;-~]{1,100})[ \t]{0,20}:(.*)")

_FIELDS: Final = re.compile(r"^([!-9;-~]{1,100})[ \t]{0,20}:(.*(?:\n[ \t].*)*)", re.M)

Fields = tuple[tuple[str, str], ...]


def parse_fields(data: bytes) -> tuple[Fields, int]:
    """Read a header block, and say how many of its bytes are header.

    Less than all of them are, where the body follows without a blank line.
    """
    text = _text_of(data)
    whole = _parse_whole(text)
    if whole is not None:
        return whole, len(data)
    return _parse_lines(data, text)


def _parse_whole(text: str) -> Fields | None:
    """Read a header that has no damage; None where a line is neither field nor continuation."""
    lines = text.count("\n") + (not text.endswith("\n"))
    starts = lines - text.count("\n ") - text.count("\n\t")
    if starts > MAX_FIELDS or text[:1] in ("", " ", "\t"):
        return None
    pairs = _FIELDS.findall(text)
    if len(pairs) != starts:
        return None
    found: list[tuple[str, str]] = []
    for name, folded in pairs:
        value = folded.strip()
        if "\n" in value:
            value = " ".join([part.strip() for part in value[: 2 * MAX_VALUE].split("\n")])
        if "=?" in value or len(value) > MAX_VALUE or not value.isprintable():
            value = clean_value(value)
        found.append((name.lower(), value))
    return tuple(found)


def _parse_lines(data: bytes, text: str) -> tuple[Fields, int]:
    found: list[tuple[str, str]] = []
    name, value = "", ""
    lines = text.split("\n")
    used = len(lines)
    for number, line in enumerate(lines):
        if line[:1] in (" ", "\t"):
            if name and len(value) < MAX_VALUE:
                value += " " + line.strip()
        elif match := _FIELD.match(line):
            if name:
                found.append((name, value))
                if len(found) >= MAX_FIELDS:
                    name = ""
                    break
            name, value = match[1].lower(), match[2].strip()
        elif not _is_noise(line, bool(name or found)):
            used = number
            break
    if name:
        found.append((name, value))
    return tuple((key, clean_value(value)) for key, value in found), _length(data, used, len(lines))


def _length(data: bytes, used: int, of: int) -> int:
    """Give the number of bytes in the first lines of a header block."""
    if used >= of:
        return len(data)
    return sum(len(line) + 1 for line in data.split(b"\n", used)[:used])


def value_of(fields: Fields, name: str) -> str:
    """Give the first value of a field, "" where it is absent."""
    for key, value in fields:
        if key == name:
            return value
    return ""


def clean_value(value: str) -> str:
    """Decode a field's words and drop its control characters."""
    value = value[:MAX_VALUE]
    if "=?" in value:
        value = decode_words(value)
    return without_controls(value).strip()


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
