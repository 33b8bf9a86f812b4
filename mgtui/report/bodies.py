"""Bodies of parts as decoded lines: transfer encoding (RFC 2045) and charset undone, numbers kept."""

import binascii
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import count, repeat
from typing import Final, overload

from mgtui.report.charset import decode
from mgtui.report.limits import MAX_LINE, MAX_LINES, MAX_TEXT_BYTES
from mgtui.report.model import Line
from mgtui.report.parsed import Part
from mgtui.report.words import unbase64

_UU_BEGIN: Final = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,200})\r?$", re.M)
_QP_SOFT_END: Final = re.compile(rb"=[ \t]*$")


#: Soft hyphen, zero-width blank, word joiner, byte order mark; the blank that doesn't break.
_MARKS: Final = (("\u00ad", ""), ("\u200b", ""), ("\u2060", ""), ("\ufeff", ""), ("\u00a0", " "))


class LazyLines(Sequence[Line]):
    """Lines that are computed when somebody first asks for them."""

    __slots__ = ("_compute", "_lines")

    def __init__(self, compute: Callable[[], Sequence[Line]]) -> None:
        self._compute = compute
        self._lines: Sequence[Line] | None = None

    def _all(self) -> Sequence[Line]:
        if self._lines is None:
            self._lines = self._compute()
        return self._lines

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Line]:
        return iter(self._all())

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | Sequence[Line]:
        return self._all()[at]


def decode_body(body: bytes, encoding: str) -> bytes:
    """Undo a transfer encoding; an unknown one changes nothing."""
    if encoding == "base64":
        return unbase64(body)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body)
    if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _unuu(body)
    return body


def body_lines(raw: bytes, part: Part, first: int, most: int = MAX_TEXT_BYTES) -> list[Line]:
    """Decode a part's body as text: at most `most` bytes of it and `MAX_LINES` lines, numbered from `first`."""
    body = raw[part.start : min(part.end, part.start + most)]
    encoding = part.encoding
    charset = part.parameters.get("charset", "")
    if encoding == "base64":
        return _base64_lines(body, first, charset)
    if encoding == "quoted-printable" and b"=" in body:
        return _quoted_lines(body, first, charset)
    if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        body = _unuu(body)
    return _plain_lines(body, first, charset)


def _split(text: str) -> list[str]:
    if not text.isascii():
        text = _without_marks(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        text = text.replace("\0", "")
    return text.split("\n", MAX_LINES)[:MAX_LINES]


def _without_marks(text: str) -> str:
    """Take out what only typesetting needs. QUIRK: gateways hyphenate, and glue words by blanks that don't break."""
    for mark, plain in _MARKS:
        if mark in text:
            text = text.replace(mark, plain)
    return text


def _plain_lines(body: bytes, number: int, charset: str) -> list[Line]:
    texts = _split(decode(body, charset))
    if len(body) > MAX_LINE:
        texts = [text[:MAX_LINE] for text in texts]
    return list(map(tuple.__new__, repeat(Line), zip(count(number), texts)))


def _base64_lines(body: bytes, first: int, charset: str) -> list[Line]:
    """Decode base64; a line's number follows from its offset, since encoded lines are all of one length."""
    head = body.lstrip()
    first += body[: len(body) - len(head)].count(b"\n")
    width = head.find(b"\n")
    row_bytes = max(len(head[:width].strip()) * 3 // 4, 1) if width > 0 else len(head) + 1
    lines, offset = [], 0
    data = unbase64(head)
    # The share of bytes in a character differs by charset; spreading it evenly is right for one-byte text.
    text = decode(data, charset)
    scale = len(data) / max(len(text), 1)
    for piece in _split(text):
        lines.append(Line(first + int(offset * scale) // row_bytes, piece[:MAX_LINE]))
        offset += len(piece) + 1
    return lines


def _quoted_lines(body: bytes, first: int, charset: str) -> list[Line]:
    """Decode quoted-printable line by line; a line's number is that of the line it begins on."""
    numbers: list[int] = []
    out: list[bytes] = []
    pending: list[bytes] = []
    start = first
    for number, raw_line in enumerate(body.split(b"\n", MAX_LINES)[:MAX_LINES], start=first):
        line = raw_line.rstrip(b" \t\r")
        if not pending:
            start = number
        if line.endswith(b"="):
            pending.append(line[:-1])
            continue
        pending.append(raw_line.rstrip(b"\r"))
        numbers.append(start)
        out.append(b"".join(pending))
        pending = []
    if pending:
        numbers.append(start)
        out.append(b"".join(pending))
    decoded = decode(b"\n".join(binascii.a2b_qp(line) if b"=" in line else line for line in out), charset)
    lines: list[Line] = []
    if not decoded.isascii():
        decoded = _without_marks(decoded)
    texts = decoded.split("\n", MAX_LINES)[:MAX_LINES]
    if len(texts) > len(numbers):  # encoded line ends: a line's number is that of the last one known
        numbers += [numbers[-1]] * (len(texts) - len(numbers))
    for number, text in zip(numbers, texts, strict=False):
        if text.endswith("\r"):
            text = text[:-1]
        lines.append(Line(number, text[:MAX_LINE].replace("\0", "")))
    return lines


def _unuu(body: bytes) -> bytes:
    """Decode the uuencoded lines of a body; broken ones are left out."""
    begin = _UU_BEGIN.search(body[:65536])
    out: list[bytes] = []
    for line in body[begin.end() if begin else 0 :].split(b"\n"):
        line = line.rstrip(b"\r")
        if line == b"end":
            break
        try:
            out.append(binascii.a2b_uu(line))
        except (binascii.Error, ValueError):
            continue
    return b"".join(out)
