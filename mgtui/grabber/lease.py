"""One grabber at a time on a mailbox folder."""

import fcntl
import hashlib
import os
from pathlib import Path


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
        self._file = file

    def release(self) -> None:
        """Give the lease back; safe to call twice."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def holder(folder: Path, place: str) -> int | None:
    """Give the process that took the lease of a place last and still runs; None where there is none.

    It asks without the lock, so that a grabber that wants it at this moment isn't turned away.
    """
    try:
        process = int(lease_file(folder, place).read_text("ascii"))
        os.kill(process, 0)
    except PermissionError:
        return process
    except (OSError, ValueError, OverflowError):
        return None
    return process
