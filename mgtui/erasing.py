"""Taking a person's data out of everything: the log, the read models, the raw mails."""

from dataclasses import dataclass

from eventstore import Appended, BlobStore, DataErased, SqliteStore
from mgtui.commands import EraseContact, Outcome
from mgtui.language import _, counted
from mgtui.questions import Questions


@dataclass(frozen=True, slots=True)
class Extent:
    """What an erasure takes away."""

    streams: tuple[str, ...]
    positions: tuple[int, ...]  #: events whose data becomes a tombstone
    mails: tuple[str, ...]  #: digests of raw mails that nobody else's mail shares


def extent_of(store: SqliteStore, ask: Questions, contact_id: str) -> Extent:
    """Find every event and raw mail with data of a contact: its own stream, and the mails about it."""
    mails = ask.mails_of(contact_id)
    ids = {row["mail_id"] for row in mails}
    streams = (f"contact-{contact_id}", *(f"mail-{mail_id}" for mail_id in sorted(ids)))
    streams = (*streams, *_notices(store, streams), *_of_addresses(store, ask, contact_id))
    digests = {row["content_digest"] for row in mails if ask.with_digest(row["content_digest"]) <= ids}
    return Extent(streams, tuple(store.personal_positions(streams)), tuple(sorted(digests)))


def _notices(store: SqliteStore, streams: tuple[str, ...]) -> list[str]:
    """Find the notices that tell of these streams; each line of one names its stream."""
    named = tuple(f"{stream}: " for stream in streams)
    return [
        recorded.stream
        for recorded in store.read(types=["ActionRequested"])
        if any(name in recorded.data.get("text", "") for name in named)
    ]


def _of_addresses(store: SqliteStore, ask: Questions, contact_id: str) -> set[str]:
    """Find the streams of suppressions that stand at an address of the contact, and at no contact."""
    contact = ask.contact(contact_id)
    rows = [row for address in (contact or {}).get("addresses", ()) for row in ask.suppressions_of(address)]
    events = [row["event"] for row in rows if not row["contact_id"]]
    return {next(store.read(after=event - 1, before=event + 1)).stream for event in events}


def carry_out(
    command: EraseContact, store: SqliteStore, blobs: BlobStore, ask: Questions, operator: str
) -> Outcome:
    """Erase a contact. Raw mails go first, so that whoever repeats it after a crash finds the rest.

    Raises `StoreUnavailable` where readers kept old pages for too long; repeating the command finishes it.
    """
    contact_id = command.contact_id
    stream = f"contact-{contact_id}"
    if not store.stream_version(stream):
        no_contact = _("there is no contact {contact}; `mgtui contacts list` shows them")
        return Outcome(False, no_contact.format(contact=contact_id))
    extent = extent_of(store, ask, contact_id)
    events = counted(len(extent.positions), "{} event", "{} events")
    mails = counted(len(extent.mails), "{} raw mail", "{} raw mails")
    if command.dry_run:
        return Outcome(True, _("{events} and {mails} would be erased").format(events=events, mails=mails))
    if not extent.positions:
        store.scrub()
        return Outcome(True, _("nothing of {contact} is left to erase").format(contact=contact_id))
    blobs.erase(extent.mails)
    erased = DataErased(subject=stream, positions=extent.positions, mails=extent.mails, why=command.why)
    result = store.erase(stream, erased, actor=operator)
    if not isinstance(result, Appended):
        return Outcome(False, _("{contact} changed meanwhile; try again").format(contact=contact_id))
    text = _(
        "{events} and {mails} of {contact} erased; copies made before, backups among them, still hold them"
    ).format(events=events, mails=mails, contact=contact_id)
    return Outcome(True, text, (result.first_position, result.last_position))
