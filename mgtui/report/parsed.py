"""The seam between taking a mail apart and reading reports out of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from mgtui.report.model import Headers, Line, RecipientReport


@dataclass(slots=True)
class Part:
    """An entity of the mail (RFC 2045), in document order, bounded in number and depth.

    `lines` are its decoded lines (transfer encoding and charset undone), computed when first asked for
    by the splitter; a part with children has none of its own.
    """

    index: int
    depth: int
    content_type: str  #: lower case, "text/plain" where absent
    parameters: dict[str, str]
    headers: tuple[tuple[str, str], ...]
    start: int  #: byte offset of the body in the raw mail
    end: int
    disposition: str = ""
    filename: str = ""
    encoding: str = ""  #: of the transfer, lower case


@dataclass(slots=True)
class ParsedMail:
    """A mail as readers see it: header, prose, the machine-readable part, and what was returned."""

    headers: Headers
    parts: tuple[Part, ...]
    notice: Sequence[Line]  #: text of the human-readable parts (HTML flattened), the quoted original left out
    status_lines: Sequence[Line] = ()  #: decoded lines of message/delivery-status and its kin, or ()
    feedback_lines: Sequence[Line] = ()  #: of message/feedback-report
    disposition_lines: Sequence[Line] = ()  #: of message/disposition-notification
    original_lines: Sequence[Line] = ()  #: the returned mail, header first, as far as it is there
    findings: list[str] = field(default_factory=list)
    raw: bytes = field(default=b"", repr=False)  #: the mail that `parts` give offsets into


class ReadByDialect(NamedTuple):
    """What a reader of one MTA's prose found. An empty `recipients` with a kind is a valid answer."""

    reader: str
    kind_hint: str  #: bounce, delayed, delivered, auto_reply, challenge ...
    recipients: tuple[RecipientReport, ...]
    hint_lines: tuple[Line, ...] = ()
    reporting_mta: str | None = None


#: A dialect looks at a mail and answers, or gives None where it isn't its own. Pure, bounded, never raises.
Dialect = Callable[[ParsedMail], ReadByDialect | None]
