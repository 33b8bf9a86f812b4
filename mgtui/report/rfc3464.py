"""Delivery status notifications (RFC 3464, internationalised by RFC 6533), as loosely as they are written."""

import re
from collections.abc import Sequence
from typing import Final

from mgtui.report.addresses import clean_address
from mgtui.report.codes import find_reply_code, find_status
from mgtui.report.limits import MAX_TEXT_BYTES
from mgtui.report.model import Line, RecipientReport
from mgtui.report.parsed import ParsedMail, ReadByDialect
from mgtui.report.status_fields import FIELD, Group, at_margin, fields_of, groups_of

READER: Final = "rfc3464"

#: Bytes without which no text holds such fields: plain, or in base64.
_MARKS: Final = (b"-Recipient", b"-recipient", b"-RECIPIENT", b"base64")
_IN_TEXT: Final = re.compile(
    r"[ \t]{0,16}(?:final-recipient|original-recipient|x-actual-recipient)[ \t]{0,4}:", re.I
)
_ANY_FIELD: Final = re.compile(rf"[ \t]{{0,16}}{FIELD.pattern}")
_STATUS: Final = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?![.\d])")
#: The reply of the server before, quoted within another diagnosis: `<421 4.4.2 Connection timed out>`
_QUOTED_REPLY: Final = re.compile(
    r"(?:[<'\"(]|-> )[245]\d\d[ -]'?([245]\.\d{1,2}\.\d{1,3})(?![.\d])|[245]\d\d-'([245]\.\d{1,2}\.\d{1,3})(?![.\d])"
)
_COMMENT: Final = re.compile(r"\(([^()]{6,400})\)")
_REPLY: Final = re.compile(r"[245]\d\d(?!\d)")
_KIND_OF_CODE: Final = re.compile(r"[ \t]{0,8}([A-Za-z0-9][\w.-]{0,30})[ \t]{0,4};[ \t]*(?![\d.]{7,15}\])")
_HOST: Final = re.compile(r"[ \t]{0,8}(?:[A-Za-z][\w-]{0,20}[ \t]{0,4};)?[ \t]{0,8}([^\s;()]{1,255})")
#: An address of which the end of a damaged mail has left its type, or less: no screen name.
_TYPE_ALONE: Final = re.compile(r"(?:r|rf|rfc/?8?2?2?|u|ut|utf-?8?|x400|local|unknown)[ \t]{0,4};?", re.I)
_ACTIONS: Final = {
    "fail": "failed",
    "bounce": "failed",
    "expired": "failed",
    "rejected": "failed",
    "undeliver": "failed",
    "delay": "delayed",
    "deferred": "delayed",
    "delivered": "delivered",
    "success": "delivered",
    "relayed": "relayed",
    "expanded": "expanded",
}


def read_delivery_status(mail: ParsedMail) -> ReadByDialect | None:
    """Read the machine-readable part of a delivery report; None where there is none."""
    lines: Sequence[Line] = mail.status_lines
    if not lines and not mail.parts[0].parameters.get("report-type", "").lower().startswith("disposition"):
        lines = fields_in_text(mail)
    if not lines:
        return None
    message, groups = groups_of(fields_of(at_margin(lines)))
    if "disposition" in message.fields or "reporting-ua" in message.fields:
        return None  # a receipt (RFC 8098) names its recipient in the same words
    recipients = [found for group in groups if (found := _recipient(group)) is not None]
    if not recipients:
        return _without_address(groups)
    if len(recipients) > 1:
        recipients = _without_repeats(recipients)
    kind, chosen = _kind(recipients)
    return ReadByDialect(
        READER, kind, tuple(chosen), _hint_lines(groups), _host(message.value("reporting-mta"))
    )


def fields_in_text(mail: ParsedMail) -> Sequence[Line]:
    """Find the fields where a gateway has put them into the text. QUIRK: no message/delivery-status part."""
    if not any(mail.raw.find(mark, 0, MAX_TEXT_BYTES) >= 0 for mark in _MARKS):
        return ()
    for lines in (mail.notice, mail.original_lines):
        start = _start_of_fields(lines)
        if start is not None:
            return lines[start : start + 2000]
    return ()


def notice_before_fields(mail: ParsedMail) -> Sequence[Line]:
    """Give the prose of a report that has the fields in its text: what they say of one is no prose about another."""
    start = _start_of_fields(mail.notice)
    return mail.notice if start is None else mail.notice[:start]


def _start_of_fields(lines: Sequence[Line]) -> int | None:
    """Give the index of the first field of the block that first names a recipient."""
    for index, line in enumerate(lines):
        if "-" in line.text and _IN_TEXT.match(line.text):
            start = index
            while start > 0 and lines[start - 1].text.strip() and _ANY_FIELD.match(lines[start - 1].text):
                start -= 1
            return start
    return None


