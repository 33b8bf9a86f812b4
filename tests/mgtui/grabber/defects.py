"""Mistakes planted on purpose, so that the fault matrix can show that it would find them.

Each takes a service apart in one way that people get wrong, and is used by nothing but the test of the matrix.
"""

import itertools
import secrets
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Any

from eventstore import ANY, Append
from mgtui.grabber import Service, grabber, intake, moves, recovery
from mgtui.mailbox import Moved


def move_before_store(service: Service) -> None:
    """Move mails as they are fetched, and store them afterwards."""
    mailbox, target = service.grabber.mailbox, service.grabber.folders.done
    fetch = mailbox.fetch

    def fetch_and_move(uids: Sequence[str]) -> Iterable[Any]:
        mails = list(fetch(uids))
        mailbox.move([mail.uid for mail in mails], target)
        yield from mails

    mailbox.fetch = fetch_and_move  # type: ignore[method-assign]


def no_recovery(_service: Service) -> None:
    """Never look at what an earlier run left half done."""
    recovery.finish_moves = lambda *_: None  # type: ignore[assignment]


def new_names_each_time(service: Service) -> None:
    """Give a mail another id whenever it is met, so that nothing is idempotent."""
    intake.mail_id_of = lambda *_: secrets.token_hex(10)  # type: ignore[assignment]
    service.grabber.places = grabber.Places(
        lambda *_: [], lambda *_: [], lambda *_: {}, lambda *_: set(), lambda *_: [], lambda *_: ""
    )


def believe_the_move(service: Service) -> None:
    """Record mails as moved before the server was asked."""
    mailbox = service.grabber.mailbox
    move, counter = mailbox.move, itertools.count(1)

    def note_then_move(uids: Sequence[str], folder: str) -> list[Moved]:
        noted = [Moved(uid, str(next(counter))) for uid in uids]
        moves.note_moved(service.grabber, service.grabber.unmoved(), noted, folder, grabber.Round())
        move(uids, folder)
        return []

    mailbox.move = note_then_move  # type: ignore[method-assign]


def vanished_without_looking(_service: Service) -> None:
    """Take a mail that isn't in the source for lost, without a look at the target."""
    recovery._arrived = lambda *_: {}


def decisions_one_by_one(service: Service) -> None:
    """Commit every event of a decision on its own."""
    store = service.grabber.store
    append_many = store.append_many

    def one_by_one(appends: Sequence[Append], **options: Any) -> Any:
        result = None
        for append in appends:
            for event in append.events:
                result = append_many([Append(append.stream, [event], ANY)], **options)
        return result

    store.append_many = one_by_one  # type: ignore[method-assign]


def events_before_bytes(service: Service) -> None:
    """Commit MailFetched first and keep the bytes for the end of the batch."""
    blobs, store = service.grabber.blobs, service.grabber.store
    put_many, append_many = blobs.put_many, store.append_many
    held: list[bytes] = []

    def put_later(contents: Iterable[bytes]) -> list[str]:
        contents = list(contents)
        held.extend(contents)
        return [sha256(content).hexdigest() for content in contents]

    def append_then_put(appends: Sequence[Append], **options: Any) -> Any:
        result = append_many(appends, **options)
        put_many(held)
        held.clear()
        return result

    blobs.put_many = put_later  # type: ignore[method-assign]
    store.append_many = append_then_put  # type: ignore[method-assign]


DEFECTS: dict[str, Callable[[Service], None]] = {
    defect.__name__: defect
    for defect in (
        move_before_store,
        no_recovery,
        new_names_each_time,
        believe_the_move,
        vanished_without_looking,
        decisions_one_by_one,
        events_before_bytes,
    )
}
