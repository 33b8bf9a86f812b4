"""Doubts about a mail that tells of a failure in plain words: is it of a mail at all, and told by a machine?"""

import re
from collections.abc import Sequence
from typing import Final

from mgtui.report.codes import find_reply_code, find_status
from mgtui.report.dialects.writer import is_automatic, is_report_by_subject
from mgtui.report.lazy import LazyPattern
from mgtui.report.look import Look, is_other_report
from mgtui.report.model import Line
from mgtui.report.parsed import ParsedMail
from mgtui.report.phrases import FAILED, OF_GOODS, OF_MAIL
from mgtui.report.places import Seen

NEAR: Final = 1200  #: characters within which a mail from <> must speak of failure
QUOTE: Final = re.compile(r"^\s{0,4}(?:>|\|)")
#: The reader's own mailbox: a warning of his provider, or the lure of a stranger.
_OWN_MAILBOX: Final = LazyPattern(
    r"your (?:e-?mail |mail ?)?(?:mailbox|account|inbox|quota|storage|password)"
    r"|ihr (?:e-?mail-?)?(?:postfach|konto|speicher)|dein (?:postfach|konto)|votre (?:boîte|compte)|(?:su"
    r"|tu) (?:buzón|cuenta)"
    r"|(?:la tua|la sua) casella|uw (?:mailbox|postvak)|sua (?:caixa|conta)|twoja skrzynka"
    r"|ваш (?:почтовый )?ящик"
    r"|you have .{0,20}(?:undelivered|undeliverable|pending|held|blocked|incoming) (?:e-?mail|mail|message)s?\b"
    r"|(?:mail|message)s? (?:are|were|have been) (?:pending|held|stuck|waiting) (?:for you|in your|on your)"
)
#: The one mail that a report is about; a circular speaks of mails in general.
_YOUR_MAIL: Final = LazyPattern(
    r"\b(?:your|ihre|deine|votre|su|tu|sua|uw|je|suo|tuo|twoja|pańska|vaše|ditt|din|ваше)"
    r" (?:e-?mail|mail|message|nachricht|courriel|mensaje|correo|mensagem|bericht|messaggio|wiadomość|zpráva"
    r"|meddelande|besked|melding|сообщение|письмо)\b"
    r".{0,120}(?:not\b|n't|fail|return|reject|refus|nicht|unzustell|zurück|n'a p|rejet|no |não|niet|non |nie |nebyl"
    r"|inte|ikke|не )"
)
_GREETING: Final = LazyPattern(
    r"\s{0,8}(?:hi|hello|hey|dear|good (?:morning|day|afternoon)|hallo|guten tag|liebe[rs]?"
    r"|sehr geehrte\w{0,2}|bonjour"
    r"|salut|hola|buenos|ol[aá]|bom dia|ciao|buongiorno|gentile|beste|geachte|dzień dobry|witam"
    r"|здравствуйте)\b",
    re.I,
)


def is_of_mail(mail: ParsedMail, look: Look, lines: Sequence[Line], text: str) -> bool:
    """Tell whether a mail without fields speaks of a mail that failed: parcels, payments and plans fail, too."""
    headers = mail.headers
    if not look.daemon and (headers.list_id or headers.get("list-unsubscribe")):
        return False
    if is_other_report(mail) or _is_circular(mail, look, lines, text):
        return False
    if _is_surely_sent_by_server(mail, look) or mail.original_lines or has_code(lines):
        return True
    is_titled = look.daemon and (is_report_by_subject(headers) or FAILED.search(look.subject) is not None)
    if look.reply_subject or not (look.null_sender or look.failure_subject or is_titled):
        return False
    near = text if look.daemon else text[:NEAR]
    return OF_GOODS.search(near) is None and (is_titled or OF_MAIL.search(near) is not None)


def _is_circular(mail: ParsedMail, look: Look, lines: Sequence[Line], text: str) -> bool:
    """Tell a letter to many of somebody called like a mail system: its list can be left, or it greets its readers."""
    headers = mail.headers
    if look.structured or mail.original_lines:
        return False
    if headers.get("list-unsubscribe") or (headers.list_id and not headers.auto_submitted):
        return True
    if look.failure_subject or has_code(lines) or _YOUR_MAIL.search(text[:NEAR]):
        return False
    return _greets(lines)


def _greets(lines: Sequence[Line]) -> bool:
    """Tell a text that begins with a salutation; qmail says Hi, too, and goes on in the same line."""
    first = next((line.text for line in lines if line.text.strip()), "")
    return _GREETING.match(first) is not None and first.rstrip().endswith((",", "!"))


def _is_surely_sent_by_server(mail: ParsedMail, look: Look) -> bool:
    name = mail.headers.sender[0].lower() if mail.headers.sender else ""
    return look.daemon and (look.null_sender or name.startswith(("mailer-daemon", "mdaemon", "mmdf", "uucp")))


def is_about_the_reader(mail: ParsedMail, chosen: Sequence[Seen], text: str) -> bool:
    """Tell a warning, or a lure, about the mailbox of the one who reads it."""
    own = {address.lower() for address in mail.headers.addressees}
    return (
        bool(chosen)
        and all(seen.address.lower() in own for seen in chosen)
        and not mail.original_lines
        and _OWN_MAILBOX.search(text[:NEAR]) is not None
    )


def is_report(mail: ParsedMail, look: Look, lines: Sequence[Line], text: str) -> bool:
    """Tell a notice that names nobody: it returns the mail, or at least is sent or titled like a report."""
    if mail.original_lines:
        return True
    if _greets(lines) and not _YOUR_MAIL.search(text[:NEAR]):
        return False
    is_sent_like_one = look.null_sender or is_report_by_subject(mail.headers)
    return is_sent_like_one and _OWN_MAILBOX.search(text[:NEAR]) is None


def may_be_human(mail: ParsedMail, lines: Sequence[Line]) -> bool:
    """Tell a person who writes about a failure: a subject of his own, a greeting, or a quotation."""
    first = next((line.text for line in lines if line.text.strip()), "")
    return (
        not (is_automatic(mail.headers) or is_report_by_subject(mail.headers))
        or _GREETING.match(first) is not None
        or any(QUOTE.match(line.text) for line in mail.notice[:100])
    )


def is_answer(mail: ParsedMail, look: Look, lines: Sequence[Line]) -> bool:
    """Tell the answer of a person behind a server's address, the postmaster: it greets somebody by name."""
    return (
        not (look.null_sender or look.structured or mail.original_lines)
        and bool(mail.headers.get("in-reply-to"))
        and _greets(lines)
    )


def has_code(lines: Sequence[Line]) -> bool:
    """Tell whether a text quotes the refusal of a server."""
    return any(
        (find_reply_code(line.text) or 0) >= 400 or (find_status(line.text) or "2")[0] != "2"
        for line in lines[:60]
    )
