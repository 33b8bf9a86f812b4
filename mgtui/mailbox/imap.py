"""A mailbox on an IMAP server."""

import contextlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import date

from mgtui.mailbox import fetching, folders, waiting
from mgtui.mailbox.connection import Connection, open_connection
from mgtui.mailbox.errors import MailboxError, MailboxUnavailable
from mgtui.mailbox.moving import Mover
from mgtui.mailbox.naming import Naming, find_naming, with_special_uses
from mgtui.mailbox.protocol import FetchedMail, FolderState, Moved, Waiting
from mgtui.mailbox.settings import ImapSettings
from mgtui.mailbox.uid_set import numbers


class ImapMailbox:
    """A `Mailbox` over one connection.

    Folder names are written with slashes; the server's prefix and delimiter are found out. After a
    `MailboxUnavailable` that broke the connection, `connect` opens a new one and a folder is selected anew.
    """

    def __init__(self, settings: ImapSettings) -> None:
        self._settings = settings
        self._connection: Connection | None = None
        self._ahead: Future[None] | None = None
        self._naming = Naming()
        self._selected: FolderState | None = None
        self._first_unknown = 1
        self._suspects = fetching.Suspects()
        self._suspects_place = ("", "")

    @property
    def capabilities(self) -> frozenset[str]:
        """Give what the server can do, in capitals; empty when not connected."""
        return self._connection.capabilities if self._connection else frozenset()

    @property
    def alerts(self) -> tuple[str, ...]:
        """Give the last messages that the server wants people to see (`[ALERT]`)."""
        return tuple(self._connection.wire.alerts) if self._connection else ()

    @property
    def waits_by(self) -> Waiting:
        """Tell whether the server tells of new mail (IDLE) or is asked."""
        return "idle" if self._connection and self._connection.can("IDLE") else "poll"

    def connect_ahead(self, folder: str) -> None:
        """Connect in a thread of its own, and have the server get a folder ready; `connect` waits for that.

        Only for a mailbox that nobody has used yet.
        """
        thread = ThreadPoolExecutor(1, thread_name_prefix="connecting")
        self._ahead = thread.submit(self._connect_and_look, folder)
        thread.shutdown(wait=False)

    def _connect_and_look(self, folder: str) -> None:
        self._connect()
        with contextlib.suppress(MailboxError):  # whoever selects the folder meets it again
            self.select(folder)

    def connect(self) -> None:
        """Connect and log in; does nothing when connected."""
        ahead, self._ahead = self._ahead, None
        if ahead:
            ahead.result()
        if self._connection and not self._connection.wire.broken:
            return
        self.close()
        self._connect()

    def _connect(self) -> None:
        connection = open_connection(self._settings)
        try:
            self._naming = find_naming(connection)
        except MailboxError:
            connection.close()
            raise
        self._connection = connection

    def select(self, folder: str, *, look_only: bool = False) -> FolderState:
        """Make a folder the current one. Raises `MailboxRefused` for one that is missing or read-only."""
        connection = self._connected()
        self._selected = None
        self._selected = folders.select(connection, self._naming_for(folder), folder, look_only=look_only)
        self._first_unknown = int(self._selected.uid_next)
        self._forget_suspects_of_other_places(self._selected)
        return self._selected

    def _forget_suspects_of_other_places(self, selected: FolderState) -> None:
        place = (selected.folder, selected.uid_validity)
        if place != self._suspects_place:
            self._suspects, self._suspects_place = fetching.Suspects(), place

    def ensure_folder(self, folder: str) -> None:
        """Create and subscribe a folder where it is missing."""
        folders.ensure(self._connected(), self._naming_for(folder), folder)

    def state(self, folder: str) -> FolderState:
        """Tell where a folder stands without selecting it."""
        return folders.state(self._connected(), self._naming_for(folder), folder)

    def uids(self, since_uid: str | None = None) -> list[str]:
        """List the mails of the current folder by UID, which is the order they came in."""
        connection, _ = self._open_folder()
        first = numbers([since_uid])[0] if since_uid is not None else 1
        found = folders.search(connection, self._criteria(since_uid, first))
        if found:
            self._first_unknown = max(self._first_unknown, int(found[-1]) + 1)
        return [uid for uid in found if int(uid) >= first]

    def _criteria(self, since_uid: str | None, first: int) -> str:
        """With \\Deleted marks as the only way to remove, a marked mail is one that was moved."""
        which = "ALL" if since_uid is None else f"UID {first}:*"
        if self._connected().can("MOVE") or self._connected().can("UIDPLUS"):
            return which
        return f"{which} UNDELETED" if self._settings.allow_deleted_marks else which

    def arrived_since(self, day: date) -> set[str]:
        """Name the mails that arrived on a day or later, by the server's clock (INTERNALDATE)."""
        connection, _ = self._open_folder()
        return set(folders.search(connection, f"SINCE {folders.day_text(day)}"))

    def fetch(self, uids: Sequence[str]) -> Iterator[FetchedMail]:
        """Yield the mails that are still there, flags untouched, two batches in memory at most."""
        connection, selected = self._open_folder()
        bounds = fetching.Bounds(self._settings.batch_mails, self._settings.batch_bytes)
        for mail in fetching.fetch(connection.wire, numbers(uids), bounds, self._suspects):
            yield mail
            del mail  # a large one is let go before the next is read
            if self._selected is not selected:
                raise MailboxUnavailable("another folder was opened before all mails were fetched")

    def move(self, uids: Sequence[str], folder: str) -> list[Moved]:
        """Move mails out of the current folder; only those proved to have arrived are in the result."""
        self._naming_for(folder)
        return self._mover().move(numbers(uids), folder)

    def remove_copied(self, uids: Sequence[str]) -> None:
        """Remove mails of the current folder whose copy is known to be in the target."""
        self._mover().remove(numbers(uids))

    def wait(self, timeout: float) -> bool:
        """Wait for a mail that came after the last `select` or `uids`; `timeout` is in seconds."""
        connection, _ = self._open_folder()
        return waiting.wait(connection, self._settings, self._first_unknown, timeout)

    def wake(self) -> None:
        """End the wait of another thread, or the next one; the only call that another thread may make."""
        connection = self._connection
        if connection:
            connection.wakeup.ring()

    def close(self) -> None:
        """Log out and disconnect; safe to call twice."""
        ahead, self._ahead = self._ahead, None
        if ahead:
            wait([ahead])
        connection, self._connection, self._selected = self._connection, None, None
        if connection:
            connection.close()

    def _naming_for(self, folder: str) -> Naming:
        """Give the naming, with special folders looked up where one is asked for that isn't known."""
        if folder.startswith("\\") and folder.upper() not in self._naming.special:
            self._naming = with_special_uses(self._connected(), self._naming)
        return self._naming

    def _mover(self) -> Mover:
        connection, selected = self._open_folder()
        return Mover(connection, self._naming, selected, self._settings.allow_deleted_marks)

    def _connected(self) -> Connection:
        if self._connection is None or self._connection.wire.broken:
            self.close()
            raise MailboxUnavailable(f"{self._settings.place}: not connected")
        return self._connection

    def _open_folder(self) -> tuple[Connection, FolderState]:
        connection = self._connected()
        if self._selected is None:
            raise MailboxUnavailable(f"{self._settings.place}: no folder is selected")
        return connection, self._selected
