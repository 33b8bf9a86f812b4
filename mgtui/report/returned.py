"""Where the reporting side's prose ends and the returned mail begins, when both stand in one text."""

import re
from collections.abc import Sequence
from typing import Final

from mgtui.report.lazy import has_one
from mgtui.report.model import Line

#: Words on the line above a returned mail, lower case, in the languages and MTAs that write one.
#: A line counts when one of them stands on it and a header follows within a few lines.
MARKERS: Final = (
    "below this line is a copy",  # qmail
    "below is a copy",  # OpenSMTPD
    "is a copy of the message",  # Exim
    "is a copy of your message",
    "is a copy of the body",
    "copy of the message follows",
    "copy of your message follows",
    "copy of the original message",
    "copy of your message",
    "copy of the message header",
    "included is a copy",
    "original message",  # Gmail, Sendmail, IMail
    "original mail",  # KDDI
    "original-message",
    "original header",
    "unsent message",  # old Sendmail
    "unsent mail",
    "returned message",  # Domino
    "returned mail follows",
    "returned text",
    "undelivered message",
    "undelivered mail",
    "undeliverable message",
    "rejected message",
    "failed message",
    "bounced message",
    "message header",
    "message headers",
    "mail header",
    "headers follow",
    "header follows",
    "message follows",
    "message text follows",
    "your message follows",
    "your message reads",
    "message was as follows",
    "message contents",
    "message begins",
    "message content",
    "returned to sender",
    "text of your message",
    "start of message",
    "forwarded message",
    "the first lines of",
    "your mail follows",
    "mail follows",
    "the header of",
    "message that caused",
    "kopfzeilen",
    "kopie der",
    "kopie ihrer",
    "ursprüngliche nachricht",
    "ursprünglichen nachricht",
    "urspruengliche nachricht",
    "urspruenglichen nachricht",
    "originalnachricht",
    "original-nachricht",
    "originale nachricht",
    "zurückgesandte nachricht",
    "message d'origine",
    "message original",
    "message initial",
    "copie du message",
    "copie de votre message",
    "entête",
    "en-tête",
    "mensaje original",
    "copia del mensaje",
    "mensagem original",
    "cópia da mensagem",
    "messaggio originale",
    "copia del messaggio",
    "oorspronkelijk bericht",
    "oorspronkelijke bericht",
    "kopie van",
    "oryginalna wiadomość",
    "kopia wiadomości",
    "исходное сообщение",
    "оригинал сообщения",
    "копия сообщения",
    "копия письма",
    "исходное письмо",
    "текст письма",
    "元のメッセージ",
    "元のメール",
    "原メール",
    "メッセージのコピー",
    "原始邮件",
    "原邮件",
    "原始信件",
    "原信",
    "邮件原文",
)
#: Every marker of plain letters has one of these: a dozen looks at a line instead of a hundred.
_HINTS: Final = (
    "messag",
    "mail",
    "head",
    "cop",
    "nach",
    "kop",
    "origi",
    "mens",
    "text",
    "lines of",
    "bericht",
    "returned to",
)


def _first_hint(marker: str) -> str:
    return next((hint for hint in _HINTS if hint in marker), "")


_BY_HINT: Final = tuple(
    (hint, tuple(marker for marker in MARKERS if _first_hint(marker) == hint)) for hint in _HINTS
)
_WITHOUT_HINT: Final = tuple(marker for marker in MARKERS if not _first_hint(marker))
#: What stands before a marker's words: rules made of dashes, stars, equal signs, and blanks.
_RULE: Final = re.compile(r"^[ \t]{0,40}[-=*_+#~>]{2,80}|^[ \t]{0,40}[-=*_+#~]{1,80} ")
_FIELD: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,60}:(?!//)")
#: Fields that begin a mail's header and stand in no prose.
_FIRST_FIELD: Final = re.compile(
    r"(?:received:[ \t]*(?:from|by|\(|from)\b|return-path:|delivered-to:[ \t]|dkim-signature:"
    r"|mime-version:[ \t]"
    r"|authentication-results:"
    r"|arc-seal:|message-id:[ \t]*<|content-type:[ \t]*(?:message/rfc822|multipart/|text/)"
    r"|x-(?:received|apparently-to|originating-ip|envelope-from|original-to|mailer|priority|msmail-priority"
    r"|spam-[a-z]{1,20}|virus-[a-z]{1,20}):)",
    re.I,
)
#: Fields that a header may have before those.
_NAMED_FIELD: Final = re.compile(r"(?:from|to|cc|subject|date|reply-to|sender|list-[\w-]{1,20}):", re.I)
#: Fields of a report, which a gateway has put behind the notice: no header of a mail.
_OF_REPORT: Final = re.compile(
    r"(?:reporting-mta|(?:final|original)-recipient|(?:x-)?original-message-id|received-from-mta|dsn-gateway)"
    r"[ 	]{0,4}:",
    re.I,
)
_NEAR: Final = 8  #: lines between a marker and the header it announces


def find_original(lines: Sequence[Line]) -> tuple[int, int] | None:
    """Find a returned mail within a text: the index where the prose ends, and where its header begins."""
    addressed = False
    for index, line in enumerate(lines):
        text = line.text
        if not text:
            continue
        addressed = addressed or "@" in text
        if len(text) < 200 and _is_marker(text):
            header = _header_after(lines, index + 1)
            if header is not None:
                if _OF_REPORT.match(lines[header].text) or _OF_REPORT.match(text):
                    continue  # QUIRK: a gateway has put the fields of the report behind the notice
                return index, header
            if addressed and _RULE.match(text):
                return index, index + 1
        elif ":" in text and _FIRST_FIELD.match(text) and _begins_header(lines, index):
            return index, _first_of_header(lines, index)
    return None


def _is_marker(text: str) -> bool:
    lower = text.lower()
    for hint, markers in _BY_HINT:
        if hint in lower and has_one(markers, lower):
            return True
    return not lower.isascii() and has_one(_WITHOUT_HINT, lower)


def _header_after(lines: Sequence[Line], start: int) -> int | None:
    """Find the header that a marker announces; blank lines, rules and a few words may stand between."""
    for index in range(start, min(start + _NEAR, len(lines))):
        text = lines[index].text
        field = text.lstrip("> \t|") if text[:1] in (">", " ", "\t", "|") else text
        if field.startswith("From ") or (_FIELD.match(field) and _fields_from(lines, index) >= 2):
            return index
        if "@" in text and not field.startswith("From "):
            return None
    return None


def _begins_header(lines: Sequence[Line], index: int) -> bool:
    """Tell a header that begins without a marker from prose that names a field."""
    return _fields_from(lines, index) >= 3


def _first_of_header(lines: Sequence[Line], index: int) -> int:
    """Go back to the field that a header begins with: From, To and Subject stand in prose, too."""
    first = index
    for at in range(index - 1, max(index - 12, -1), -1):
        text = lines[at].text
        if _NAMED_FIELD.match(text):
            first = at
        elif text[:1] not in (" ", "\t") or not text.strip():
            break
    return first


def _fields_from(lines: Sequence[Line], start: int) -> int:
    """Count header fields from here to the next blank line, as far as a dozen lines on."""
    count = 0
    for line in lines[start : start + 12]:
        text = line.text.lstrip("> |") if line.text[:1] in "> |" else line.text
        if not text.strip():
            break
        if _FIELD.match(text):
            count += 1
        elif line.text[:1] not in (" ", "\t", ">", "|"):
            break
    return count
