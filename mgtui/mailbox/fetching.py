"""Fetching mails: sizes first, then bodies in batches, each paired with the UID that stands beside it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mgtui.mailbox.errors import MailboxError
from mgtui.mailbox.protocol import FetchedMail
from mgtui.mailbox.responses import Parts, fetched
from mgtui.mailbox.uid_set import chunks, compress
from mgtui.mailbox.wire import Answer, Wire

_SIZES_AT_FIRST = (
    210  # two batches and more: the server reads every mail for its size, and nobody has any yet
)
_SIZES_AT_ONCE = 500
_BREAKS = 2  # a line may break anywhere once

Suspects = Counter[int]  # how often the answers broke off at a mail, by UID


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is asked for with one command; a mail larger than `size` goes alone."""

    mails: int
    size: int  #: bytes


@dataclass(frozen=True, slots=True)
class _Batch:
    answer: Answer
    size: int


def fetch(wire: Wire, uids: Sequence[int], bounds: Bounds, suspects: Suspects) -> Iterator[FetchedMail]:
    """Yield the mails that are still there. While one batch is worked on, the server sends the next.

    BODY.PEEK leaves the flags alone. A mail that is gone, or comes without a body, is left out. Dovecot hangs
    up at a mail that it can't read: where that happens twice the mail comes alone and last from then on, so
    that it holds up no other.
    """
    last = [uid for uid in uids if suspects[uid] >= _BREAKS]
    yield from _fetch(wire, [uid for uid in uids if uid not in last], bounds, suspects)
    for uid in last:
        yield from _fetch(wire, [uid], bounds, suspects)


def _fetch(wire: Wire, uids: Sequence[int], bounds: Bounds, suspects: Suspects) -> Iterator[FetchedMail]:
    missing: dict[int, int] = {}  # UIDs asked for and not come yet, with their sizes
    waiting: _Batch | None = None
    for sizes in _batches(wire, uids, bounds, suspects):
        size = sum(sizes.values())
        if waiting and waiting.size + size > 2 * bounds.size:
            yield from _bodies(wire, waiting.answer, missing, suspects)
            waiting = None
        missing |= sizes
        answer = wire.send(f"UID FETCH {compress(sizes)} (UID BODY.PEEK[])")
        if waiting:
            yield from _bodies(wire, waiting.answer, missing, suspects)
        waiting = _Batch(answer, size)
    if waiting:
        yield from _bodies(wire, waiting.answer, missing, suspects)


def _batches(wire: Wire, uids: Sequence[int], bounds: Bounds, suspects: Suspects) -> Iterator[dict[int, int]]:
    """Cut UIDs into batches, with the size of each mail; mails without a size are gone, and left out."""
    batch: dict[int, int] = {}
    for uid, size in _sizes(wire, uids, suspects):
        if batch and (len(batch) >= bounds.mails or sum(batch.values()) + size > bounds.size):
            yield batch
            batch = {}
        batch[uid] = size
    if batch:
        yield batch


def _sizes(wire: Wire, uids: Sequence[int], suspects: Suspects) -> Iterator[tuple[int, int]]:
    first, others = uids[:_SIZES_AT_FIRST], uids[_SIZES_AT_FIRST:]
    for chunk in filter(None, (first, *chunks(others, _SIZES_AT_ONCE))):
        answer = wire.begin(f"UID FETCH {compress(chunk)} (UID RFC822.SIZE)")
        failure = _failure(wire, answer, "asking for the sizes of mails")
        found: dict[int, int] = {}
        for parts in answer.of("FETCH"):
            items = fetched(parts)
            uid, size = items.get(b"UID"), items.get(b"RFC822.SIZE")
            if isinstance(uid, bytes) and isinstance(size, bytes) and uid.isdigit() and size.isdigit():
                found[int(uid)] = int(size)
        if failure:
            raise _suspecting(failure, [uid for uid in chunk if uid not in found], suspects)
        yield from ((uid, found[uid]) for uid in chunk if uid in found)


def _bodies(wire: Wire, answer: Answer, missing: dict[int, int], suspects: Suspects) -> Iterator[FetchedMail]:
    """Yield what came up to the end of an answer; a mail of the next batch may be among it.

    Where the answer breaks off or ends in a refusal, the mails that came whole are yielded before the error.
    """
    failure = _failure(wire, answer, "fetching mails")
    answer.untagged.reverse()
    while answer.untagged:  # each response is let go before the next: large mails don't pile up
        mail = _mail(answer.untagged.pop(), missing)
        if mail:
            suspects.pop(int(mail.uid), None)
            yield mail
            del mail
    if failure:
        raise _suspecting(failure, missing, suspects)


def _failure(wire: Wire, answer: Answer, doing: str) -> MailboxError | None:
    """Read an answer to its end, or as far as it goes."""
    try:
        wire.demand(wire.finish(answer), doing)
    except MailboxError as error:
        return error
    return None


def _suspecting(failure: MailboxError, missing: Iterable[int], suspects: Suspects) -> MailboxError:
    """Note which mail the server was at: it sends them by UID."""
    at = min(missing, default=None)
    if at is None:
        return failure
    suspects[at] += 1
    failure.args = (f"{failure} (at the mail with UID {at})",)
    return failure


def _mail(parts: Parts, missing: dict[int, int]) -> FetchedMail | None:
    items = fetched(parts)
    uid, body = items.get(b"UID"), items.get(b"BODY[]")
    if not (isinstance(uid, bytes) and uid.isdigit() and isinstance(body, bytes) and int(uid) in missing):
        return None
    size = missing.pop(int(uid))
    # An empty body for a mail that has a size is how some servers show one that is just being removed.
    return FetchedMail(str(int(uid)), body) if body or not size else None
