"""One grabber at a time on a mailbox folder."""

import contextlib
import fcntl
import hashlib
import os
import struct
import sys
from pathlib import Path

#: `struct flock` of Linux on 64 bits: type, whence, start, length, process
_LOCK = struct.Struct("@hhqqi0q")
_CAN_ASK = sys.platform == "linux" and sys.maxsize > 2**32 and hasattr(fcntl, "F_OFD_GETLK")


class LeaseTaken(Exception):
    """Another process works on this folder; its text says which."""


def lease_file(folder: Path, place: str) -> Path:
    """Name the file that is locked for a place."""
    return folder / f"{hashlib.sha256(place.encode()).hexdigest()[:16]}.lock"


class Lease:
    """A lock that the kernel ends with its holder, however that ends, but not while it is merely stopped."""

    def __init__(self, folder: Path, place: str) -> None:
        self._path = lease_file(folder, place)
        self._place = place
        self._file: int | None = None

    @property
    def activity_file(self) -> Path:
        """Name the file beside the lock in which the holder says what it does."""
        return self._path.with_suffix(".json")

    @property
    def is_held(self) -> bool:
        """Tell whether it was taken and not given back."""
        return self._file is not None

    def take(self) -> None:
        """Take the lease. Raises `LeaseTaken`."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(file, 32, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(file)
            raise LeaseTaken(f"process {holder} already works on {self._place}; end it or wait") from None
        os.ftruncate(file, 0)
        os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
        _show(file)
        self._file = file

    def release(self) -> None:
        """Give the lease back; safe to call twice."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def holder(folder: Path, place: str) -> int | None:
    """Give the process that works on a place now; None where there is none.

    It asks without taking the lock, so that a grabber that wants it at this moment isn't turned away.
    """
    try:
        with lease_file(folder, place).open("rb") as file:
            process = int(file.read(32))
            return process if _is_shown(file.fileno(), process) else None
    except (OSError, ValueError, OverflowError):
        return None


def _show(file: int) -> None:
    """Take a second lock, of the one kind that others can ask for without a try to take it."""
    if _CAN_ASK:
        with contextlib.suppress(OSError):
            fcntl.fcntl(file, fcntl.F_OFD_SETLK, _LOCK.pack(fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0))


def _is_shown(file: int, process: int) -> bool:
    """Tell whether the holder still has its lock; elsewhere than on Linux, whether such a process runs."""
    if _CAN_ASK:
        asked = _LOCK.pack(fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
        found = _LOCK.unpack(fcntl.fcntl(file, fcntl.F_OFD_GETLK, asked))
        return bool(found[0] != fcntl.F_UNLCK)
    with contextlib.suppress(PermissionError):
        os.kill(process, 0)
    return True
