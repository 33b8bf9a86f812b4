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


class MovesIntended(Event):
    """Mails are about to move: where to, and where to look for them in the target after a crash."""

    grabber: str
    folder: str
    uid_validity: str
    uid_next: str
    mail_ids: tuple[str, ...]
