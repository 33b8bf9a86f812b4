"""The state machine of a grabber: store first, move last, and every step can be killed and repeated.

The order of commits, for each batch:

1. raw mails are in the raw store (synced);
2. `MailFetched` for each, in one commit;
3. classification and decision of each, with the read models, in one commit;
4. `MovesIntended`, with where the target stood before;
5. the move on the server;
6. `MailMoved` for each that is proved to be in the target, in one commit.

What a crash leaves half done is told by the read model alone: a mail in the state `fetched` goes on at 3, one
in the state `decided` at 4, after a look at where it is (`mgtui.grabber.recovery`).
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from eventstore import (
    ANY,
    NO_STREAM,
    Append,
    Appended,
    AppendResult,
    BlobStore,
    EventStore,
    WrongExpectedVersion,
)
from eventstore.events import FetchFailed, GrabberStarted, MailFetched, MailMetAgain, MailMoved, MovesIntended
from mgtui.deciding import Contended, Deciding, Pending
from mgtui.grabber import recovery
from mgtui.mailbox import FetchedMail, FolderState, Mailbox, MailboxError, MailboxUnavailable
from mgtui.wording import harmless

#: (phase, mails done, mails in all) of the present round
Progress = Callable[[str, int, int], None]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Folders:
    """Where mails come from and go to."""

    inbox: str
    done: str
    manual: str

    def target(self, outcome: str) -> str:
        """Give the folder for an outcome of the read model `mails`."""
        return self.done if outcome == "done" else self.manual


@dataclass(frozen=True, slots=True)
class Places:
    """What a grabber asks of the read models."""

    unmoved: Callable[[str, str], list[Row]]  #: (mailbox, folder) -> mails fetched or decided, not moved
    at: Callable[[str, str, str, Sequence[str]], dict[str, Row]]  #: (mailbox, folder, validity, uids)
    moved_here: Callable[[str, str], set[str]]  #: (mailbox, target folder) -> uids of mails moved there


@dataclass(slots=True)
class Round:
    """What a round did, for a one-line summary."""

    fetched: int = 0
    moved: int = 0
    manual: int = 0
    vanished: int = 0

    def __str__(self) -> str:
        tail = f", {self.vanished} vanished" if self.vanished else ""
        return f"{self.fetched} fetched, {self.moved} moved ({self.manual} for a person){tail}"


@dataclass(slots=True)
class Grabber:
    """Takes the mails of one mailbox folder in."""

    name: str
    mailbox_id: str  #: what names the mailbox in the log: `user@host` or a path
    mailbox: Mailbox
    folders: Folders
    store: EventStore
    blobs: BlobStore
    deciding: Deciding
    places: Places
    today: Callable[[], date]
    version: str
    batch: int = 200
    archive: bool = False  #: only the office puts mails into this mailbox
    progress: Progress = field(default=lambda _phase, _done, _total: None)

    @property
    def stream(self) -> str:
        """The stream of this grabber's own events."""
        return f"grabber-{self.name}"

    @property
    def actor(self) -> str:
        """Who this grabber is in the log."""
        return f"grabber {self.name}"

    def start(self) -> None:
        """Note that a run begins."""
        started = GrabberStarted(
            grabber=self.name,
            mailbox=self.mailbox_id,
            folder=self.folders.inbox,
            program_version=self.version,
        )
        self.store.append(self.stream, [started], actor=self.actor)

    def run_round(self) -> Round:
        """Take in everything that is there now. Raises `MailboxError`, `StoreError`, `Contended`."""
        try:
            return self._round()
        except MailboxError as error:
            transient = isinstance(error, MailboxUnavailable)
            failed = FetchFailed(grabber=self.name, error=harmless(str(error), 500), transient=transient)
            self.store.append(self.stream, [failed], actor=self.actor)
            raise

    def _round(self) -> Round:
        done = Round()
        self.mailbox.connect()
        self.mailbox.ensure_folder(self.folders.done)
        self.mailbox.ensure_folder(self.folders.manual)
        place = self.mailbox.select(self.folders.inbox)
        uids = self.mailbox.uids()
        self._return_what_came_back(place, uids)
        recovery.finish_moves(self, place, uids, done)
        strays = recovery.Strays.of(self.unmoved(), place)
        known = self._known(place, uids)
        new = [uid for uid in uids if uid not in known]
        for at in range(0, len(new), self.batch):
            self.progress("mails", at, len(new))
            self._take_in(place, new[at : at + self.batch], strays, done)
            self.decide()
            self._move_decided(place, done)
        recovery.note_vanished(self, strays.left(), done)
        if self.unmoved():  # some moves were not proved: see where those mails are
            recovery.finish_moves(self, place, self.mailbox.uids(), done)
        if new:
            self.progress("mails", len(new), len(new))
        return done

    def unmoved(self) -> list[Row]:
        """List the mails of this folder that are stored but not yet moved."""
        return self.places.unmoved(self.mailbox_id, self.folders.inbox)

    def _known(self, place: FolderState, uids: Sequence[str]) -> dict[str, Row]:
        return self.places.at(self.mailbox_id, place.folder, place.uid_validity, uids)

    def _return_what_came_back(self, place: FolderState, uids: Sequence[str]) -> None:
        """Note mails that were moved away and are back at their old place: they will be moved once more."""
        for uid, row in self._known(place, uids).items():
            if row["state"] in ("moved", "vanished"):
                self.meet_again(row, place, uid)

    def meet_again(self, row: Row, place: FolderState, uid: str) -> None:
        """Note that a known mail stands at another place than before, or again where it was."""
        met = MailMetAgain(
            mail_id=row["mail_id"], folder=place.folder, uid_validity=place.uid_validity, uid=uid
        )
        self.store.append(f"mail-{row['mail_id']}", [met], actor=self.actor)

    # 1, 2 and 3: raw mails, then MailFetched, then decisions

    def _take_in(self, place: FolderState, uids: Sequence[str], strays: recovery.Strays, done: Round) -> None:
        """Store and note mails, and decide them while their bytes are at hand."""
        for portion in _portions(self.mailbox.fetch(uids)):
            digests = self.blobs.put_many([mail.raw for mail in portion])
            events, raws = [], {}
            for mail, digest in zip(portion, digests, strict=True):
                stray = strays.claim(digest)
                if stray:
                    self.meet_again(stray, place, mail.uid)
                else:
                    event = self._fetched(place, mail, digest)
                    events.append(event)
                    raws[event.mail_id] = mail.raw
            positions = self._append_fetched(events)
            done.fetched += len(positions)
            pending = [
                Pending(mail_id, raws[mail_id], 1, position) for mail_id, position in positions.items()
            ]
            if pending:
                self.deciding.settle(pending, self.today(), self.actor)

    def _fetched(self, place: FolderState, mail: FetchedMail, digest: str) -> MailFetched:
        return MailFetched(
            mail_id=mail_id_of(self.mailbox_id, place, mail.uid, digest),
            grabber=self.name,
            mailbox=self.mailbox_id,
            folder=place.folder,
            uid_validity=place.uid_validity,
            uid=mail.uid,
            content_digest=digest,
            size=len(mail.raw),
        )

    def _append_fetched(self, events: list[MailFetched]) -> dict[str, int]:
        """Append each mail's first event, and give its position.

        One that is in the log already is left out, not counted twice.
        """
        while events:
            appends = [Append(f"mail-{event.mail_id}", [event], NO_STREAM) for event in events]
            result = self.store.append_many(appends, actor=self.actor)
            if isinstance(result, Appended):
                return {event.mail_id: result.first_position + at for at, event in enumerate(events)}
            if isinstance(result, WrongExpectedVersion):
                events = [event for event in events if f"mail-{event.mail_id}" != result.stream]
        return {}

    # 3 again, for what an earlier run left

    def decide(self) -> None:
        """Classify and decide whatever is fetched and undecided, in batches. Raises `Contended`."""
        for _ in range(self.deciding.attempts):
            waiting = [row for row in self.unmoved() if row["state"] == "fetched"]
            if not waiting:
                return
            for at in range(0, len(waiting), self.batch):
                for portion in _portions(self._pending(waiting[at : at + self.batch])):
                    self.deciding.settle(portion, self.today(), self.actor)
        if any(row["state"] == "fetched" for row in self.unmoved()):
            raise Contended("some mails could not be decided; the next round tries again")

    def _pending(self, rows: Sequence[Row]) -> Iterator[Pending]:
        for row in rows:
            last = next(iter(self.store.read_stream(f"mail-{row['mail_id']}", backwards=True, limit=1)))
            raw = self.blobs.get(row["content_digest"])
            yield Pending(row["mail_id"], raw, last.version, last.position, row["attempts"], self.archive)

    # 4, 5 and 6: intent, move, proof

    def _move_decided(self, place: FolderState, done: Round) -> None:
        rows = [
            row
            for row in self.unmoved()
            if row["state"] == "decided" and row["uid_validity"] == place.uid_validity
        ]
        self.move(rows, done)

    def move(self, rows: Sequence[Row], done: Round) -> None:
        """Move decided mails that stand in the inbox to where their outcome says."""
        for target in sorted({self.folders.target(row["outcome"]) for row in rows}):
            there = [row for row in rows if self.folders.target(row["outcome"]) == target]
            for at in range(0, len(there), self.batch):
                self._move_batch(there[at : at + self.batch], target, done)

    def _move_batch(self, rows: Sequence[Row], target: str, done: Round) -> None:
        state = self.mailbox.state(target)
        intended = MovesIntended(
            grabber=self.name,
            folder=target,
            uid_validity=state.uid_validity,
            uid_next=state.uid_next,
            mail_ids=tuple(row["mail_id"] for row in rows),
        )
        self.store.append(self.stream, [intended], actor=self.actor)
        by_uid = {row["uid"]: row for row in rows}
        moved = self.mailbox.move(list(by_uid), target)
        self.note_moved([(by_uid[entry.uid], entry.target_uid) for entry in moved], target, done)

    def note_moved(self, moved: Sequence[tuple[Row, str]], target: str, done: Round) -> AppendResult | None:
        """Record mails that are proved to be in the target."""
        if not moved:
            return None
        done.moved += len(moved)
        done.manual += len(moved) if target == self.folders.manual else 0
        return self.store.append_many(
            [
                Append(
                    f"mail-{row['mail_id']}",
                    [MailMoved(mail_id=row["mail_id"], folder=target, uid=uid)],
                    ANY,
                )
                for row, uid in moved
            ],
            actor=self.actor,
        )


def mail_id_of(mailbox_id: str, place: FolderState, uid: str, digest: str) -> str:
    """Name a mail after its content and its place: the same bytes delivered twice are two mails."""
    text = "\0".join((digest, mailbox_id, place.folder, place.uid_validity, uid))
    return hashlib.sha256(text.encode()).hexdigest()[:20]


T = TypeVar("T", FetchedMail, Pending)
PORTION_BYTES = 16 * 1024 * 1024  #: bytes of mail held in memory at once, a larger single mail apart


def _portions(mails: Iterator[T]) -> Iterator[list[T]]:
    """Cut a stream of mails into lists of bounded size in bytes."""
    portion: list[T] = []
    held = 0
    for mail in mails:
        portion.append(mail)
        held += len(mail.raw)
        if held >= PORTION_BYTES:
            yield portion
            portion, held = [], 0
    if portion:
        yield portion
