"""The last reader: a failure told in plain words, and an address that it is told of.

It speaks only where a mail looks like a report already; whose dialect it is, nobody knows.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mgtui.report.addresses import find_addresses
from mgtui.report.codes import find_reply_code, find_status
from mgtui.report.dialects.writer import is_automatic, is_report_by_subject
from mgtui.report.lazy import LazyPattern
from mgtui.report.look import Look
from mgtui.report.model import Line, RecipientReport
from mgtui.report.parsed import ParsedMail, ReadByDialect
from mgtui.report.phrases import DELAYED, FAILED

READER: Final = "prose"
_MAX_LINES: Final = 400
_NEAR: Final = 1200  #: characters within which a mail from <> must speak of failure
_NEARER: Final = 600  #: the same for any sender, with a subject of failure
_EDGES: Final = " \t<>()[]{}\"'`,;:.*-=•·|>»«「」【】"
_LABEL: Final = LazyPattern(
    r"(?:^|[\s(])(?:(?:failed|final|original|intended|unknown|invalid|bad)?[ -]?(?:recipients?"
    r"|addressees?|receivers?|rcpt|mailbox|user(?: ?name)?|account|e-?mail)"
    r"(?:\(s\)|s)?(?: ?(?:e-?mail)? ?address(?:es)?(?:\(es\))?)?|address(?:es|\(es\))?|delivery to"
    r"|deliver(?:ed)? (?:mail |message )?(?:to|for)|(?:sent|message|mail) to|rcpt to|to"
    r"|empfänger(?:adresse|in|s|n)?|empfaenger(?:adresse)?|an|zustellung an|adresse|benutzer"
    r"|nutzer|destinataires?|adresse|destinatari[oa]s?|para|direcci[oó]n|endere[cç]o|indirizzo"
    r"|geadresseerden?|ontvangers?|aan|adresat\w{0,3}|odbiorc\w{1,3}|adres|адрес|получател\w{1,2}"
    r"|кому|宛先|宛て|あて先|受信者|送信先|收件人|地址|用户|받는 ?사람)"
    r"\s{0,3}(?:[:=：＝]|is|was|ist|est|es)?\s{0,10}(?:smtp:|mailto:|rfc822;)?[\"'<\[(]{0,3}$",
    re.I,
)
_NOT_OF_RECIPIENT: Final = LazyPattern(
    r"(?:^|\s)(?:from|sender|von|de|da|van|reply-to|contact|e-?mail us|send (?:e?-?mail |mail "
    r"|a message )?to|write to|forward .{0,40}to|absender|expéditeur|remitente|mittente|afzender"
    r"|nadawca|отправител\w{1,2}|от"
    r"|差出人|送信者|发件人|report (?:this|it|the problem|errors?) to|questions?|assistance|help|support"
    r"|kontakt\w{0,6}|wenden sie sich|postmaster|administrator|message-id|in-reply-to|mail from"
    r"|return-path|sent by|schreiben sie)\b[^@]{0,80}$",
    re.I,
)
_SERVICE: Final = re.compile(
    r"(?:postmaster|mailer-daemon|abuse|hostmaster|webmaster|help-?desk|support|admin(?:istrator)?|no-?reply|noreply)@",
    re.I,
)
_ECHOED: Final = re.compile(
    r"\s{0,20}[*-]?\s{0,4}(?:to|an|cc|para|à|a|aan|do|кому|宛先|收件人)\s{0,4}[:：]", re.I
)
_ECHO_NEIGHBOUR: Final = LazyPattern(
    r"\s{0,20}[*-]?\s{0,4}(?:subject|sent|date|from|betreff|gesendet|datum|von|objet|envoyé|asunto|enviado|oggetto"
    r"|inviato|onderwerp|verzonden|temat|wysłano|тема|отправлено|件名|主题)\s{0,4}[:：]",
    re.I,
)
_QUOTE: Final = re.compile(r"^\s{0,4}(?:>|\|)")


@dataclass(slots=True)
class _Seen:
    """An address in the prose, and how sure its place makes us that the failure is its own."""

    address: str
    index: int
    rank: int  #: 3 alone or first on its line, or labelled; 2 in a sentence of failure; 1 elsewhere


def read_prose(mail: ParsedMail, look: Look) -> ReadByDialect | None:
    """Read a failure out of plain words."""
    if look.is_human or not (look.null_sender or look.daemon or look.failure_subject or look.structured):
        return None
    lines = [line for line in mail.notice[:_MAX_LINES] if not _QUOTE.match(line.text)]
    text = _folded(lines)
    found = _failure(mail, look, lines, text)
    if found is None:
        return None
    kind, hint = found
    chosen = _choose(mail, look, lines)
    recipients = tuple(_recipient(lines, chosen, at) for at in range(len(chosen)))
    if not recipients:
        recipients = _from_elsewhere(mail, lines)
    if not recipients and not (look.daemon or look.structured):
        return None
    return ReadByDialect(READER, kind, recipients, hint)


def _failure(
    mail: ParsedMail, look: Look, lines: Sequence[Line], text: str
) -> tuple[str, tuple[Line, ...]] | None:
    """Find the words of failure or delay: the less likely the sender, the earlier they must come."""
    near = text if look.structured or look.daemon else text[:_NEAR] if look.null_sender else text[:_NEARER]
    subject = mail.headers.subject[:500].lower()
    failed = FAILED.search(near)
    delayed = DELAYED.search(near)
    if failed is None and delayed is None and look.failure_subject and (look.daemon or look.null_sender):
        failed = FAILED.search(subject) or (FAILED.search(text) if look.null_sender else None)
    if failed is None and delayed is None:
        if not _has_reply(lines, look):
            return None
    elif not (look.null_sender or look.daemon or look.structured) and _may_be_human(mail, lines):
        return None
    kind = "bounce" if delayed is None and not DELAYED.search(subject) else "delayed"
    if failed is not None and _GAVE_UP.search(text) and not _GOES_ON.search(f"{subject} {text}"):
        kind = "bounce"
    return kind, _line_with(lines, failed or delayed)


_GOES_ON: Final = re.compile(
    r"warning (?:message )?only|will be retried|still being retried|not need to resend|no action is required"
    r"|will continue to|wird weiter versucht|weitere zustellversuche"
)
_GREETING: Final = LazyPattern(
    r"\s{0,8}(?:hi|hello|hey|dear|good (?:morning|day|afternoon)|hallo|guten tag|liebe[rs]?|sehr geehrte\w{0,2}|bonjour"
    r"|salut|hola|buenos|ol[aá]|bom dia|ciao|buongiorno|gentile|beste|geachte|dzień dobry|witam|здравствуйте)\b",
    re.I,
)


def _may_be_human(mail: ParsedMail, lines: Sequence[Line]) -> bool:
    """Tell a person who writes about a failure: a subject of his own, a greeting, or a quotation."""
    first = next((line.text for line in lines if line.text.strip()), "")
    return (
        not (is_automatic(mail.headers) or is_report_by_subject(mail.headers))
        or _GREETING.match(first) is not None
        or any(_QUOTE.match(line.text) for line in mail.notice[:100])
    )


def _folded(lines: Sequence[Line]) -> str:
    return " ".join(line.text.strip() for line in lines)[:20000].lower().replace("’", "'")


def _has_reply(lines: Sequence[Line], look: Look) -> bool:
    """Tell whether a mail system quotes the refusal of another."""
    if not (look.daemon or look.structured):
        return False
    return any((code := find_reply_code(line.text)) is not None and code >= 400 for line in lines[:60])


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


def _choose(mail: ParsedMail, look: Look, lines: Sequence[Line]) -> list[_Seen]:
    """Choose the addresses that the failure is told of: those in the surest place."""
    own = {
        address.lower()
        for address in (*mail.headers.sender, *mail.headers.addressees, mail.headers.return_path or "")
    }
    seen = [found for index, line in enumerate(lines) for found in _look_at_line(line.text, index, lines)]
    seen = seen[:500]
    # A stranger's mail about the reader's own address ("your mailbox is full") is a lure, and no report.
    for skip_own in (True, False) if look.daemon or look.structured else (True,):
        fit = [s for s in seen if not (skip_own and (s.address.lower() in own or _SERVICE.match(s.address)))]
        for rank in (3, 2):
            best = _once([s for s in fit if s.rank == rank])
            if best:
                return best
    others = _once([s for s in seen if s.address.lower() not in own and not _SERVICE.match(s.address)])
    return others if len(others) == 1 else []


def _once(seen: list[_Seen]) -> list[_Seen]:
    by_address: dict[str, _Seen] = {}
    for found in seen:
        by_address.setdefault(found.address.lower(), found)
    return list(by_address.values())


def _look_at_line(text: str, index: int, lines: Sequence[Line]) -> list[_Seen]:
    found = find_addresses(text[:1000])
    if not found:
        return []
    seen: list[_Seen] = []
    at = 0
    for address in found[:50]:
        at = max(text.find(address, at), 0)
        before, after = text[:at], text[at + len(address) :]
        rank = 1 if _ECHOED.match(before) and _is_echo(lines, index) else _rank(before, after, text)
        seen.append(_Seen(address, index, rank))
        at += len(address)
    return seen


def _is_echo(lines: Sequence[Line], index: int) -> bool:
    """Tell a To line that merely repeats the header of the mail: other fields of it stand next to it."""
    return any(_ECHO_NEIGHBOUR.match(line.text) for line in lines[max(index - 3, 0) : index + 4])


def _rank(before: str, after: str, text: str) -> int:
    bare = before.strip(_EDGES)
    if _NOT_OF_RECIPIENT.search(before) and not re.search(r"rcpt to", before, re.I):
        return 0
    if not bare or find_addresses(bare) == (bare,):
        # First on its line: alone, or with the diagnosis behind it.
        rest = after.strip(_EDGES)
        return (
            3
            if not rest or after.lstrip(">)\"']")[:1] in ":,;-(" or after[:1] in ">\"'" or "@" in bare
            else 2
        )
    if _LABEL.search(before):
        return 3
    return 2 if FAILED.search(text.lower().replace("’", "'")) else 1


def _recipient(lines: Sequence[Line], chosen: list[_Seen], at: int) -> RecipientReport:
    """Give one recipient with the lines that follow it, up to the next."""
    start = chosen[at].index
    stop = (
        chosen[at + 1].index
        if at + 1 < len(chosen) and chosen[at + 1].index > start
        else min(len(lines), start + 25)
    )
    own = [line for line in lines[start:stop] if line.text.strip()][:25]
    status, reply = codes_of(own)
    if len(chosen) == 1 and status is None and reply is None:
        own = [line for line in lines if line.text.strip()][:60]
        status, reply = codes_of(own)
    return RecipientReport(
        final_recipient=chosen[at].address,
        status=status,
        reply_code=reply,
        diagnostic_code=" ".join(line.text.strip() for line in own)[:2000],
        reader=READER,
        lines=tuple(own),
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
        found = [a for a in addressees_of(mail.original_lines) if not _SERVICE.match(a)]
    if len(found) != 1:
        return ()
    own_lines = tuple(line for line in lines if line.text.strip())[:60]
    status, reply = codes_of(own_lines)
    return (
        RecipientReport(
            final_recipient=found[0],
            status=status,
            reply_code=reply,
            diagnostic_code=" ".join(line.text.strip() for line in own_lines)[:2000],
            reader=READER,
            lines=own_lines,
        ),
    )


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
