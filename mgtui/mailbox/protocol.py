"""What a mailbox must do for a grabber, whatever it is made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

Waiting = Literal["idle", "poll"]  #: being told of new mail, or asking for it again and again


@dataclass(frozen=True, slots=True)
class FolderState:
    """Where a folder stands. Texts, because Maildir names mails by text; IMAP's numbers are decimal."""

    folder: str
    uid_validity: str
    uid_next: str
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """A mail's bytes exactly as the mailbox has them."""

    uid: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Moved:
    """A mail that is proved to be in the target, and its uid there."""

    uid: str
    target_uid: str


class Mailbox(Protocol):
    """One mailbox, one connection. Raises only `MailboxError` and its children."""

    @property
    def waits_by(self) -> Waiting:
        """Tell how `wait` learns of new mail, as the mailbox is connected now."""
        ...

    @property
    def alerts(self) -> tuple[str, ...]:
        """Give the last messages that the server wants people to see; a few, the same ones again and again."""
        ...

    def connect(self) -> None:
        """Connect and log in; does nothing when connected."""
        ...

    def select(self, folder: str, *, look_only: bool = False) -> FolderState:
        """Make a folder the current one. Raises `MailboxRefused` for one that is missing or read-only.

        With `look_only` it stays wholly as it is, and may be read-only.
        """
        ...

    def ensure_folder(self, folder: str) -> None:
        """Create (and subscribe) a folder where it is missing; prefix and delimiter are found out."""
        ...

    def state(self, folder: str) -> FolderState:
        """Tell where a folder stands without selecting it."""
        ...

    def uids(self, since_uid: str | None = None) -> list[str]:
        """List the mails of the current folder, oldest first; only those from `since_uid` on if given."""
        ...

    def arrived_since(self, day: date) -> set[str]:
        """Name the mails of the current folder that arrived on a day or later, as the mailbox counts days."""
        ...

    def fetch(self, uids: Sequence[str]) -> Iterator[FetchedMail]:
        """Yield the mails that are still there, in any order, flags untouched; bounded memory."""
        ...

    def move(self, uids: Sequence[str], folder: str) -> list[Moved]:
        """Move mails out of the current folder; only those proved to have arrived are in the result."""
        ...

    def remove_copied(self, uids: Sequence[str]) -> None:
        """Remove mails of the current folder whose copy is known to be in the target."""
        ...

    def wait(self, timeout: float) -> bool:
        """Wait for new mail in the current folder, `timeout` seconds at most; False if surely none came."""
        ...

    def wake(self) -> None:
        """End the wait of another thread, or the next one; the only call that another thread may make."""
        ...

    def close(self) -> None:
        """Log out and disconnect; safe to call twice."""
        ...
