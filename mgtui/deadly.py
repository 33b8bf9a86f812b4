"""Mails that end the whole program while it reads them are found out, and no longer read.

An exception is caught where mails are decided; this is for what can't be caught: out of memory, a crash in a
library. Which mail a thread reads is written down before; who finds such a note of a process that is gone counts it.
"""

import contextlib
import fcntl
import json
import os
import tempfile
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

Read = TypeVar("Read")

MOST = 3  #: after so many ends at one mail it isn't read any more
TOLD_BY = 8192  #: bytes at each end by which a mail is told, with its length
_LENGTH = 64  #: bytes of a note


class DeadlyMail(Exception):
    """This mail ended the program each time that it was read."""


@dataclass(slots=True)
class Watched(Generic[Read]):
    """Reads mails, and refuses those at which the program ended `MOST` times."""

    folder: Path  #: of the notes, and of the counts of what was found
    read: Callable[[bytes], Read]
    #: what takes its time before the first mail; a program that is ended meanwhile didn't end at that mail
    get_ready: Callable[[], None] = field(default=lambda: None)
    _ready: bool = field(default=False, init=False)
    _free: list[int] = field(default_factory=list, init=False)  #: note files, locked as long as this lives
    _counts: dict[str, int] = field(default_factory=dict, init=False)
    _seen: int = field(default=-1, init=False)  #: when the folder had changed last, as it was counted
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def __call__(self, raw: bytes) -> Read:
        """Read a mail. Raises `DeadlyMail`, and what the reader raises."""
        name = (
            f"{len(raw)}-{zlib.crc32(raw if len(raw) <= 2 * TOLD_BY else raw[:TOLD_BY] + raw[-TOLD_BY:]):08x}"
        )
        with self._lock:
            if not self._ready:
                self.get_ready()
                self._ready = True
            ends = self._found().get(name, 0)
            if ends >= MOST:
                raise DeadlyMail(f"the program ended {ends} times while it read this mail")
            note = self._free.pop() if self._free else _new_note(self.folder)
        _write(note, name)
        try:
            read = self.read(raw)
        finally:
            _write(note, "")
            self._free.append(note)
        if ends:
            self._forget(name)
        return read

    def _found(self) -> dict[str, int]:
        """Count the notes of processes that are gone, whenever something in the folder has changed."""
        if self._seen != _changed_at(self.folder):
            with contextlib.suppress(OSError):
                self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._counts = _read_counts(self._file)
            left = [name for path in self.folder.glob("*.note") if (name := _left_by_a_dead_one(path))]
            for name in left:
                self._counts[name] = self._counts.get(name, 0) + 1
            if left:
                self._keep_counts()
            self._seen = _changed_at(self.folder)
        return self._counts

    def close(self) -> None:
        """Take the notes away; nothing may be read at this time."""
        with self._lock:
            while self._free:
                with contextlib.suppress(OSError):
                    os.close(self._free.pop())
            for path in self.folder.glob("*.note"):
                _left_by_a_dead_one(path)

    def _forget(self, name: str) -> None:
        with self._lock:
            self._found().pop(name, None)
            self._keep_counts()

    @property
    def _file(self) -> Path:
        return self.folder / "ends.json"

    def _keep_counts(self) -> None:
        beside = self._file.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            beside.write_text(json.dumps(self._counts), "ascii")
            beside.replace(self._file)


def _changed_at(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _read_counts(file: Path) -> dict[str, int]:
    try:
        found = json.loads(file.read_text("ascii"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: count for name, count in found.items() if isinstance(count, int)}


def _new_note(folder: Path) -> int:
    """Make a note file that is locked as long as this process lives; -1 where none can be made."""
    with contextlib.suppress(OSError):
        file, _ = tempfile.mkstemp(".note", dir=folder)
        with contextlib.suppress(BlockingIOError):  # somebody looks at it, and finds it empty
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return file
    return -1


def _write(note: int, name: str) -> None:
    """Write into a note; on a full disk a mail is read all the same."""
    with contextlib.suppress(OSError):
        os.pwrite(note, name.encode().ljust(_LENGTH), 0)


def _left_by_a_dead_one(path: Path) -> str:
    """Take a note of a process that is gone; "" where it lives, or wasn't reading when it ended."""
    with contextlib.suppress(OSError, UnicodeDecodeError), path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink()
        return file.read(_LENGTH).decode("ascii").strip()
    return ""
