"""The files of one Maildir folder: `new` and `cur` hold a mail each, named `unique:2,FLAGS`."""

import contextlib
import errno
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from mgtui.mailbox.errors import MailboxRefused, MailboxUnavailable

_DELIVERED = re.compile(r"([0-9]{1,20})\.(?:[^.]*?M([0-9]{1,9}))?", re.ASCII)
_FULL = (errno.ENOSPC, errno.EDQUOT)
_REFUSED = (
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.ENOTDIR,
    errno.ENAMETOOLONG,
    errno.ELOOP,
    errno.EXDEV,
)


def listing(folder: Path) -> dict[str, Path]:
    """List the mails of a folder by unique name. Links and other things that are no file are left out.

    `new` comes first: a mail that another program takes up meanwhile is then met twice, never missed.
    """
    found: dict[str, Path] = {}
    for part in ("new", "cur"):
        with os.scandir(folder / part) as entries:
            for entry in entries:
                uid = unique_name(entry.name)
                if uid and not uid.startswith(".") and entry.is_file(follow_symlinks=False):
                    found[uid] = folder / part / entry.name
    return found


def unique_name(file_name: str) -> str:
    """Give the part of a file name that stays when flags change; bytes that are no UTF-8 are written out."""
    name = file_name.partition(":")[0]
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def order(uid: str, path: Path | None) -> tuple[int, int, str]:
    """Give what mails are sorted by: when they were delivered (second, microsecond), then the name.

    The time stands in the unique name; a name without one is sorted by when its file was written.
    """
    match = _DELIVERED.match(uid)
    if match:
        return int(match[1]), int(match[2] or 0), uid
    try:
        written = path.stat(follow_symlinks=False).st_mtime_ns if path else 0
    except FileNotFoundError:
        written = 0
    return written // 10**9, written // 1000 % 10**6, uid


def last_change(folder: Path) -> int:
    """Give the time of the last arrival or departure, in nanoseconds; it costs two calls."""
    return max((folder / part).stat().st_mtime_ns for part in ("new", "cur"))


def changed_since(path: Path, moment: int) -> bool:
    """Tell whether a file was delivered, moved here or renamed at a moment or later."""
    try:
        return path.stat(follow_symlinks=False).st_ctime_ns >= moment
    except FileNotFoundError:
        return False


def read_file(path: Path) -> bytes:
    """Read a mail. Raises `FileNotFoundError` where it is gone or isn't a file any more."""
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    try:
        handle = os.open(path, flags)
    except OSError as error:
        if error.errno == errno.ELOOP:  # a link by now
            raise FileNotFoundError(path) from None
        raise
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise FileNotFoundError(path)
        return file.read()


def sync_directory(path: Path) -> None:
    """Make arrivals and departures in a directory survive a power cut."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def plain_errors(folder: str) -> Iterator[None]:
    """Turn errors of the operating system into the two kinds that a mailbox knows."""
    try:
        yield
    except FileNotFoundError:
        raise MailboxRefused(f"the Maildir folder {folder!r} does not exist") from None
    except OSError as error:
        what = f"the Maildir folder {folder!r} can't be used: {error.strerror}"
        if error.errno in _FULL:
            raise MailboxUnavailable(f"{what}; free some space") from error
        if error.errno in _REFUSED:
            raise MailboxRefused(what) from error
        raise MailboxUnavailable(what) from error
