"""What every dialect looks at first: who wrote the mail, and its own words without the returned copy."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from mgtui.report.model import Headers, Line
from mgtui.report.parsed import Dialect, ParsedMail, ReadByDialect

#: Reports say what they have to say in the first lines; a list of failed recipients may be long.
LONGEST_NOTICE = 5000
#: Characters of all of them together.
LONGEST_PROSE = 120_000
#: Characters in which phrases are looked for.
LONGEST_FOLDED = 16_000
#: Characters of a line that a dialect looks at; servers wrap, and HTML notices come flattened.
LONGEST_LINE = 2000

_DAEMON = re.compile(
    r"mailer[-_.]?daemon|post[-_ ]?master|mdaemon|mail[-_ .]?(?:delivery|daemon|system|administrator)"
    r"|delivery[-_ .]?(?:system|subsystem|status|agent)|system administrator|microsoftexchange[0-9a-f]{8}"
    r"|double-bounce|\bbounces?@|smtp_mail_service|mailservice|antivirus_for_smtp|imss@|mail(?:server)?robot"
    r"|undeliver|mail-?gateway|post_master|sysadmin@vzw|no-?reply@sns\.|mailadmin|mailmaster|listserv@|ndr@",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\s{0,20}(?:\[[^\]]{1,40}\]\s{0,20}|\*{1,8}\s{0,20})?(?:"
    r"fail(?:ure|ed) (?:notice|delivery|mail)|mail (?:delivery |could not be |not |system )?(?:fail"
    r"|problem|error"
    r"|deliver|warning)|mail delivery|undeliver|(?:could not|can ?not|unable to) (?:be )?deliver"
    r"|returned (?:mail|to sender)|return(?:ed|ing)? message|deliver(?:y|ing)[ _-](?:status|fail|notif|report"
    r"|error|problem|delay|has|to)|(?:permanent |temporary )?delivery (?:fail|problem|delay)|non[- ]?deliver"
    r"|message (?:delivery|status|undeliver|could|delayed|not delivered)|warning: (?:message|could not"
    r"|e?-?mail)"
    r"|delayed mail|mail delay|dsn:|ndn:|bounced? (?:mail|message|e-?mail)|there was an error sending"
    r"|processing error|failed mail|email delivery|notification d|rejected|automatically rejected"
    r"|unzustellbar|nicht zustellbar|(?:e-?mail|mail|nachricht|ihre nachricht).{0,30}nicht zugestellt"
    r"|zustell(?:ung|fehler)|r(?:ü|ue)ck(?:antwort|lauf|läufer)|fehler(?:hafte)? (?:bei )?(?:der )?zustellung"
    r"|fehlgeschlagen|non remis|non distribu|échec|message non|remise|avis de non|non recapitabile"
    r"|no (?:se )?(?:pud|entregad)|correo no|devuelto|mensaje no|não (?:entreg|foi)|falha|devolu"
    r"|onbestelbaar|niet bezorgd|nie ?dostarcz|zwrot|.{1,150}: non remis|недостав|не ?доставл"
    r"|ошибка достав|配信|送信|退信|系统退信"
    r"|邮件|メール.{0,12}(?:でき|エラー)|mail system error|エラー"
    r")",
    re.IGNORECASE,
)
_RULE_WITH_COPY = re.compile(
    r"\s{0,8}[-=*_#|~+]{2,80}+\s{0,4}(?:[\w\s.'’()]{0,60}?\b)?(?:cop(?:y|ies|ia|ie) of"
    r"|original (?:message|mail)"
    r"|message (?:header|text|body)|returned (?:mail|message)|unsent message|forwarded message"
    r"|header of the|start of returned|the header|your (?:original )?message (?:follows|header|text"
    r"|below)|mail follows|original mail"
    r"|kopie (?:der|ihrer)|kopfzeilen|urspr(?:ü|ue)ngliche|originalnachricht|mensaje original"
    r"|message d'origine"
    r"|message original|messaggio originale|mensagem original|oorspronkelijk|oryginaln|below th|enclosed is)"
    r"|\s{0,8}-{3,80}+\s{0,3}(?:копия|ниже|附件|以下|原信|原始|下面)",
    re.IGNORECASE,
)
_COPY = re.compile(
    r"\s{0,8}>?\s?(?:(?:the )?original (?:message|e?-?mail|mail)s? (?:follows|header|as (?:follows"
    r"|received)|attached|is)"
    r"|original message headers?:|message headers?(?: and \w+)? follows?|message (?:header|text|contents?):?$"
    r"|included is a copy|here is a copy of|below is a copy of|(?:a|the) copy of (?:the"
    r"|your) (?:original )?message"
    r"|the first \d{1,4} (?:lines|bytes|kb|characters) of|a summary of the undelivered message"
    r"|your (?:original )?message reads|your message (?:follows|was:)|the message (?:follows|header)"
    r"|(?:please )?see (?:the )?attached|(?:the )?(?:text|body|headers?) of (?:the"
    r"|your) (?:original )?(?:message|mail)"
    r"|original-?nachricht|die urspr(?:ü|ue)ngliche nachricht (?:folgt|lautet)|le message original"
    r"|-{2,20} ?begin (?:message|original))",
    re.IGNORECASE,
)
# A line that only the header of a returned mail holds.
_TRACE_FIELD = re.compile(
    r"\s{0,8}[>|]?\s?(?:received\s?:\s?(?:from|by|\(|$)|return-path\s?:|dkim-signature\s?:|x-received\s?:"
    r"|domainkey-signature\s?:|delivered-to\s?:|x-originating-ip\s?:"
    r"|from \S{1,200}@\S{1,200}\s+\w{3} \w{3} )",
    re.IGNORECASE,
)
#: Fields that only a program's report carries, whatever the writer is called.
_MARKS = ("x-mlserver", "x-mx-bounce", "x-ahmailid", "x-nai-header", "x-amz-sns-message-id", "x-mc-system")
_PROGRAM = re.compile(r"<smtp32|m-filter|local-mailhub|spamlion|internet mail service", re.IGNORECASE)
#: Characters that a rule is drawn with, and with them all that a line which begins the copy begins with.
_RULES = frozenset("-=*_#|~+")
_FIRST_LETTERS = _RULES | frozenset(">rdxftomihbaypslu")


@dataclass(slots=True)
class Prose:
    """The reporting side's own words, cut before the returned copy, with what the header says of the writer.

    There are no lines where the header shows a person as the writer: no dialect reads those.
    """

    headers: Headers
    lines: tuple[Line, ...]
    folded: str = ""  #: all lines as one, lower case, single spaces: for phrases that wrap
    writer: str = ""  #: the From field as it stands, lower case
    subject: str = ""
    parts: tuple[str, ...] = field(default=())  #: content types


#: A dialect on prepared prose.
ProseReader = Callable[[Prose], ReadByDialect | None]


class _Memo:
    """The prose of the mail looked at last, since every dialect asks for it in turn."""

    __slots__ = ("mail", "prose")

    def __init__(self) -> None:
        self.mail: ParsedMail | None = None
        self.prose = Prose(Headers(), ())


_memo = _Memo()


def prose_of(mail: ParsedMail) -> Prose:
    """Give the prose of a mail; asking again for the mail asked for last costs nothing."""
    memo = _memo
    if memo.mail is not mail:
        prose = _prepare(mail)
        memo.mail, memo.prose = mail, prose
        return prose
    return memo.prose


def on_prose(reader: ProseReader) -> Dialect:
    """Make a dialect of a reader of prose, keeping its name."""

    def dialect(mail: ParsedMail) -> ReadByDialect | None:
        prose = prose_of(mail)
        return reader(prose) if prose.lines else None

    dialect.__name__ = dialect.__qualname__ = reader.__name__
    dialect.__doc__ = reader.__doc__
    return dialect


def own_words(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Give the lines before the returned copy begins."""
    kept: list[Line] = []
    size = 0
    for line in lines[:LONGEST_NOTICE]:
        text = line.text[:LONGEST_LINE].rstrip()
        size += len(text)
        if size > LONGEST_PROSE:
            break
        if kept and begins_copy(text):
            break
        kept.append(Line(line.number, text))
    return tuple(kept)


