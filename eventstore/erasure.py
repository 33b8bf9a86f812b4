"""Taking personal data out of an append-only log: what stays in its place, and the event that says so."""

from eventstore.event import Event


class DataErased(Event):
    """Personal data was taken out of the log: the events at these positions are tombstones from now on.

    `subject` is the stream of the contact or mail it was about; `mails` are those whose raw bytes went too.
    """

    subject: str
    positions: tuple[int, ...]
    mails: tuple[str, ...]
    why: str


TOMBSTONE = '{"erased":'  #: how the data of an erased event begins; the position of its `DataErased` follows


def tombstone(position: int) -> str:
    """Give the data of an event that the `DataErased` at `position` erased."""
    return f"{TOMBSTONE}{position}}}"
