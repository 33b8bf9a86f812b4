"""Mailboxes behind one protocol: IMAP and Maildir.

The only room that imports imap_tools. A mail's bytes pass through untouched and unparsed.
"""

from mgtui.mailbox.errors import MailboxError, MailboxRefused, MailboxUnavailable
from mgtui.mailbox.google import GoogleToken
from mgtui.mailbox.imap import ImapMailbox
from mgtui.mailbox.maildir import MaildirMailbox
from mgtui.mailbox.microsoft import MicrosoftToken
from mgtui.mailbox.protocol import FetchedMail, FolderState, Mailbox, Moved, Waiting
from mgtui.mailbox.secret import PasswordFrom, SecretSource
from mgtui.mailbox.settings import ImapSettings
from mgtui.mailbox.token_file import TokenFile

__all__ = [
    "FetchedMail",
    "FolderState",
    "GoogleToken",
    "ImapMailbox",
    "ImapSettings",
    "Mailbox",
    "MailboxError",
    "MailboxRefused",
    "MailboxUnavailable",
    "MaildirMailbox",
    "MicrosoftToken",
    "Moved",
    "PasswordFrom",
    "SecretSource",
    "TokenFile",
    "Waiting",
]
