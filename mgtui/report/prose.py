"""The last reader: a failure told in plain words, and an address that it is told of.

It speaks only where a mail looks like a report already; whose dialect it is, nobody knows.
"""

import re
from collections.abc import Sequence
from typing import Final

from mgtui.report.addresses import find_addresses
from mgtui.report.codes import find_reply_code, find_status
from mgtui.report.doubts import (
    NEAR,
    QUOTE,
    has_code,
    is_about_the_reader,
    is_answer,
    is_of_mail,
    is_report,
    may_be_human,
)
from mgtui.report.lazy import LazyPattern
from mgtui.report.look import Look
from mgtui.report.model import Line, RecipientReport
from mgtui.report.parsed import ParsedMail, ReadByDialect
from mgtui.report.phrases import COMPLETE, DELAYED, FAILED, FAILURE_SUBJECT, SUCCEEDED
from mgtui.report.places import SERVICE, Seen, choose
from mgtui.report.small_print import has_small_print, without_small_print

READER: Final = "prose"
_MAX_LINES: Final = 400
_MAX_RECIPIENTS: Final = 150
_MAX_WIDTH: Final = 1_000  #: characters of a line that are kept for a recipient
_NEARER: Final = 600  #: the same for any other sender, with a subject of failure


def read_prose(mail: ParsedMail, look: Look) -> ReadByDialect | None:
    """Read a failure out of plain words."""
    if look.is_human or not (look.null_sender or look.daemon or look.failure_subject or look.structured):
        return None
    lines = [line for line in mail.notice[:_MAX_LINES] if not QUOTE.match(line.text)]
    text = _folded(lines)
    if has_small_print(text):
        lines = without_small_print(lines)
        text = _folded(lines)
    found = None if is_answer(mail, look, lines) else _failure(mail, look, lines, text)
    if found is None or not (look.structured or is_of_mail(mail, look, lines, text)):
        return None
    kind, hint = found
    chosen = choose(mail, look, lines)[:_MAX_RECIPIENTS]
    if not look.structured and is_about_the_reader(mail, chosen, text):
        return None
    recipients = _recipients(lines, chosen) if chosen else ()
    if not recipients:
        recipients = _from_elsewhere(mail, lines)
    if not recipients and not (look.structured or (look.daemon and is_report(mail, look, lines, text))):
        return None
    return ReadByDialect(READER, kind, recipients, hint)


def _failure(
    mail: ParsedMail, look: Look, lines: Sequence[Line], text: str
) -> tuple[str, tuple[Line, ...]] | None:
    """Find the words of failure or delay, and what kind of report they make."""
    subject = mail.headers.subject[:500].lower()
    failed, delayed = _words(mail, look, lines, text)
    if failed is None and delayed is None:
        sent = SUCCEEDED.search(text) or COMPLETE.search(text)
        has_reply = _has_reply(lines, look)
        if not has_reply and sent and (look.daemon or look.structured):
            return "delivered", _line_with(lines, sent)
        if not has_reply:
            return None
    elif not (look.null_sender or look.daemon or look.structured) and may_be_human(mail, lines):
        return None
    return _kind(subject, text, failed, delayed), _line_with(lines, failed or delayed)


_Words = tuple[re.Match[str] | None, re.Match[str] | None]


def _words(mail: ParsedMail, look: Look, lines: Sequence[Line], text: str) -> _Words:
    """Find words of failure and of delay: the less likely the sender, the earlier they must come."""
    near = text if look.structured or look.daemon else text[:NEAR] if look.null_sender else text[:_NEARER]
    failed, delayed = FAILED.search(near), DELAYED.search(near)
    if failed is None and delayed is None and look.failure_subject and (look.daemon or look.null_sender):
        failed = FAILED.search(text) if look.null_sender else None
        if failed is None and (look.daemon or mail.original_lines or has_code(lines)):
            failed = FAILED.search(mail.headers.subject[:500].lower())
    return failed, delayed


def _kind(subject: str, text: str, failed: re.Match[str] | None, delayed: re.Match[str] | None) -> str:
    if SUCCEEDED.search(text) and not _BUT_FAILED.search(f"{subject} {text}"):
        return "delivered"
    if failed is not None and _GAVE_UP.search(text) and not _GOES_ON.search(f"{subject} {text}"):
        return "bounce"
    late = DELAYED.search(subject) or (delayed and not FAILURE_SUBJECT.match(subject))
    return "delayed" if late else "bounce"


