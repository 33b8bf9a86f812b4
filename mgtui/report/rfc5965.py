"""Complaints of feedback loops (RFC 5965), and the shapes that older loops use."""

import re
from collections.abc import Sequence
from typing import Final

from mgtui.report.addresses import clean_address, find_addresses
from mgtui.report.fields import clean_value
from mgtui.report.lazy import LazyPattern
from mgtui.report.model import Line, RecipientReport
from mgtui.report.parsed import ParsedMail, ReadByDialect
from mgtui.report.status_fields import at_margin

READER: Final = "rfc5965"
_FIELD: Final = re.compile(r"([A-Za-z][\w-]{1,60})[ \t]{0,4}:[ \t]{0,40}(.{0,2000})")
_RECIPIENT_FIELDS: Final = ("original-rcpt-to", "removal-recipient", "original-recipient")
#: Fields that mailbox providers write into the returned mail to name the one who complains.
_FIELDS_OF_ORIGINAL: Final = (
    "x-hmxmroriginalrecipient",
    "x-original-rcpt-to",
    "x-rcpt-to",
    "x-loop",
    "delivered-to",
    "x-apparently-to",
    "to",
)
_REDACTED: Final = re.compile(
    r"^(?:[\w.-]{0,20}[._-])?(?:redacted|redact|hidden|removed|suppressed|undisclosed|anonymi[sz]ed|masked|x{4,64})(?:[._-]\w{0,64})?@"
    r"|@(?:redacted|hidden|masked)\b|\.invalid$",
    re.I,
)
_OLD_SUBJECT: Final = LazyPattern(
    r"complaint about message from|^(?:email )?feedback report for ip|^abuse report|spam report|"
    r"^(?:fw: )?\[?(?:spam|junk) (?:feedback|report)",
    re.I,
)
_SPAMCOP: Final = re.compile(r"\[spamcop \([^()]{3,200}\) id:\d{3,20}\]", re.I)
_OPT_OUT_SUBJECT: Final = re.compile(
    r"(?:fwd?: ?|re: ?)?(?:unsubscribe|opt-?out|remove me|abmelden|list-unsubscribe)\W{0,3}", re.I
)


def read_feedback(mail: ParsedMail) -> ReadByDialect | None:
    """Read a complaint: who complained, or at least that somebody did."""
    lines = mail.feedback_lines
    if not lines and mail.status_lines:
        return None  # the fields of a delivery report are no complaint, whatever stands around them
    lines = lines or _fields_in_text(mail)
    if not lines:
        return _old_style(mail) or _opt_out(mail)
    found: dict[str, Line] = {}
    kind_line: list[Line] = []
    for line in at_margin(lines[:2000]):
        match = _FIELD.match(line.text)
        if not match:
            continue
        name = match[1].lower()
        if name in _RECIPIENT_FIELDS and (address := _address(match[2])):
            found.setdefault(address, line)
        elif name == "feedback-type":
            kind_line.append(line)
    if not found:
        found = _from_original(mail)
    recipients = tuple(_complainer(address, line) for address, line in list(found.items())[:200])
    return ReadByDialect(READER, "complaint", recipients, tuple(kind_line[:1]) or tuple(lines[:1]))


def _address(value: str) -> str | None:
    if "=?" in value and "?=@" not in value:
        value = clean_value(value)
    address = clean_address(value)
    return address if address and "@" in address and _is_whole(address) else None


def _is_whole(address: str) -> bool:
    """Tell an address from what a loop has put in its place (RFC 6590)."""
    return _REDACTED.search(address) is None


def _fields_in_text(mail: ParsedMail) -> Sequence[Line]:
    """Find the fields where a loop has put them into the text. QUIRK: no message/feedback-report part."""
    if mail.raw.find(b"eedback-Type:", 0, 20_000) < 0:
        return ()
    # A report that says so of itself may have a disclaimer or a notice before them.
    is_declared = mail.parts[0].parameters.get("report-type", "").lower().startswith("feedback")
    lines = mail.notice[: 200 if is_declared else 40]
    near = lines if is_declared else lines[:4]
    at = next((n for n, line in enumerate(near) if line.text.lower().startswith("feedback-type:")), None)
    names = {line.text.partition(":")[0].lower() for line in lines}
    return lines[at:] if at is not None and names & {"user-agent", "version", "original-rcpt-to"} else ()


def _complainer(address: str, line: Line) -> RecipientReport:
    return RecipientReport(address, address, reader=READER, lines=(line,))


def _from_original(mail: ParsedMail) -> dict[str, Line]:
    """Look for the complaining recipient in the header of the mail that was complained about."""
    by_field: dict[str, dict[str, Line]] = {}
    senders: list[str] = []
    lines = mail.original_lines[:500]
    begin = next((n for n, line in enumerate(lines) if line.text.strip()), len(lines))
    for line in lines[begin:]:
        if not line.text:
            break
        match = _FIELD.match(line.text)
        if match and match[1].lower() == "from":
            senders += find_addresses(match[2])[:1]
        if match and (name := match[1].lower()) in _FIELDS_OF_ORIGINAL:
            for address in filter(_is_whole, find_addresses(match[2])[:50]):
                by_field.setdefault(name, {}).setdefault(address, line)
    if "to" in by_field:
        by_field["to"] = _not_of_sender(by_field["to"], senders)
    return next((by_field[name] for name in _FIELDS_OF_ORIGINAL if by_field.get(name)), {})


def _not_of_sender(found: dict[str, Line], senders: list[str]) -> dict[str, Line]:
    """Leave out the address of a list, to which its mails are headed: it is at its sender's, who doesn't complain."""
    own = {sender.rpartition("@")[2].lower() for sender in senders}
    return {address: line for address, line in found.items() if address.rpartition("@")[2].lower() not in own}


def _old_style(mail: ParsedMail) -> ReadByDialect | None:
    """Read loops that send the mail itself with a subject of their own (Outlook.com, SpamCop and others)."""
    if _SPAMCOP.match(mail.headers.subject[:200]):
        return ReadByDialect(READER, "complaint", (), (Line(1, f"Subject: {mail.headers.subject}"),))
    if not any(part.content_type == "message/rfc822" for part in mail.parts):
        return None
    if not _OLD_SUBJECT.search(mail.headers.subject[:300]):
        return None
    found = _from_original(mail)
    return ReadByDialect(READER, "complaint", tuple(_complainer(a, line) for a, line in found.items()))


def _opt_out(mail: ParsedMail) -> ReadByDialect | None:
    """Read what mail programs send for List-Unsubscribe (RFC 2369): nothing but the wish to hear no more."""
    headers = mail.headers
    if not headers.auto_submitted or not _OPT_OUT_SUBJECT.fullmatch(headers.subject[:60].strip()):
        return None
    if not headers.sender or sum(len(line.text) for line in mail.notice[:50]) > 1000:
        return None
    line = next((line for line in mail.notice if line.text.strip()), Line(1, headers.subject))
    return ReadByDialect("rfc2369", "complaint", (_complainer(headers.sender[0], line),), (line,))
