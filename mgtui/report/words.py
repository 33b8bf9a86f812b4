"""Encoded words of header fields (RFC 2047) and parameter values (RFC 2231), bounded."""

import binascii
import re
from typing import Final

from mgtui.report.charset import codec_for, decode
from mgtui.report.limits import MAX_PARAMETERS, MAX_WORDS

_WORD: Final = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]{0,2000})\?=")
_BASE64_NOISE: Final = re.compile(rb"[^A-Za-z0-9+/]+")
#: QUIRK: values with blanks but without quotation marks run to the next semicolon.
_PARAMETER: Final = re.compile(
    r';\s{0,20}([^\s=;"]{1,60})\s{0,20}=\s{0,20}(?:"((?:[^"\\]|\\.){0,2000})"|([^;]{0,2000}))', re.S
)
_is_token: Final = re.compile(r"[\w-]{1,60}", re.ASCII).fullmatch
_SHORT: Final = 500  #: characters of parameters that no damage made long
_QUOTED_PAIR: Final = re.compile(r"\\(.)")
_SEGMENT: Final = re.compile(r"(.{1,40}?)(?:\*(\d{1,2}))?(\*)?")
_PERCENT: Final = re.compile(rb"%([0-9A-Fa-f]{2})")
_CONTROL: Final = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def without_controls(text: str) -> str:
    """Drop characters that steer a terminal or turn the direction of writing."""
    return text if text.isprintable() else _CONTROL.sub("", text)


def unbase64(data: bytes) -> bytes:
    """Decode base64, leaving out what isn't base64."""
    try:
        return binascii.a2b_base64(data)
    except (binascii.Error, ValueError):
        clean = _BASE64_NOISE.sub(b"", data)
        clean = clean[: len(clean) - (1 if len(clean) % 4 == 1 else 0)]
        return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def decode_words(text: str) -> str:
    """Decode the encoded words of a header value; words that belong together are decoded together."""
    if "=?" not in text:
        return text
    out: list[str] = []
    at = 0
    pending, charset = b"", ""  # a character may be split between two words of one charset
    for count, match in enumerate(_WORD.finditer(text)):
        if count >= MAX_WORDS:
            break
        between = text[at : match.start()]
        name = match[1].partition("*")[0]  # RFC 2231 section 5 allows a language after an asterisk
        if pending and (name.lower() != charset.lower() or between.strip()):
            out.append(decode(pending, charset))
            pending = b""
        if between.strip() or not count:
            out.append(between)
        pending += _word_bytes(match[2], match[3])
        charset, at = name, match.end()
    if pending:
        out.append(decode(pending, charset))
    out.append(text[at:])
    return "".join(out)


def _word_bytes(encoding: str, text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    if encoding in "bB":
        return unbase64(data)
    return binascii.a2b_qp(data, header=True)


def parse_parameters(value: str) -> tuple[str, dict[str, str]]:
    """Take a Content-Type or Content-Disposition apart: its value and its parameters, names in lower case."""
    main, semicolon, rest = value.partition(";")
    if not semicolon:
        return main.strip().lower(), {}
    if (simple := _simple_parameters(rest)) is not None:
        return main.strip().lower(), simple
    plain: dict[str, str] = {}
    segments: dict[str, list[tuple[int, bool, str]]] = {}
    for count, match in enumerate(_PARAMETER.finditer(semicolon + rest)):
        if count >= MAX_PARAMETERS:
            break
        quoted, bare = match[2], match[3]
        text = (
            _bare_value(bare)
            if quoted is None
            else _QUOTED_PAIR.sub(r"\1", quoted)
            if "\\" in quoted
            else quoted
        )
        name = match[1].lower()
        if "*" not in name:
            plain.setdefault(name, text)
        elif part := _SEGMENT.fullmatch(name):
            segments.setdefault(part[1], []).append((int(part[2] or 0), part[3] is not None, text))
    for name, pieces in segments.items():
        plain[name] = _joined(sorted(pieces))
    return main.strip().lower(), plain


def _simple_parameters(text: str) -> dict[str, str] | None:
    """Read parameters as nearly all mail writes them, `charset=utf-8; name="a b"`; None for anything else."""
    if len(text) > _SHORT or "\\" in text or "*" in text or "(" in text:
        return None
    found: dict[str, str] = {}
    for piece in text.split(";"):
        name, _, value = piece.partition("=")
        name, value = name.strip(), value.strip()
        if value[:1] == '"' and value[-1] == '"' and len(value) > 1:
            value = value[1:-1]
        if not _is_token(name) or '"' in value:
            return None
        found.setdefault(name.lower(), value)
    return found


def _bare_value(text: str) -> str:
    text = text.strip()
    if text.startswith('"'):  # an opening quotation mark without its closing one
        return text.strip('"')
    return text.partition(" (")[0].strip()


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    """Put the segments of an RFC 2231 value together."""
    charset, data = "", b""
    for position, (_, extended, text) in enumerate(pieces):
        if extended and position == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        chunk = text.encode("utf-8", "replace")
        data += _PERCENT.sub(lambda m: bytes((int(m[1], 16),)), chunk) if extended else chunk
    return decode(data, charset if codec_for(charset[:40]) else "utf-8")
