"""Fetching mails: sizes first, then bodies in batches, each paired with the UID that stands beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mgtui.mailbox.protocol import FetchedMail
from mgtui.mailbox.responses import fetched
from mgtui.mailbox.uid_set import chunks, compress
from mgtui.mailbox.wire import Answer, Wire

_SIZES_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is asked for with one command; a mail larger than `size` goes alone."""

    mails: int
    size: int  #: bytes


def fetch(wire: Wire, uids: Sequence[int], bounds: Bounds) -> Iterator[FetchedMail]:
    """Yield the mails that are still there. While one batch is worked on, the server sends the next.

    BODY.PEEK leaves the flags alone. A mail that is gone, or comes without a body, is left out.
    """
    waiting: tuple[Answer, list[int], int] | None = None
    for batch, size in _batches(wire, uids, bounds):
        if waiting and waiting[2] + size > 2 * bounds.size:
            yield from _bodies(wire, *waiting)
            waiting = None
        answer = wire.send(f"UID FETCH {compress(batch)} (UID BODY.PEEK[])")
        if waiting:
            yield from _bodies(wire, *waiting)
        waiting = (answer, batch, size)
    if waiting:
        yield from _bodies(wire, *waiting)


def _batches(wire: Wire, uids: Sequence[int], bounds: Bounds) -> Iterator[tuple[list[int], int]]:
    """Cut UIDs into batches with their bytes; mails of unknown size are gone, and left out."""
    batch: list[int] = []
    size = 0
    for uid, its_size in _sizes(wire, uids):
        if batch and (len(batch) >= bounds.mails or size + its_size > bounds.size):
            yield batch, size
            batch, size = [], 0
        batch.append(uid)
        size += its_size
    if batch:
        yield batch, size


def _sizes(wire: Wire, uids: Sequence[int]) -> Iterator[tuple[int, int]]:
    for chunk in chunks(uids, _SIZES_AT_ONCE):
        answer = wire.ask(f"UID FETCH {compress(chunk)} (UID RFC822.SIZE)", "asking for the sizes of mails")
        found: dict[int, int] = {}
        for parts in answer.of("FETCH"):
            items = fetched(parts)
            uid, size = items.get(b"UID"), items.get(b"RFC822.SIZE")
            if isinstance(uid, bytes) and isinstance(size, bytes) and uid.isdigit() and size.isdigit():
                found[int(uid)] = int(size)
        yield from ((uid, found[uid]) for uid in chunk if uid in found)


def _bodies(wire: Wire, answer: Answer, asked: list[int], _size: int) -> Iterator[FetchedMail]:
    wire.demand(wire.finish(answer), "fetching mails")
    missing = set(asked)
    answer.untagged.reverse()
    while answer.untagged:  # each response is let go before the next: large mails don't pile up
        items = fetched(answer.untagged.pop())
        uid, body = items.get(b"UID"), items.get(b"BODY[]")
        if isinstance(uid, bytes) and uid.isdigit() and isinstance(body, bytes) and int(uid) in missing:
            missing.remove(int(uid))
            del items
            yield FetchedMail(str(int(uid)), body)
