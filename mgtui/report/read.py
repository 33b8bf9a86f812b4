"""Asks the readers in order, the most authoritative first, and puts together what they say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from mgtui.report.attachments import attachments_of
from mgtui.report.challenge import read_challenge
from mgtui.report.dialects import DIALECTS
from mgtui.report.enclosed import as_told_by, bytes_of, enclosed_mail
from mgtui.report.failed_recipients import read_failed_recipients
from mgtui.report.filling import (
    filled,
    is_open,
    lacks_reply,
    with_reply,
    with_transcript,
    with_whole_address,
)
from mgtui.report.leave import new_address, returns_on
from mgtui.report.look import Look
from mgtui.report.model import Line, RecipientReport, Report
from mgtui.report.original import original_of
from mgtui.report.parsed import Dialect, ParsedMail, ReadByDialect
from mgtui.report.prose import READER as PROSE
from mgtui.report.prose import read_prose
from mgtui.report.returnpath import return_path_recipient
from mgtui.report.rfc3464 import READER as RFC3464
from mgtui.report.rfc3464 import notice_before_fields, read_delivery_status
from mgtui.report.rfc3834 import read_auto_reply, read_submitted_automatically
from mgtui.report.rfc5965 import read_feedback
from mgtui.report.rfc8098 import read_disposition, read_receipt_in_words
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


def _feedback(mail: ParsedMail, look: Look) -> ReadByDialect | None:
    """Ask for a complaint; the wish to hear no more may well be a person's."""
    return None if mail.feedback_lines and look.is_human else read_feedback(mail)


def _delivery_status(mail: ParsedMail, look: Look) -> ReadByDialect | None:
    if not (look.structured or look.null_sender or look.daemon) or look.is_human:
        return None  # fields in the text of anybody's mail, or attached to it, are a quotation
    return read_delivery_status(mail)


def _name(dialect: Dialect) -> str:
    return str(getattr(dialect, "__name__", "dialect")).removeprefix("read_")


#: Recipients up to which the prose is searched for each of them; lists are longer only where machines read.
_FEW: Final = 20

READERS: Final[tuple[tuple[str, Reader], ...]] = (
    # Machine-readable parts.
    ("rfc8098", _if_report(read_disposition)),
    ("rfc5965", _feedback),
    ("challenge", read_challenge),
    ("rfc3464", _delivery_status),
    # Replies that say in their header that a machine wrote them.
    ("rfc3834", read_auto_reply),
    # Receipts in plain words, as people's programs write them.
    ("rfc8098", _if_report(read_receipt_in_words)),
    # Prose of mail servers, then what their headers name.
    *((_name(dialect), _if_report(dialect)) for dialect in DIALECTS),
    ("rfc3834", read_submitted_automatically),
    ("x-failed-recipients", _always(read_failed_recipients)),
    # Any words about a failure.
    ("prose", read_prose),
)


#: Those who can say more of a recipient that another reader has named.
_PROSE_READERS: Final = tuple(
    (name, read) for name, read in READERS[5:] if name not in ("rfc3834", "rfc8098", "x-failed-recipients")
)


def read_report(raw: bytes) -> Report:
    """Read whatever a mail reports; a mail that reports nothing is `ordinary`. Answers any bytes."""
    mail = split(raw)
    look = Look(mail)
    found = _first(mail, look)
    enclosed = _sent_on(mail, look, found)
    if enclosed is not None:
        return enclosed
    if _is_in_text(mail, found):
        mail.notice = notice_before_fields(mail)
    return _report(mail, look, found)


def _is_in_text(mail: ParsedMail, found: ReadByDialect | None) -> bool:
    """Tell a report whose fields stand among the words."""
    return found is not None and found.reader == RFC3464 and not mail.status_lines


def _sent_on(mail: ParsedMail, look: Look, found: ReadByDialect | None) -> Report | None:
    """Read the report that a mail encloses, where what was found may come from it, or nothing was found."""
    if found is None or _is_in_text(mail, found) or (found.reader == PROSE and not _names_anybody(mail)):
        return _enclosed(mail, look)
    return None


def _first(mail: ParsedMail, look: Look) -> ReadByDialect | None:
    """Give what the first reader says whose mail it is."""
    for _, read in READERS:
        if (said := read(mail, look)) is not None:
            return said
    return None


def _names_anybody(mail: ParsedMail) -> bool:
    """Tell whether the words of a mail, without what it encloses, hold an address."""
    return any("@" in line.text for line in mail.notice[:200])


