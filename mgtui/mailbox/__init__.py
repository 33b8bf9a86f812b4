"""Mailboxes behind one protocol: IMAP and Maildir.

The only room that imports imap_tools. A mail's bytes pass through untouched and unparsed.
"""

from mgtui.mailbox.errors import MailboxError, MailboxRefused, MailboxUnavailable
from mgtui.mailbox.protocol import FetchedMail, FolderState, Mailbox, Moved

__all__ = [
    "FetchedMail",
    "FolderState",
    "Mailbox",
    "MailboxError",
    "MailboxRefused",
    "MailboxUnavailable",
    "Moved",
]
