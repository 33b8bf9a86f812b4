"""What is read out of a mail before anything is judged: plain values, line numbers from 1 in the raw mail.

What is made of each mail is a named tuple where it keeps nothing for later: a frozen dataclass takes twice the time.
"""

from collections.abc import KeysView, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mgtui.report.address_fields import addresses_in_field
from mgtui.report.dates import iso_date
from mgtui.report.fields import fields_of_texts, parse_fields
from mgtui.report.once import once


class Line(NamedTuple):
    """A decoded line of a mail and where its bytes stand in the raw mail."""

    number: int
    text: str


@dataclass(frozen=True)
class Headers:
    """The header of a mail, decoded (RFC 2047), without control characters; what it says is read when asked for.

    Addresses are bare addr-specs as written, in order. Absent fields are "" or ().
    """

    raw: tuple[tuple[str, str], ...] = ()  #: every field in order: (lower-case name, unfolded decoded value)

    def get(self, name: str) -> str:
        """Give the first value of a field (lower-case name), "" where it is absent."""
        return self._first.get(name, "")

    @property
    def names(self) -> KeysView[str]:
        """The names of the fields, lower case."""
        return self._first.keys()

    @once
    def _first(self) -> dict[str, str]:
        return dict(reversed(self.raw))

    @property
    def message_id(self) -> str:
        """The Message-ID as written."""
        return self.get("message-id")

    @property
    def subject(self) -> str:
        """The first Subject."""
        return self.get("subject")

    @property
    def auto_submitted(self) -> str:
        """Auto-Submitted (RFC 3834)."""
        return self.get("auto-submitted")

    @property
    def precedence(self) -> str:
        """Precedence, as mailing programs set it."""
        return self.get("precedence")

    @property
    def list_id(self) -> str:
        """List-Id (RFC 2919)."""
        return self.get("list-id")

    @once
    def sender(self) -> tuple[str, ...]:
        """The addresses of From, then Sender, then Reply-To, without repeats."""
        return self._addresses("from", "sender", "reply-to")

    @once
    def addressees(self) -> tuple[str, ...]:
        """The addresses of To, then Cc, then Bcc, then Delivered-To, without repeats."""
        return self._addresses("to", "cc", "bcc", "delivered-to")

    @once
    def sent_at(self) -> str | None:
        """Date as ISO 8601 in UTC, None where it can't be read."""
        return iso_date(self.get("date"))

    @once
    def return_path(self) -> str | None:
        """Return-Path (RFC 5321 section 4.4): "" is the null sender or an empty field, None is no field."""
        value = self._first.get("return-path")
        if value is None:
            return None
        found = addresses_in_field(value)
        return found[0] if found else value.strip("<> ")

    def _addresses(self, *names: str) -> tuple[str, ...]:
        present = [name for name in names if name in self._first]
        values = (value for name in present for key, value in self.raw if key == name)
        return tuple(dict.fromkeys(address for value in values for address in addresses_in_field(value)))


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that a person would see as a file."""

    index: int  #: number of the part in document order, for `attachment_content`
    name: str  #: safe as a file name: no path, no control character, never empty
    content_type: str
    size: int  #: bytes after decoding


@dataclass(frozen=True)
class Original:
    """The mail that came back, as far as the report quotes it; its header is read when asked for."""

    block: bytes = b""  #: its header, where it is a part of its own
    lines: tuple[Line, ...] = ()  #: its beginning, where it stands among other words

    @once
    def headers(self) -> Headers:
        """Its header."""
        if self.lines:
            return Headers(fields_of_texts(line.text for line in self.lines))
        return Headers(parse_fields(self.block)[0])

    @property
    def message_id(self) -> str:
        """Its Message-ID."""
        return self.headers.message_id

    @property
    def sender(self) -> str:
        """Its first sender, "" where none is named."""
        return self.headers.sender[0] if self.headers.sender else ""

    @property
    def addressees(self) -> tuple[str, ...]:
        """Those whom it was for."""
        return self.headers.addressees

    @property
    def subject(self) -> str:
        """Its Subject."""
        return self.headers.subject

    @property
    def list_id(self) -> str:
        """Its List-Id."""
        return self.headers.list_id


class RecipientReport(NamedTuple):
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


class Report(NamedTuple):
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