def begins_copy(text: str) -> bool:
    """Tell whether a line announces or begins the returned mail."""
    first = text[:9].lstrip()[:1].lower()
    if first not in _FIRST_LETTERS:
        return False
    if first in _RULES and _RULE_WITH_COPY.match(text):
        return True
    return bool(_TRACE_FIELD.match(text) or _COPY.match(text))


def is_automatic(headers: Headers) -> bool:
    """Tell whether the header shows a program as the writer: a null sender, a daemon, a report's subject."""
    if headers.return_path == "" or headers.get("x-failed-recipients"):
        return True
    if headers.auto_submitted and headers.auto_submitted.lower() != "no":
        return True
    if any(headers.get(name) for name in _MARKS) or _PROGRAM.search(headers.get("x-mailer")[:200]):
        return True
    if "multipart/report" in headers.get("content-type")[:200].lower() or headers.get("from").strip() in (
        "",
        "<>",
    ):
        return True
    writers = f"{headers.get('from')} {headers.return_path or ''} {' '.join(headers.sender[:1])}"
    return bool(_DAEMON.search(writers[:500]) or _SUBJECT.match(headers.subject[:200]))


def _prepare(mail: ParsedMail) -> Prose:
    if not is_automatic(mail.headers):
        return Prose(mail.headers, ())
    lines = own_words(mail.notice)
    folded = " ".join(" ".join(line.text for line in lines).split())[:LONGEST_FOLDED].lower()
    return Prose(
        headers=mail.headers,
        lines=lines,
        folded=folded,
        writer=(mail.headers.get("from") or " ".join(mail.headers.sender[:1])).lower(),
        subject=mail.headers.subject,
        parts=tuple(part.content_type for part in mail.parts[:50]),
    )
