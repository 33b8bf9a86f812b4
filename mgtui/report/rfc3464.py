"""Delivery status notifications (RFC 3464, internationalised by RFC 6533), as loosely as they are written."""

import re
from collections.abc import Sequence
from typing import Final

from mgtui.report.addresses import clean_address
from mgtui.report.codes import find_reply_code, find_status
from mgtui.report.limits import MAX_TEXT_BYTES
from mgtui.report.model import Line, RecipientReport
from mgtui.report.parsed import ParsedMail, ReadByDialect
from mgtui.report.status_fields import FIELD, Group, fields_of, groups_of

READER: Final = "rfc3464"

#: Bytes without which no text holds such fields: plain, or in base64.
_MARKS: Final = (b"-Recipient", b"-recipient", b"-RECIPIENT", b"base64")
_IN_TEXT: Final = re.compile(
    r"[ \t]{0,3}(?:final-recipient|original-recipient|x-actual-recipient)[ \t]{0,4}:", re.I
)
_STATUS: Final = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?![.\d])")
#: The reply of the server before, quoted within another diagnosis: `<421 4.4.2 Connection timed out>`
_QUOTED_REPLY: Final = re.compile(
    r"(?:[<'\"(]|-> )[245]\d\d[ -]'?([245]\.\d{1,2}\.\d{1,3})(?![.\d])|[245]\d\d-'([245]\.\d{1,2}\.\d{1,3})(?![.\d])"
)
_COMMENT: Final = re.compile(r"\(([^()]{6,400})\)")
_REPLY: Final = re.compile(r"[245]\d\d(?!\d)")
_KIND_OF_CODE: Final = re.compile(r"[ \t]{0,8}([A-Za-z0-9][\w.-]{0,30})[ \t]{0,4};[ \t]*(?![\d.]{7,15}\])")
_HOST: Final = re.compile(r"[ \t]{0,8}(?:[A-Za-z][\w-]{0,20}[ \t]{0,4};)?[ \t]{0,8}([^\s;()]{1,255})")
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
    if not lines:
        lines = fields_in_text(mail)
    if not lines:
        return None
    message, groups = groups_of(fields_of(lines))
    recipients = [found for group in groups if (found := _recipient(group)) is not None]
    if not recipients:
        return None
    kind, chosen = _kind(recipients)
    return ReadByDialect(
        READER, kind, tuple(chosen), _hint_lines(groups), _host(message.value("reporting-mta"))
    )


def fields_in_text(mail: ParsedMail) -> Sequence[Line]:
    """Find the fields where a gateway has put them into the text. QUIRK: no message/delivery-status part."""
    if not any(mail.raw.find(mark, 0, MAX_TEXT_BYTES) >= 0 for mark in _MARKS):
        return ()
    for lines in (mail.notice, mail.original_lines):
        for index, line in enumerate(lines):
            if "-" in line.text and _IN_TEXT.match(line.text):
                start = index
                while start > 0 and lines[start - 1].text.strip() and FIELD.match(lines[start - 1].text):
                    start -= 1
                return lines[start : index + 2000]
    return ()


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
    return clean_address(value) if value else None


def _diagnostic(group: Group) -> tuple[str, tuple[Line, ...]]:
    """Give the diagnosis without its type, and the lines it stands on."""
    for name in ("diagnostic-code", "x-smtp-diagnostic", "failure-reason", "localized-diagnostic"):
        value = group.value(name)
        if value:
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
