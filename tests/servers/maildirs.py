"""A user's Maildir as Dovecot keeps it, read and written from outside."""

import itertools
import os
import pwd
import time
from pathlib import Path

from imap_tools.imap_utf7 import utf7_decode, utf7_encode

_numbers = itertools.count(1)


def folder_path(maildir: Path, folder: str, separator: str = "/") -> Path:
    """Say where a folder of a Maildir++ stands; INBOX is the Maildir itself."""
    if folder.upper() == "INBOX":
        return maildir
    return maildir / ("." + utf7_encode(folder).decode().replace(separator, "."))


def folders(maildir: Path, separator: str = "/") -> list[str]:
    """List the folders that exist, INBOX first."""
    found = [each.name[1:] for each in maildir.glob(".*") if (each / "cur").is_dir()]
    return ["INBOX", *sorted(utf7_decode(name.encode()).replace(".", separator) for name in found)]


def mails(folder: Path) -> list[bytes]:
    """Give the bytes of all mails of a folder, oldest first."""
    paths = [
        path for part in ("cur", "new") if (folder / part).is_dir() for path in (folder / part).iterdir()
    ]
    return [read for path in sorted(paths, key=lambda path: path.name) if (read := _read(path)) is not None]


def _read(path: Path) -> bytes | None:
    """Read a mail, unless the server is just moving it."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def deliver(folder: Path, raw: bytes, owner: str, *, flags: str = "") -> Path:
    """Put a mail into a folder the way an MTA does: written to `tmp`, then renamed."""
    make(folder, owner)
    now = time.time_ns()
    name = f"{now // 10**9}.M{now // 1000 % 10**6:06}P{os.getpid()}Q{next(_numbers)}.test"
    written = folder / "tmp" / name
    written.write_bytes(raw)
    give(written, owner)
    arrived = folder / "cur" / f"{name}:2,{flags}" if flags else folder / "new" / name
    return written.rename(arrived)


def make(folder: Path, owner: str) -> None:
    """Create a Maildir folder, and the Maildir around it, where they are missing."""
    for part in ("tmp", "new", "cur"):
        missing = [each for each in (folder / part, folder, *folder.parents) if not each.exists()]
        for each in reversed(missing):
            each.mkdir()
            give(each, owner)


def give(path: Path, owner: str) -> None:
    """Hand a path to the account that Dovecot reads mail as; only root can and must."""
    if os.geteuid() == 0:
        account = pwd.getpwnam(owner)
        os.chown(path, account.pw_uid, account.pw_gid)