_BUT_FAILED: Final = LazyPattern(
    r"fail|undeliver|not (?:be |been )?(?:delivered|sent|relayed|possible)|could not|unable|reject|unknown"
    r"|refus|error"
    r"|bounce|nicht (?:zugestellt|möglich)|unzustellbar|fehler"
)
_GOES_ON: Final = re.compile(
    r"warning (?:message )?only|will be retried|still being retried|not need to resend|no action is required"
    r"|will continue to|wird weiter versucht|weitere zustellversuche"
)


def _folded(lines: Sequence[Line]) -> str:
    return " ".join(line.text.strip() for line in lines)[:20000].lower().replace("’", "'")


def _has_reply(lines: Sequence[Line], look: Look) -> bool:
    """Tell whether a mail system quotes the refusal of another."""
    return (look.daemon or look.structured) and has_code(lines)


_GAVE_UP: Final = re.compile(
    r"permanent|gave up|giving up|given up|undeliverable|returned to sender"
    r"|will not be (?:re)?tried|fatal error|endgültig|aufgegeben"
)


def _line_with(lines: Sequence[Line], match: re.Match[str] | None) -> tuple[Line, ...]:
    if match is not None:
        at = 0
        for line in lines:
            at += len(line.text.strip()) + 1
            if at > match.start():
                return (line,)
    return ()


def _recipients(lines: Sequence[Line], chosen: list[Seen]) -> tuple[RecipientReport, ...]:
    """Give each recipient with the lines that follow it, up to the next; those of one line share what follows."""
    starts = sorted({seen.index for seen in chosen})
    ends = dict(zip(starts, [*starts[1:], len(lines)], strict=True))
    said = {start: _said(lines[start : min(ends[start], start + 25)]) for start in starts}
    if len(chosen) == 1 and said[starts[0]][1:] == (None, None):
        said = {starts[0]: _said(lines[: _MAX_LINES // 4])}
    return tuple(_recipient(seen.address, *said[seen.index], seen.original) for seen in chosen)


def _said(lines: Sequence[Line]) -> tuple[tuple[Line, ...], str | None, int | None]:
    own = tuple(Line(line.number, line.text[:_MAX_WIDTH]) for line in lines if line.text.strip())[:60]
    return own, *codes_of(own)


def _recipient(
    address: str, lines: tuple[Line, ...], status: str | None, reply: int | None, original: str | None = None
) -> RecipientReport:
    return RecipientReport(
        final_recipient=address,
        original_recipient=original,
        status=status,
        reply_code=reply,
        diagnostic_code=" ".join(line.text.strip() for line in lines)[:2000],
        reader=READER,
        lines=lines,
    )


def codes_of(lines: Sequence[Line]) -> tuple[str | None, int | None]:
    """Find the status and the reply of a failure: on one line where a line has both, never those of a success."""
    for line in lines:
        reply = find_reply_code(line.text)
        if reply is not None and reply >= 400 and (status := find_status(line.text)) and status[0] in "45":
            return status, reply
    text = " ".join(line.text for line in lines)
    status, reply = find_status(text), find_reply_code(text)
    return status if status and status[0] != "2" else None, reply if reply and reply >= 400 else None


def _from_elsewhere(mail: ParsedMail, lines: Sequence[Line]) -> tuple[RecipientReport, ...]:
    """Look for the recipient in the subject, then in the returned mail where it had but one."""
    own = {address.lower() for address in (*mail.headers.sender, *mail.headers.addressees)}
    found = [a for a in find_addresses(mail.headers.subject[:500]) if a.lower() not in own]
    if not found:
        found = [
            a for a in addressees_of(mail.original_lines) if a.lower() not in own and not SERVICE.match(a)
        ]
    if len(found) != 1:
        return ()
    return (_recipient(found[0], *_said(lines)),)


def addressees_of(original: Sequence[Line]) -> tuple[str, ...]:
    """Give the addresses of a returned mail's To and Cc, or of the envelope where its fields name it."""
    found: dict[str, None] = {}
    inside = False
    for line in original[:300]:
        text = line.text
        if not text.strip() and found:
            break
        if text[:1] not in (" ", "\t"):
            inside = text[:14].lower().startswith(("to:", "cc:", "envelope-to:"))
        if inside:
            found.update(dict.fromkeys(find_addresses(text)))
    return tuple(found)
