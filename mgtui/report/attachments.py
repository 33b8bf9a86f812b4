"""The parts of a mail that a person would see as files; cut from the raw mail when asked for."""

import binascii
import re
from collections.abc import Iterator
from typing import Final

from mgtui.report.bodies import decode_body
from mgtui.report.entities import find_entities, normalised
from mgtui.report.model import Attachment
from mgtui.report.parsed import Part
from mgtui.report.words import decode_words, without_controls

_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f<>:"|?*/\\]+')
_EXTENSIONS: Final = {
    "message/rfc822": ".eml",
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/calendar": ".ics",
    "application/zip": ".zip",
}
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..{0,100})?", re.I)
_PIECE: Final = 262_144  #: bytes decoded at a time, where only their number counts
#: Parts that a mail program shows as the mail itself, or that only machines read.
_NOT_FILES: Final = (
    "multipart/",
    "message/delivery-status",
    "message/disposition-notification",
    "message/feedback-report",
    "text/rfc822-headers",
    "message/global-delivery-status",
)


def list_attachments(raw: bytes) -> tuple[Attachment, ...]:
    """Name the attachments of a mail, in document order."""
    whole = normalised(raw, [])
    _, parts = find_entities(whole, [])
    return attachments_of(whole, parts)


def attachment_content(raw: bytes, index: int) -> bytes:
    """Give the decoded bytes of a part; raises IndexError where the mail has no part of that number."""
    whole = normalised(raw, [])
    _, parts = find_entities(whole, [])
    part = parts[index]
    return decode_body(whole[part.start : part.end], part.encoding)


def attachments_of(raw: bytes, parts: list[Part] | tuple[Part, ...]) -> tuple[Attachment, ...]:
    """Name the attachments among parts that are known already."""
    if len(parts) == 1 and not parts[0].filename and parts[0].content_type.startswith(("text/", "message/")):
        return ()
    report = parts[0].content_type == "multipart/report"
    return tuple(
        Attachment(part.index, safe_name(part), part.content_type, _size(raw, part))
        for part in parts
        if _is_file(part, report)
    )


def _is_file(part: Part, report: bool) -> bool:
    if part.content_type.startswith(_NOT_FILES) or (report and part.content_type.startswith("message/")):
        return False
    if part.disposition == "attachment":
        return True
    if part.content_type.startswith("image/") and any(name == "content-id" for name, _ in part.headers):
        return False  # a picture within the text
    return bool(part.filename) or not part.content_type.startswith("text/")


def safe_name(part: Part) -> str:
    """Make a part's file name safe: the last step of its path, no control characters, never empty."""
    name = without_controls(decode_words(part.filename[:1000])).replace("\\", "/").rpartition("/")[2]
    name = _UNSAFE.sub("_", name).strip(" .").replace("\t", " ")[-200:]
    if not name or _RESERVED.fullmatch(name):
        name = f"part-{part.index}{_EXTENSIONS.get(part.content_type, '.bin')}"
    return name


def _size(raw: bytes, part: Part) -> int:
    """Count the bytes after decoding, for base64 without decoding it."""
    encoding = part.encoding
    if encoding == "base64":
        blanks = _blanks(raw, part.start, part.end)
        padding = raw.count(b"=", max(part.start, part.end - 8), part.end)
        return max((part.end - part.start - blanks) * 3 // 4 - padding, 0)
    if encoding == "quoted-printable":
        return sum(len(binascii.a2b_qp(piece)) for piece in _pieces(raw, part.start, part.end))
    return part.end - part.start


def _pieces(raw: bytes, start: int, end: int) -> Iterator[bytes]:
    """Cut quoted-printable behind line ends, so that a long body is never copied as a whole.

    A line longer than a piece is cut anywhere, which may miscount a character of it.
    """
    while start < end:
        stop = min(start + _PIECE, end)
        if stop < end:
            stop = raw.rfind(b"\n", start, stop) + 1 or stop
        yield raw[start:stop]
        start = stop


def _blanks(raw: bytes, start: int, end: int) -> int:
    """Count blanks and line ends; of lines that are all as long as the first, only the ends are looked at."""
    width = raw.find(b"\n", start, min(end, start + 1000)) + 1 - start
    lines = (end - start) // width if width > 1 else 0
    regular, blanks = start + width * lines, 0
    if lines and raw[start + width - 1 : regular : width] == b"\n" * lines:
        blanks = lines * (2 if raw[start + width - 2] == 13 else 1)
        start = regular
    return blanks + sum(raw.count(blank, start, end) for blank in (b"\n", b"\r", b" "))
