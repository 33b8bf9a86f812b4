"""What every dialect looks at first: who wrote the mail, and its own words without the returned copy."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mgtui.report.addresses import find_addresses
from mgtui.report.dialects.writer import begins_personally, is_automatic, is_report_by_subject
from mgtui.report.lazy import LazyPattern
from mgtui.report.model import Headers, Line
from mgtui.report.once import once
from mgtui.report.parsed import Dialect, ParsedMail, ReadByDialect

#: Reports say what they have to say in the first lines; a list of failed recipients may be long.
LONGEST_NOTICE = 5000
#: Characters of all of them together.
LONGEST_PROSE = 120_000
#: Characters in which phrases are looked for.
LONGEST_FOLDED = 16_000
#: Characters of a line that a dialect looks at; servers wrap, and HTML notices come flattened.
LONGEST_LINE = 2000

_RULE_WITH_COPY = LazyPattern(
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
_COPY = LazyPattern(
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
_TRACE_FIELD = LazyPattern(
    r"\s{0,8}[>|]?\s?(?:received\s?:\s?(?:from|by|\(|$)|return-path\s?:|dkim-signature\s?:|x-received\s?:"
    r"|domainkey-signature\s?:|delivered-to\s?:|x-originating-ip\s?:"
    r"|from \S{1,200}@\S{1,200}\s+\w{3} \w{3} )",
    re.IGNORECASE,
)
#: Characters that a rule is drawn with, and those that the other patterns begin with.
_RULES = frozenset("-=*_#|~+")
_OF_TRACE = frozenset(">|rdxf")
_OF_COPY = frozenset(">otmihbaypsld-")


@dataclass
class Prose:
    """The reporting side's own words, cut before the returned copy, with what the header says of the writer.

    There are no lines where the header shows a person as the writer: no dialect reads those.
    """

    headers: Headers
    lines: tuple[Line, ...]
    folded: str = ""  #: all lines as one, lower case, single spaces: for phrases that wrap
    writer: str = ""  #: the From field as it stands, lower case
    subject: str = ""

    @once
    def words(self) -> frozenset[str]:
        """The words as they stand between blanks."""
        return frozenset(self.folded.split(" "))

    def failed_recipients(self) -> tuple[str, ...]:
        """Give what X-Failed-Recipients lists; Exim writes a field for every fifty."""
        if "x-failed-recipients" not in self.headers.names:
            return ()
        return find_addresses(", ".join(v for name, v in self.headers.raw if name == "x-failed-recipients"))


#: A dialect on prepared prose.
ProseReader = Callable[[Prose], ReadByDialect | None]


class _Memo:
    """The mail looked at last and its prose, since every dialect asks for it in turn.

    Both are one value, so that threads that read different mails never get each other's.
    """

    __slots__ = ("last",)

    def __init__(self) -> None:
        self.last: tuple[ParsedMail | None, Prose] = (None, Prose(Headers(), ()))


_memo = _Memo()


def prose_of(mail: ParsedMail) -> Prose:
    """Give the prose of a mail; asking again for the mail asked for last costs nothing."""
    known, prose = _memo.last
    if known is not mail:
        prose = _prepare(mail)
        _memo.last = (mail, prose)
    return prose


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
    return (
        (first in _OF_COPY and _COPY.match(text) is not None)
        or (first in _OF_TRACE and _TRACE_FIELD.match(text) is not None)
        or (first in _RULES and _RULE_WITH_COPY.match(text) is not None)
    )


def _prepare(mail: ParsedMail) -> Prose:
    automatic = is_automatic(mail.headers)
    if not automatic and not is_report_by_subject(mail.headers):
        return Prose(mail.headers, ())
    lines = own_words(mail.notice)
    if not automatic and begins_personally(line.text for line in lines):
        return Prose(mail.headers, ())
    folded = " ".join(" ".join(line.text for line in lines).split())[:LONGEST_FOLDED].lower()
    return Prose(
        headers=mail.headers,
        lines=lines,
        folded=folded,
        writer=(mail.headers.get("from") or " ".join(mail.headers.sender[:1])).lower(),
        subject=mail.headers.subject,
    )
