"""A report within a mail: hosts and gateways send on, as a part, what they were sent themselves."""

import re
from collections.abc import Sequence
from typing import Final

from mgtui.report.bodies import LazyLines, decode_body
from mgtui.report.limits import MAX_TEXT_BYTES
from mgtui.report.look import Look
from mgtui.report.model import Line, RecipientReport, Report
from mgtui.report.parsed import ParsedMail, Part

_MAILS: Final = frozenset(("message/rfc822", "message/global"))
_HEAD: Final = 4_096  #: bytes of an enclosed mail that are looked at
_OF_MACHINE: Final = re.compile(
    rb"^(?:return-path[ \t]?:[ \t]*<>|from[ \t]?:.{0,200}(?:daemon|post-?master|mail.?(?:delivery|system)|exchange)"
    rb"|content-type[ \t]?:[ \t]*multipart/report|auto-submitted[ \t]?:[ \t]*auto-)",
    re.I | re.M,
)


def enclosed_mail(mail: ParsedMail, look: Look) -> Part | None:
    """Give the mail that a server encloses without a word of its own about a failure; None where a person may have.

    Whoever sends from <> is no person (RFC 5321 section 4.5.5), nor is a daemon that says it is automatic.
    """
    if look.is_human or not (look.null_sender or (look.daemon and look.automatic)):
        return None
    found = [part for part in mail.parts[1:] if part.content_type in _MAILS]
    if len(found) != 1 or (not found[0].encoding and not _may_report(mail.raw, found[0])):
        return None
    return found[0]


def _may_report(raw: bytes, part: Part) -> bool:
    """Tell at a glance the beginning of what may be a report: what was returned is mostly a person's mail."""
    return _OF_MACHINE.search(raw, part.start, min(part.end, part.start + _HEAD)) is not None


def bytes_of(mail: ParsedMail, part: Part) -> bytes:
    """Give the enclosed mail."""
    return decode_body(mail.raw[part.start : min(part.end, part.start + MAX_TEXT_BYTES)], part.encoding)


def as_told_by(mail: ParsedMail, part: Part, inner: Report) -> Report:
    """Make the report of an enclosed mail that of the mail around it: its header, and the numbers of its lines."""
    before = mail.raw.count(b"\n", 0, part.start)
    notice = inner.notice
    return inner._replace(
        headers=mail.headers,
        recipients=tuple([_moved(one, before) for one in inner.recipients]),
        notice=LazyLines(lambda: _lines(notice, before)),
        hint_lines=_lines(inner.hint_lines, before),
    )


def _moved(recipient: RecipientReport, before: int) -> RecipientReport:
    return recipient._replace(lines=_lines(recipient.lines, before))


def _lines(lines: Sequence[Line], before: int) -> tuple[Line, ...]:
    return tuple([line._replace(number=line.number + before) for line in lines])
