"""Events of a grabber, in streams `grabber-<name>`."""

from eventstore.event import Event


class GrabberStarted(Event):
    """A grabber began a run on its mailbox."""

    grabber: str
    mailbox: str
    folder: str
    program_version: str


class FetchFailed(Event):
    """A mailbox couldn't be read; the grabber goes on later if `transient`."""

    grabber: str
    error: str
    transient: bool


class FetchResumed(Event):
    """A mailbox that couldn't be read can be read again."""

    grabber: str


class FolderReplaced(Event):
    """The folder has another UIDVALIDITY than its mails had: the server numbered it anew, or it is another one.

    Mails that were not yet moved are recognised by their content.
    """

    grabber: str
    folder: str
    uid_validity_before: str
    uid_validity: str


class BalanceFailed(Event):
    """The mails of a grabber don't add up: fetched should be standing + moved + vanished."""

    grabber: str
    fetched: int
    standing: int
    moved: int
    vanished: int
    why: str


class MovesIntended(Event):
    """Mails are about to move: where to, and where to look for them in the target after a crash."""

    grabber: str
    folder: str
    uid_validity: str
    uid_next: str
    mail_ids: tuple[str, ...]


class GrabberPaused(Event):
    """Somebody told a grabber to leave its mailbox alone until it is told to go on, over restarts too."""

    grabber: str
    why: str


class GrabberResumed(Event):
    """Somebody told a paused grabber to go on."""

    grabber: str


class FetchAsked(Event):
    """Somebody told a grabber to look into its mailbox now."""

    grabber: str


class AlertReceived(Event):
    """The server wants people to read this (`[ALERT]`, RFC 9051 7.1)."""

    grabber: str
    text: str


class BalanceRestored(Event):
    """The mails of a grabber that didn't add up do again."""

    grabber: str
