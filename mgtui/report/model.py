"""What is read out of a mail before anything is judged: plain values, line numbers from 1 in the raw mail."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Line(NamedTuple):
    """A decoded line of a mail and where its bytes stand in the raw mail."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Headers:
    """The header fields that anything asks for, decoded (RFC 2047), without control characters.

    Addresses are bare addr-specs as written, in order. Absent fields are "" or ().
    """

    message_id: str = ""
    sender: tuple[str, ...] = ()  #: From, then Sender, then Reply-To, without repeats
    addressees: tuple[str, ...] = ()  #: To, then Cc, then Bcc, then Delivered-To, without repeats
    subject: str = ""
    sent_at: str | None = None  #: Date as ISO 8601 in UTC, None where it can't be read
    return_path: str | None = None  #: "" is the null sender <>, None is no Return-Path
    auto_submitted: str = ""
    precedence: str = ""
    list_id: str = ""
    raw: tuple[tuple[str, str], ...] = ()  #: every field in order: (lower-case name, unfolded decoded value)

    def get(self, name: str) -> str:
        """Give the first value of a field (lower-case name), "" where it is absent."""
        return next((value for key, value in self.raw if key == name), "")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that a person would see as a file."""

    index: int  #: number of the part in document order, for `attachment_content`
    name: str  #: safe as a file name: no path, no control character, never empty
    content_type: str
    size: int  #: bytes after decoding


@dataclass(frozen=True, slots=True)
class Original:
    """The mail that came back, as far as the report quotes it."""

    message_id: str = ""
    sender: str = ""
    addressees: tuple[str, ...] = ()
    subject: str = ""
    list_id: str = ""
    headers: Headers = field(default_factory=Headers)


@dataclass(frozen=True, slots=True)
class RecipientReport:
    """What a report says of one recipient, in the words of RFC 3464; nothing is judged yet."""

    final_recipient: str | None
    original_recipient: str | None = None
    dsn_action: str = ""  #: failed, delayed, delivered, relayed, expanded, or ""
    status: str | None = None  #: RFC 3463, as said by the server
    reply_code: int | None = None  #: RFC 5321
    diagnostic_code: str = ""
    remote_mta: str | None = None
    reader: str = ""  #: which reader of the format spoke
    lines: tuple[Line, ...] = ()  #: where it was read


@dataclass(frozen=True, slots=True)
class Report:
    """A mail taken apart, with everything that the judging needs."""

    headers: Headers
    kind_hint: str  #: the kind that its structure claims: one of `mgtui.bounce.Kind`
    reader: str  #: which reader recognised it, "" for none
    recipients: tuple[RecipientReport, ...] = ()
    notice: Sequence[Line] = ()  #: prose written by the reporting side, without the quoted original
    original: Original | None = None
    reporting_mta: str | None = None
    attachments: tuple[Attachment, ...] = ()
    findings: tuple[str, ...] = ()  #: damage met on the way, in plain words
    hint_lines: tuple[Line, ...] = ()  #: what `kind_hint` rests on
    new_address: str | None = None  #: an auto-reply's: where the person is now
    returns_on: str | None = None  #: an auto-reply's: the day of return, ISO 8601
