"""Reading a mail on its way into the log: what it was found to be, or why it can't be read."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eventstore import checked
from eventstore.events import MailClassified
from mgtui.classified import Marks, classified

if TYPE_CHECKING:
    from mgtui.bounce import Classification


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A mail that the readers broke at."""

    why: str  #: the kind of the error and its text


Read = MailClassified | Unreadable
Understand = Callable[[bytes], "Classification"]


@dataclass(frozen=True, slots=True)
class Taken:
    """A mail whose bytes are in the raw store, and what was read in them."""

    uid: str
    size: int
    digest: str
    mail_id: str
    read: Read


def mail_id_of(origin: str, uid: str, digest: str) -> str:
    """Name a mail after its content and its place: the same bytes delivered twice are two mails."""
    return hashlib.sha256("\0".join((digest, origin, uid)).encode()).hexdigest()[:20]


def read_mail(understand: Understand, marks: Marks, mail_id: str, raw: bytes, archived: bool) -> Read:
    """Classify a mail; pure, so it may be done before anything is committed.

    `archived` says that it stood in a mailbox where only the office puts mails.
    """
    try:
        return checked(classified(mail_id, understand(raw), marks, archived))
    except Exception as error:  # noqa: BLE001 - whatever a reader does, the mail must not be lost
        return Unreadable(in_words(error))


def in_words(error: Exception) -> str:
    """Name an error that nobody expected."""
    return f"{type(error).__name__}: {error}"


def get_ready() -> None:
    """Import the readers, and have them load what they load with their first report."""
    understand(b"From: MAILER-DAEMON@example.org\r\n\r\n<a@example.org>: 550 5.1.1 user unknown\r\n")


def understand(raw: bytes, site: str = "") -> "Classification":
    """Read a mail, with an operator's own table of reasons (TOML) where there is one; imports what reads it."""
    from mgtui.bounce import understand as read

    return read(raw, site)
