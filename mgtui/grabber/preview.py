"""What a grabber would do with each mail, found out without touching anything: no folder, flag, byte or event."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from eventstore import Event
from eventstore.events import MailClassified, MailQuarantined, ProcessingFailed, ReviewRequested
from mgtui.deciding import Pending
from mgtui.grabber.grabber import Grabber
from mgtui.grabber.places import PORTION_BYTES, Row, origin_of, portions, size_of
from mgtui.mailbox import FetchedMail, FolderState
from mgtui.reading import mail_id_of


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would happen to a mail; `target` is "" for one that would stay."""

    uid: str
    size: int
    mail_id: str
    target: str
    events: tuple[Event, ...]  #: that would be appended, the classification first
    note: str = ""


def foresee(grabber: Grabber) -> Iterator[Foreseen]:
    """Go through the inbox as it is now, oldest first. Raises `MailboxError`.

    Each portion is decided as if those before it had changed nothing.
    """
    mailbox = grabber.mailbox
    mailbox.connect()
    place = mailbox.select(grabber.folders.inbox, look_only=True)
    uids = mailbox.uids()
    known = grabber.known(place, uids)
    for uid in uids:
        if uid in known:
            yield from _known(grabber, known[uid])
    new = grabber.young([uid for uid in uids if uid not in known])[: grabber.limit]
    for portion in portions(mailbox.fetch(new), grabber.batch, PORTION_BYTES, size_of):
        yield from _new(grabber, place, portion)


def _known(grabber: Grabber, row: Row) -> Iterator[Foreseen]:
    target = grabber.folders.target(row["outcome"])
    match row["state"]:
        case "fetched":
            raw = grabber.blobs.get(row["content_digest"])
            read = grabber.deciding.read(row["mail_id"], raw, grabber.archive)
            pending = Pending(row["mail_id"], read, 1, None, row["attempts"])
            for found in _decided(grabber, [pending], [(row["uid"], row["size"])]):
                yield replace(found, note="fetched before, and not yet decided")
        case "decided":
            yield Foreseen(row["uid"], row["size"], row["mail_id"], target, (), "decided before")
        case _:
            note = "moved before, and back: goes there again"
            yield Foreseen(row["uid"], row["size"], row["mail_id"], target, (), note)


def _new(grabber: Grabber, place: FolderState, portion: Sequence[FetchedMail]) -> Iterator[Foreseen]:
    digests = [hashlib.sha256(mail.raw).hexdigest() for mail in portion]
    twins = {
        row["content_digest"]: row["mail_id"] for row in grabber.places.twins(grabber.mailbox_id, digests)
    }
    pending = []
    origin = origin_of(grabber.mailbox_id, place)
    for mail, digest in zip(portion, digests, strict=True):
        mail_id = mail_id_of(origin, mail.uid, digest)
        pending.append(Pending(mail_id, grabber.deciding.read(mail_id, mail.raw, grabber.archive), 1))
    found = _decided(grabber, pending, [(mail.uid, len(mail.raw)) for mail in portion])
    for digest, one in zip(digests, found, strict=True):
        known = twins.get(digest)
        yield replace(one, note=f"the same bytes as {known}: moved back or delivered twice" if known else "")


def _decided(
    grabber: Grabber, pending: Sequence[Pending], mails: Sequence[tuple[str, int]]
) -> Iterator[Foreseen]:
    """Decide mails, of which uid and size are given."""
    planned = grabber.deciding.foresee(pending, grabber.today(), grabber.actor)
    groups: list[list[Event]] = []
    for event in planned:
        if isinstance(event, MailClassified | ProcessingFailed):  # the first event of each mail
            groups.append([])
        groups[-1].append(event)
    for mail, (uid, size), events in zip(pending, mails, groups, strict=True):
        yield Foreseen(uid, size, mail.mail_id, _target(grabber, events), tuple(events))


def _target(grabber: Grabber, events: Sequence[Event]) -> str:
    if any(isinstance(event, ReviewRequested | MailQuarantined) for event in events):
        return grabber.folders.manual
    return "" if isinstance(events[0], ProcessingFailed) else grabber.folders.done
