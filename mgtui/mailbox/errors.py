"""Errors of mailboxes.

MailboxError
├── MailboxUnavailable   trying again can help: unreachable, cut, throttled, over quota
└── MailboxRefused       a person has to act: wrong password, missing folder, no right, bad certificate
"""


class MailboxError(Exception):
    """Its text is one line in plain words that says what to do; never a secret."""


class MailboxUnavailable(MailboxError):
    """The mailbox can't be used now; trying again can help.

    `patience` is how many seconds the server wants to be left alone at least, 0 where it doesn't say.
    """

    def __init__(self, text: str, patience: float = 0.0) -> None:
        super().__init__(text)
        self.patience = patience


class MailboxRefused(MailboxError):
    """The mailbox won't be used until somebody changes something."""