def _enclosed(mail: ParsedMail, look: Look) -> Report | None:
    """Read the report that a server sends on; what a person encloses stays a question of his."""
    part = enclosed_mail(mail, look)
    if part is None:
        return None
    inner = split(bytes_of(mail, part))
    inner_look = Look(inner)
    if not (inner_look.null_sender or inner_look.daemon or inner_look.structured or inner_look.automatic):
        return None
    found = _first(inner, inner_look)
    if found is None:
        return None
    told = as_told_by(mail, part, _report(inner, inner_look, found))
    return told._replace(attachments=attachments_of(mail.raw, mail.parts))


def opinions(raw: bytes) -> tuple[Opinion, ...]:
    """Ask every reader, in order; the first that answers is the one `read_report` follows."""
    mail = split(raw)
    look = Look(mail)
    said = tuple([Opinion(name, read(mail, look)) for name, read in READERS])
    first = next((opinion.said for opinion in said if opinion.said is not None), None)
    inner = _sent_on(mail, look, first)
    if inner is None:
        return said
    told = ReadByDialect(
        inner.reader, inner.kind_hint, inner.recipients, inner.hint_lines, inner.reporting_mta
    )
    return (Opinion("enclosed mail", told), *said)


def _report(mail: ParsedMail, look: Look, found: ReadByDialect | None) -> Report:
    attachments = attachments_of(mail.raw, mail.parts)
    if found is None:
        return Report(mail.headers, "ordinary", "", attachments=attachments, findings=_once(mail.findings))
    recipients = found.recipients
    if (
        recipients
        and _was_taken(recipients[0])
        and found.kind_hint == "bounce"
        and all(map(_was_taken, recipients))
    ):
        found = found._replace(kind_hint="delivered")
    if found.kind_hint in ("bounce", "delayed"):
        recipients = _with_failed(mail, _completed(mail, look, found)) or _by_verp(mail, found)
    away = found.kind_hint == "auto_reply"
    return Report(
        headers=mail.headers,
        kind_hint=found.kind_hint,
        reader=found.reader,
        recipients=recipients,
        notice=mail.notice,
        original=original_of(mail),
        reporting_mta=found.reporting_mta,
        attachments=attachments,
        findings=_once(mail.findings),
        hint_lines=found.hint_lines,
        new_address=new_address(mail) if away else None,
        returns_on=returns_on(mail) if away else None,
    )


def _was_taken(recipient: RecipientReport) -> bool:
    """Tell a success that is told in the words of a failure: the server's answer itself is 2xx."""
    return (recipient.status or "").startswith("2") and (recipient.reply_code or 200) < 300


def _once(findings: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(findings))


def _completed(mail: ParsedMail, look: Look, found: ReadByDialect) -> tuple[RecipientReport, ...]:
    """Fill in what the winning reader left open from what the prose says of the same recipient."""
    recipients = found.recipients
    if len(recipients) <= _FEW:
        recipients = tuple([_with_fields_completed(mail, recipient) for recipient in recipients])
    for name, read in _PROSE_READERS:
        if not any(is_open(recipient) for recipient in recipients):
            break
        if name == found.reader or (said := read(mail, look)) is None or said.reader == found.reader:
            continue
        others = {other.final_recipient.lower(): other for other in said.recipients if other.final_recipient}
        recipients = tuple(filled(r, others) if is_open(r) else r for r in recipients)
    return (with_transcript(mail, recipients[0]),) if len(recipients) == 1 else recipients


def _with_fields_completed(mail: ParsedMail, recipient: RecipientReport) -> RecipientReport:
    whole = with_whole_address(mail, recipient)
    return with_reply(mail, whole) if lacks_reply(whole) else whole


def _with_failed(mail: ParsedMail, found: tuple[RecipientReport, ...]) -> tuple[RecipientReport, ...]:
    """Add those whom the header names besides all whom the prose names."""
    named = read_failed_recipients(mail)
    if named is None or (found and found[0].reader == RFC3464):
        return found
    said = {(r.final_recipient or "").lower() for r in found}
    listed = {(r.final_recipient or "").lower() for r in named.recipients}
    if not said < listed:
        return found
    return (*found, *(r for r in named.recipients if (r.final_recipient or "").lower() not in said))


def _by_verp(mail: ParsedMail, found: ReadByDialect) -> tuple[RecipientReport, ...]:
    """Name the recipient by the return path the report came to, when nothing else names one."""
    to = mail.headers.addressees
    address = return_path_recipient(to)
    if address is None:
        return ()
    line = Line(1, f"To: {', '.join(to[:3])}")
    return (RecipientReport(address, reader=f"{found.reader}, verp", lines=found.hint_lines or (line,)),)
