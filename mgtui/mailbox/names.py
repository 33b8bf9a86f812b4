"""Folder names as a configuration writes them: parts of a hierarchy between slashes."""

import unicodedata

from mgtui.mailbox.errors import MailboxRefused


def folder_parts(folder: str) -> tuple[str, ...]:
    """Split a folder's name at its slashes. Raises `MailboxRefused` for a name that no server should see.

    Control characters (CR, LF and NUL among them) would end the command and begin another.
    """
    parts = tuple(folder.split("/"))
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in folder):
        raise MailboxRefused(f"the folder name {folder!r} holds a control character")
    if any(part in ("", ".", "..") for part in parts):
        raise MailboxRefused(f"the folder name {folder!r} has an empty part")
    return parts


def is_inbox(folder: str) -> bool:
    """Tell whether a name means the INBOX, which is the one name without upper and lower case."""
    return folder.upper() == "INBOX"