def _without_address(groups: list[Group]) -> ReadByDialect | None:
    """Read a report whose recipients have no address of ours (X.400); of a failure, prose may say more."""
    actions = {_action(group.value("action"), None) for group in groups}
    if actions and actions <= {"delivered", "relayed", "expanded"}:
        return ReadByDialect(READER, "delivered", (), _hint_lines(groups))
    return None


def _without_repeats(recipients: list[RecipientReport]) -> list[RecipientReport]:
    """Leave out what is said twice of one recipient. QUIRK: a gateway adds the fields once more, as a file."""
    known: dict[tuple[str, ...], RecipientReport] = {}
    for one in recipients:
        key = (one.final_recipient or "", one.original_recipient or "", one.dsn_action, one.status or "")
        known.setdefault((*key, one.diagnostic_code), one)
    return list(known.values())


def _recipient(group: Group) -> RecipientReport | None:
    final = _address(group, "final-recipient") or _address(group, "x-actual-recipient")
    original = _address(group, "original-recipient")
    if final is None and original is None:
        return None
    if final and "@" not in final and original and "@" in original:
        final = original  # a local user name, where the address itself is known
    diagnostic, lines = _diagnostic(group)
    status = _status(group.value("status"), diagnostic)
    reply = find_reply_code(diagnostic) if diagnostic else None
    if (
        reply is None
        and (code := _REPLY.match(group.value("status")))
        and "." not in group.value("status")[:6]
    ):
        reply = int(code[0])  # QUIRK: `Status: 550`
    return RecipientReport(
        final_recipient=final or original,
        original_recipient=original,
        dsn_action=_action(group.value("action"), status),
        status=status,
        reply_code=reply,
        diagnostic_code=diagnostic,
        remote_mta=_host(group.value("remote-mta")),
        reader=READER,
        lines=lines or group.lines("status", "final-recipient", "original-recipient")[:1],
    )


def _address(group: Group, name: str) -> str | None:
    value = group.value(name)
    if "=?" in value:
        value = group.decoded(name)
    if not value or ("@" not in value and _TYPE_ALONE.fullmatch(value)):
        return None
    return clean_address(value)


def _diagnostic(group: Group) -> tuple[str, tuple[Line, ...]]:
    """Give the diagnosis without its type, and the lines it stands on."""
    for name in ("diagnostic-code", "x-smtp-diagnostic", "failure-reason", "localized-diagnostic"):
        value = group.value(name)
        if value:
            if "=?" in value:
                value = group.decoded(name)
            kind = _KIND_OF_CODE.match(value)
            text = value[kind.end() :].strip() if kind else value
            if text:
                return text[:8000], group.lines(name)
    # QUIRK: the diagnosis stands as a comment behind the status: `4.0.0 (host name lookup failure)`
    comment = _COMMENT.search(group.value("status")[:500])
    if comment and comment[1].lower() not in ("permanent failure", "temporary failure"):
        return comment[1], group.lines("status")
    return "", ()


def _status(value: str, diagnostic: str) -> str | None:
    """Give the status that the refusing server said: the field often holds the reporting one's own summary."""
    match = _STATUS.search(value[:200])
    status = match[0] if match else None
    said = _quoted_status(diagnostic, status) or find_status(diagnostic)
    if said is None or said.startswith("2") or (said.endswith(".0.0") and status is not None):
        return status
    return said


def _quoted_status(diagnostic: str, status: str | None) -> str | None:
    """Give the status of a reply that a diagnosis quotes.

    Where the reporting server gave up, what it was told before, try later, isn't the end of it:
    `550 5.4.312 Message expired, DNS query failed -> 451 4.4.312 DNS query failed`.
    """
    inner = _QUOTED_REPLY.search(diagnostic[:4000])
    code = (inner[1] or inner[2]) if inner else None
    gave_up = status is not None and status[0] == "5" and not status.endswith(".0.0")
    return None if code and code[0] == "4" and gave_up else code


def _action(value: str, status: str | None) -> str:
    word = value.lower()
    for start, action in _ACTIONS.items():
        if word.startswith(start):
            return action
    if word:
        return "failed" if "fail" in word else ""
    return "delivered" if status and status.startswith("2") else ""


def _host(value: str) -> str | None:
    match = _HOST.match(value)
    return match[1].strip("[]<>") or None if match else None


def _kind(recipients: list[RecipientReport]) -> tuple[str, list[RecipientReport]]:
    """Name the kind of the report: the worst that happened to any recipient, and to whom."""
    open_ = [r for r in recipients if r.dsn_action in ("failed", "delayed", "")]
    if any(r.dsn_action != "delayed" for r in open_):
        return "bounce", open_
    if open_:
        return "delayed", open_
    return "delivered", recipients


def _hint_lines(groups: list[Group]) -> tuple[Line, ...]:
    lines = [line for group in groups for line in group.lines("action", "final-recipient")]
    return tuple(lines[:1])
