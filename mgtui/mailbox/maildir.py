"""Maildir and its folders (Maildir++: `.Processed` beside `cur`) as a mailbox.

The unique name of a mail stays when it is moved, so it serves as uid everywhere. What `uid_next` says is
the moment of a folder's last change, written `@nanoseconds`: `uids` then gives what came in from that
moment on, whenever it was delivered first.
"""

import itertools
import os
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from imap_tools.imap_utf7 import utf7_encode

from mgtui.mailbox import maildir_files as files
from mgtui.mailbox.errors import MailboxError, MailboxRefused
from mgtui.mailbox.names import folder_parts, is_inbox
from mgtui.mailbox.protocol import FetchedMail, FolderState, Moved, Waiting

_UID_VALIDITY = "maildir"
_SETTLED = 100_000_000  # ns; file systems stamp times in ticks, and two changes may share one


class MaildirMailbox:
    """A `Mailbox` on local files; `path` is the folder that holds `new`, `cur` and `tmp`."""

    def __init__(self, path: Path, *, poll_seconds: float = 0.2) -> None:
        self._path = path
        self._poll_seconds = poll_seconds
        self._current = ""
        self._paths: dict[str, Path] = {}
        self._known: frozenset[str] = frozenset()
        self._bell = threading.Event()

    @property
    def waits_by(self) -> Waiting:
        """Say that the folder is looked at again and again."""
        return "poll"

    @property
    def alerts(self) -> tuple[str, ...]:
        """Say nothing: there is no server."""
        return ()

    def connect(self) -> None:
        """Check that the Maildir is there."""
        with files.plain_errors(str(self._path)):
            files.last_change(self._path)

    def select(self, folder: str, *, look_only: bool = False) -> FolderState:
        """Make a folder the current one. Raises `MailboxRefused` for one that is missing or read-only."""
        state = self.state(folder)
        if state.read_only and not look_only:
            raise MailboxRefused(
                f"the Maildir folder {folder!r} is read-only: mails can't be moved out of it"
            )
        self._current = folder
        self._known = frozenset(self._list())
        return state

    def ensure_folder(self, folder: str) -> None:
        """Create a folder where it is missing."""
        path = self._folder(folder)
        with files.plain_errors(folder):
            for part in ("tmp", "new", "cur"):
                (path / part).mkdir(parents=True, exist_ok=True)
            if path != self._path:
                (path / "maildirfolder").touch()
            files.sync_directory(path)
            files.sync_directory(path.parent)

    def state(self, folder: str) -> FolderState:
        """Tell where a folder stands without making it the current one."""
        path = self._folder(folder)
        with files.plain_errors(folder):
            moment = files.last_change(path)
        writable = all(
            os.access(path / part, os.W_OK | os.X_OK, effective_ids=True) for part in ("new", "cur")
        )
        return FolderState(folder, _UID_VALIDITY, f"@{moment}", read_only=not writable)

    def uids(self, since_uid: str | None = None) -> list[str]:
        """List the mails of the current folder by delivery time, then name."""
        with files.plain_errors(self._current):
            paths = self._list()
            self._known = frozenset(paths)
            if since_uid is not None:
                paths = self._since(paths, since_uid)
            return sorted(paths, key=lambda uid: files.order(uid, paths[uid]))

    def _since(self, paths: dict[str, Path], since_uid: str) -> dict[str, Path]:
        if not since_uid.startswith("@"):
            start = files.order(since_uid, paths.get(since_uid))
            return {uid: path for uid, path in paths.items() if files.order(uid, path) >= start}
        moment = int(since_uid[1:])
        # A folder whose last change lies before the moment noted: the clock was set back. Then all count.
        if files.last_change(self._folder(self._current)) < moment:
            return paths
        return {uid: path for uid, path in paths.items() if files.changed_since(path, moment)}

    def arrived_since(self, day: date) -> set[str]:
        """Name the mails that were delivered on a day (UTC) or later."""
        with files.plain_errors(self._current):
            start = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
            return {uid for uid, path in self._list().items() if files.order(uid, path)[0] >= start}

    def fetch(self, uids: Sequence[str]) -> Iterator[FetchedMail]:
        """Yield the mails that are still there, one at a time; changed flags don't lose one.

        A mail that can't be read holds up no other: its error is raised at the end.
        """
        failure: MailboxError | None = None
        for uid in uids:
            try:
                with files.plain_errors(self._current):
                    raw = self._read(uid)
            except MailboxError as error:
                failure = failure or type(error)(f"{error} (at the mail {uid})")
                continue
            if raw is not None:
                yield FetchedMail(uid, raw)
        if failure:
            raise failure

    def _read(self, uid: str) -> bytes | None:
        for path in self._places(uid):
            try:
                return files.read_file(path)
            except FileNotFoundError:
                continue
        return None

    def _places(self, uid: str) -> Iterator[Path]:
        """Give where a mail was when the folder was last listed, then where it is now, a few times."""
        if uid in self._paths:
            yield self._paths[uid]
        for _ in range(3):
            path = self._list().get(uid)
            if path is None:
                return
            yield path

    def move(self, uids: Sequence[str], folder: str) -> list[Moved]:
        """Move mails into `cur` of a folder by renaming; what has arrived survives a power cut."""
        source, target = self._folder(self._current), self._folder(folder)
        if source == target:
            raise MailboxRefused(f"a mail can't be moved from {folder!r} to itself")
        with files.plain_errors(folder):
            taken = set(files.listing(target))
            moved = [self._rename(uid, target / "cur", taken) for uid in dict.fromkeys(uids)]
            for directory in (target / "cur", source / "new", source / "cur"):
                files.sync_directory(directory)
        return [each for each in moved if each is not None]

    def _rename(self, uid: str, target: Path, taken: set[str]) -> Moved | None:
        """Move one mail; a name that the target has already is made unique, for renaming overwrites."""
        for path in self._places(uid):
            unique, colon, flags = path.name.partition(":")
            name = next(each for each in _variants(unique) if files.unique_name(each) not in taken)
            try:
                path.rename(target / f"{name}{colon or ':'}{flags or '2,'}")
            except FileNotFoundError:
                continue
            self._paths.pop(uid, None)
            taken.add(files.unique_name(name))
            return Moved(uid, files.unique_name(name))
        return None

    def remove_copied(self, uids: Sequence[str]) -> None:
        """Remove mails of the current folder whose copy is known to be in the target."""
        with files.plain_errors(self._current):
            for uid in uids:
                self._remove(uid)
            for part in ("new", "cur"):
                files.sync_directory(self._folder(self._current) / part)

    def _remove(self, uid: str) -> None:
        for path in self._places(uid):
            try:
                path.unlink()
            except FileNotFoundError:
                continue
            self._paths.pop(uid, None)
            return

    def wait(self, timeout: float) -> bool:
        """Wait for a mail that `select` or `uids` hasn't seen, by two time stamps looked at often."""
        end = time.monotonic() + timeout
        checked = -1
        with files.plain_errors(self._current):
            while True:
                moment = files.last_change(self._folder(self._current))
                if moment != checked:
                    if not self._known.issuperset(self._list()):
                        return True
                    checked = moment if moment < time.time_ns() - _SETTLED else -1
                left = end - time.monotonic()
                if left <= 0:
                    return False
                if self._bell.wait(min(self._poll_seconds, left)):
                    self._bell.clear()
                    return False

    def wake(self) -> None:
        """End the wait of another thread, or the next one; the only call that another thread may make."""
        self._bell.set()

    def close(self) -> None:
        """Forget the current folder."""
        self._current, self._paths, self._known = "", {}, frozenset()

    def _list(self) -> dict[str, Path]:
        self._paths = files.listing(self._folder(self._current))
        return self._paths

    def _folder(self, folder: str) -> Path:
        """Say where a folder stands. Its name becomes one path component that begins with a dot."""
        if not folder:
            raise MailboxRefused("no folder is selected")
        if is_inbox(folder):
            return self._path
        name = ".".join(folder_parts(folder))
        if name.startswith(".") or ".." in name or name.endswith("."):
            raise MailboxRefused(f"the folder name {folder!r} has an empty part")
        return self._path / ("." + utf7_encode(name).decode("ascii"))


def _variants(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{number}" for number in itertools.count(2))
