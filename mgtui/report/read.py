"""Asks the readers in order, the most authoritative first, and puts together what they say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mgtui.report.attachments import attachments_of
from mgtui.report.challenge import read_challenge
from mgtui.report.dialects import DIALECTS
from mgtui.report.failed_recipients import read_failed_recipients
from mgtui.report.leave import new_address, returns_on
from mgtui.report.look import Look, look_at
from mgtui.report.model import Line, RecipientReport, Report
from mgtui.report.original import original_of
from mgtui.report.parsed import Dialect, ParsedMail, ReadByDialect
from mgtui.report.prose import read_prose
from mgtui.report.returnpath import return_path_recipient
from mgtui.report.rfc3464 import read_delivery_status
from mgtui.report.rfc3834 import read_auto_reply, read_submitted_automatically
from mgtui.report.rfc5965 import read_feedback
from mgtui.report.rfc8098 import read_disposition
from mgtui.report.splitter import split

Reader = Callable[[ParsedMail, Look], ReadByDialect | None]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one reader said of a mail, for those who ask why; None is "not mine"."""

    reader: str
    said: ReadByDialect | None


def _always(read: Callable[[ParsedMail], ReadByDialect | None]) -> Reader:
    return lambda mail, _look: read(mail)


def _if_report(read: Callable[[ParsedMail], ReadByDialect | None]) -> Reader:
    """Ask a reader of prose only where the header doesn't look like a person's."""
    return lambda mail, look: None if look.is_human else read(mail)


def _delivery_status(mail: ParsedMail, look: Look) -> ReadByDialect | None:
    if not mail.status_lines and (look.is_human or not look.may_report):
        return None
    return read_delivery_status(mail)


def _name(dialect: Dialect) -> str:
    return str(getattr(dialect, "__name__", "dialect")).removeprefix("read_")


READERS: Final[tuple[tuple[str, Reader], ...]] = (
    # Machine-readable parts.
    ("rfc8098", _always(read_disposition)),
    ("rfc5965", _always(read_feedback)),
    ("challenge", read_challenge),
    ("rfc3464", _delivery_status),
    # Replies that say in their header that a machine wrote them.
    ("rfc3834", read_auto_reply),
    # Prose of mail servers, then what their headers name.
    *((_name(dialect), _if_report(dialect)) for dialect in DIALECTS),
    ("rfc3834", read_submitted_automatically),
    ("x-failed-recipients", _always(read_failed_recipients)),
    # Any words about a failure.
    ("prose", read_prose),
)


def read_report(raw: bytes) -> Report:
    """Read whatever a mail reports; a mail that reports nothing is `ordinary`. Answers any bytes."""
    mail = split(raw)
    look = look_at(mail)
    found = next((said for _, read in READERS if (said := read(mail, look)) is not None), None)
    return _report(mail, look, found)


def opinions(raw: bytes) -> tuple[Opinion, ...]:
    """Ask every reader, in order; the first that answers is the one `read_report` follows."""
    mail = split(raw)
    look = look_at(mail)
    return tuple(Opinion(name, read(mail, look)) for name, read in READERS)


def _report(mail: ParsedMail, look: Look, found: ReadByDialect | None) -> Report:
    attachments = attachments_of(mail.raw, mail.parts)
    if found is None:
        return Report(mail.headers, "ordinary", "", attachments=attachments, findings=_once(mail.findings))
    recipients = found.recipients
    if found.kind_hint in ("bounce", "delayed"):
        recipients = _completed(mail, look, found) or _by_verp(mail, found)
    away = found.kind_hint == "auto_reply"
    return Report(
        headers=mail.headers,
        kind_hint=found.kind_hint,
        reader=found.reader,
        recipients=recipients,
        notice=tuple(mail.notice[:400]),
        original=original_of(mail.original_lines),
        reporting_mta=found.reporting_mta,
        attachments=attachments,
        findings=_once(mail.findings),
        hint_lines=found.hint_lines,
        new_address=new_address(mail) if away else None,
        returns_on=returns_on(mail) if away else None,
    )


def _once(findings: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(findings))


def _completed(mail: ParsedMail, look: Look, found: ReadByDialect) -> tuple[RecipientReport, ...]:
    """Fill in what the winning reader left open from what the prose says of the same recipient."""
    if all(not _is_open(r) for r in found.recipients):
        return found.recipients
    more = _more(mail, look, found.reader)
    return tuple(_filled(r, more) if _is_open(r) else r for r in found.recipients)


def _is_open(recipient: RecipientReport) -> bool:
    return not recipient.diagnostic_code or recipient.status is None or recipient.reply_code is None


def _is_vague(status: str | None) -> bool:
    return status is None or status.endswith(".0.0")


def _more(mail: ParsedMail, look: Look, but: str) -> list[RecipientReport]:
    found: list[RecipientReport] = []
    for name, read in READERS[5:]:
        if (
            name in ("rfc3834", "x-failed-recipients")
            or (said := read(mail, look)) is None
            or said.reader == but
        ):
            continue
        found += said.recipients
    return found


def _filled(recipient: RecipientReport, more: list[RecipientReport]) -> RecipientReport:
    names = {name.lower() for name in (recipient.final_recipient, recipient.original_recipient) if name}
    for other in more:
        if other.final_recipient and other.final_recipient.lower() in names:
            empty = not recipient.diagnostic_code
            recipient = replace(
                recipient,
                status=other.status if _is_vague(recipient.status) and other.status else recipient.status,
                reply_code=recipient.reply_code or other.reply_code,
                diagnostic_code=recipient.diagnostic_code or other.diagnostic_code,
                remote_mta=recipient.remote_mta or other.remote_mta,
                lines=other.lines if empty and other.lines else recipient.lines,
            )
    return recipient


def _by_verp(mail: ParsedMail, found: ReadByDialect) -> tuple[RecipientReport, ...]:
    """Name the recipient by the return path the report came to, when nothing else names one."""
    to = mail.headers.addressees
    address = return_path_recipient(to)
    if address is None:
        return ()
    line = Line(1, f"To: {', '.join(to[:3])}")
    return (RecipientReport(address, reader=f"{found.reader}, verp", lines=found.hint_lines or (line,)),)
