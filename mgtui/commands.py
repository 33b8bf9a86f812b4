"""What an operator or a script can tell the program to do: imperative, pure data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mgtui.contacts import BrokenLine, IncomingContact


@dataclass(frozen=True, slots=True)
class AssignMail:
    """Say which contact an item of a queue belongs to; `remember` adds the address to the contact."""

    item: int
    contact_id: str
    remember: bool = False


@dataclass(frozen=True, slots=True)
class DismissReview:
    """Say that an item of a queue needs nothing more."""

    item: int
    reason: str


@dataclass(frozen=True, slots=True)
class ImportContacts:
    """Take contacts over from the administration.

    With `whole`, contacts of the source that aren't among these have vanished; that most of them have is
    refused, unless `most_vanish` allows it.
    """

    contacts: Iterable[IncomingContact | BrokenLine]
    source: str
    dry_run: bool = False
    whole: bool = False
    most_vanish: bool = False


@dataclass(frozen=True, slots=True)
class LiftSuppression:
    """Let an address be written to again."""

    address: str
    why: str


@dataclass(frozen=True, slots=True)
class SaveAttachments:
    """Write attachments of a mail into a folder: those with these part numbers, or all."""

    mail_id: str
    folder: Path
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SuppressAddress:
    """Send nothing more to an address, in these categories (none named: all), until a day or for good.

    With `item`, that item of a queue is closed by it. What the configuration always sends goes all the same.
    """

    address: str
    why: str
    categories: tuple[str, ...] = ()
    until: date | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class EraseContact:
    """Take all personal data of a contact out of the log, the read models and the raw mails."""

    contact_id: str
    why: str
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class NoteSending:
    """Say that a mail goes out now: the one mail that an address on trial gets."""

    address: str
    category: str


@dataclass(frozen=True, slots=True)
class ReleaseHeld:
    """Let all decisions through that wait behind the brake of an item."""

    item: int


@dataclass(frozen=True, slots=True)
class PauseGrabber:
    """Have a grabber leave its mailbox alone, in whatever process it runs, until it is resumed."""

    grabber: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class ResumeGrabber:
    """Let a paused grabber go on."""

    grabber: str


@dataclass(frozen=True, slots=True)
class FetchNow:
    """Have a grabber that runs look into its mailbox at once."""

    grabber: str


@dataclass(frozen=True, slots=True)
class UndoEvent:
    """Take an event back, with everything that followed from it."""

    event: int
    why: str = ""


Command = (
    AssignMail
    | DismissReview
    | EraseContact
    | FetchNow
    | ImportContacts
    | LiftSuppression
    | NoteSending
    | PauseGrabber
    | ReleaseHeld
    | ResumeGrabber
    | SaveAttachments
    | SuppressAddress
    | UndoEvent
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended: `text` is one line for a person."""

    done: bool
    text: str
    positions: tuple[int, int] | None = None  #: first and last event that it appended
    try_again: bool = False  #: it was refused, and trying again later can help
