"""The verdict on a mail, with the evidence that every screen can show.

These are named tuples, since each mail makes some: a frozen dataclass takes twice the time.
"""

from typing import Literal, NamedTuple

from mgtui.report import Headers, Original

Kind = Literal[
    "bounce", "delayed", "delivered", "complaint", "auto_reply", "receipt", "challenge", "ordinary"
]
Severity = Literal["hard", "soft", "refused", "undetermined"]


class Evidence(NamedTuple):
    """Who spoke, and on which line of the raw mail (from 1) it stood."""

    reader: str
    entry: str  #: id of the table entry, "" where the format itself spoke
    line: int | None
    text: str


class RecipientVerdict(NamedTuple):
    """What a mail says of one recipient, and what that means for the address."""

    recipient: str | None
    original_recipient: str | None
    status: str | None
    reply_code: int | None
    diagnostic: str
    remote_mta: str | None
    reason: str
    severity: Severity
    evidence: tuple[Evidence, ...] = ()


class Classification(NamedTuple):
    """What a mail is, for whom, and why it is thought so."""

    kind: Kind
    headers: Headers
    recipients: tuple[RecipientVerdict, ...] = ()
    evidence: tuple[Evidence, ...] = ()  #: for the kind
    original: Original | None = None
    attachments: int = 0
    findings: tuple[str, ...] = ()
    new_address: str | None = None  #: an auto-reply that names where the person is now
    returns_on: str | None = None  #: an auto-reply that names the day of return, ISO 8601
