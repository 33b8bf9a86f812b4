"""The state machine of a grabber: store first, move last, and every step can be killed and repeated.

The order of commits, for each mail:

1. raw mails are in the raw store (synced), a portion after the other;
2. `MailFetched` for each of a batch, which is several portions, in one commit;
3. classification and decision of each, with the read models, in one commit;
4. `MovesIntended`, with where the target stood at some moment before;
5. the move on the server;
6. `MailMoved` for each that is proved to be in the target, in one commit.

Reading a mail is pure and happens while it is stored, so that its bytes can go. While one thread does 2 to 4 and 6
for a batch, another has the portions to come stored and read, in another process where there are many; a third
fetches what is behind them, and does 5 for the batch before.
What a crash leaves half done is told by the read model alone: a mail in the state `fetched` goes on at 3, one
in the state `decided` at 4, after a look at where it is (`mgtui.grabber.recovery`).
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate, islice

from eventstore import (
    NO_STREAM,
    Append,
    Appended,
    BlobStore,
    EventStore,
    WrongExpectedVersion,
)
from eventstore.events import (
    FolderReplaced,
    GrabberStarted,
    MailDeliveredTwice,
    MailFetched,
    MailMetAgain,
)
from mgtui.apart import Apart
from mgtui.deciding import Contended, Deciding, Pending
from mgtui.grabber import moves, recovery
from mgtui.grabber.ahead import Ahead, batches
from mgtui.grabber.alerts import Alerts
from mgtui.grabber.failures import Failures
from mgtui.grabber.intake import Intake
from mgtui.grabber.places import (
    BATCH_BYTES,
    PORTION_BYTES,
    PORTION_MAILS,
    Folders,
    Places,
    Round,
    Row,
    batch_size,
    origin_of,
    portions,
    size_of,
)
from mgtui.grabber.twins import Claim, Twins, claims, gone_from_target
from mgtui.language import N_
from mgtui.mailbox import FolderState, Mailbox, MailboxError, MailboxUnavailable
from mgtui.reading import Taken

#: (phase, mails done, mails in all) of the present round
Progress = Callable[[str, int, int], None]
Aside = list[tuple[str, str]]  #: (uid, content digest)

#: Starting another process takes a fifth of a second of CPU, which this many mails win back.
APART_FROM = 300

#: Portions that may wait while a batch is worked on; of them only what was read is in memory.
PORTIONS_AHEAD = 20


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
    batch: int = 500
    archive: bool = False  #: only the office puts mails into this mailbox
    apart: Callable[[str], Apart] | None = (
        None  #: makes, for an origin, what stores and reads in another process
    )
    apart_from: int = APART_FROM  #: new mails from which on that is done
    limit: int | None = None  #: new mails taken in at most in a round
    since: date | None = None  #: older mails are left where they are
    stopping: Callable[[], bool] = field(default=lambda: False)  #: asked between portions
    progress: Progress = field(default=lambda _phase, _done, _total: None)
    failures: Failures = field(init=False)
    alerts: Alerts = field(init=False)

    def __post_init__(self) -> None:
        self.failures = Failures(self.store, self.name)
        self.alerts = Alerts(self.store, self.name)

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
        begun = time.monotonic()
        try:
            done = self._round()
        except MailboxError as error:
            self.failures.note(str(error), isinstance(error, MailboxUnavailable))
            raise
        finally:
            self.alerts.note(self.mailbox.alerts, self.today())
        if done.unreadable:
            self.failures.note(done.why_incomplete, transient=True)
        else:
            self.failures.over()
        done.seconds = time.monotonic() - begun
        return done

    def _round(self) -> Round:
        done = Round()
        self.mailbox.connect()
        self.mailbox.ensure_folder(self.folders.done)
        self.mailbox.ensure_folder(self.folders.manual)
        place = self.mailbox.select(self.folders.inbox)
        self._note_replacement(place)
        uids = self.mailbox.uids()
        known = self.known(place, uids)
        self._return_what_came_back(place, known, done)
        recovery.finish_moves(self, place, uids, done)
        strays = recovery.Strays.of(self.unmoved(), place)
        unknown = [uid for uid in uids if uid not in known]
        new = self.young(unknown)[: self.limit]
        before = done.fetched + done.again
        whole = self._take_in_all(place, new, strays, done)
        if whole and done.fetched + done.again - before < len(new):
            standing = set(self.mailbox.uids())
            known = self.known(place, new)
            done.unreadable = [uid for uid in new if uid in standing and uid not in known]
        if whole and len(new) == len(unknown):
            recovery.note_vanished(self, strays.left(), done)
        if self.unmoved():  # some moves were not proved: see where those mails are
            recovery.finish_moves(self, place, self.mailbox.uids(), done)
        return done

    def young(self, uids: list[str]) -> list[str]:
        """Leave out the mails of the current folder that came before the day from which on we take mails in."""
        if self.since is None or not uids:
            return uids
        young = self.mailbox.arrived_since(self.since)
        return [uid for uid in uids if uid in young]

    def unmoved(self) -> list[Row]:
        """List the mails of this folder that are stored but not yet moved."""
        return self.places.unmoved(self.mailbox_id, self.folders.inbox)

    def decided(self, place: FolderState) -> list[Row]:
        """List the mails that stand in the folder as it is now and wait for their move."""
        return [row for row in self._waiting("decided") if row["uid_validity"] == place.uid_validity]

    def _waiting(self, state: str) -> list[Row]:
        return self.places.waiting(self.mailbox_id, self.folders.inbox, state)

    def known(self, place: FolderState, uids: Sequence[str]) -> dict[str, Row]:
        """Give what the log knows of the mails at these places, by uid."""
        return self.places.at(self.mailbox_id, place.folder, place.uid_validity, uids)

    def _note_replacement(self, place: FolderState) -> None:
        """Note a folder whose mails had another UIDVALIDITY, once."""
        before = self.places.validity(self.mailbox_id, place.folder, place.uid_validity)
        if before in ("", place.uid_validity):
            return
        replaced = FolderReplaced(
            grabber=self.name,
            folder=place.folder,
            uid_validity_before=before,
            uid_validity=place.uid_validity,
        )
        key = f"replaced {self.mailbox_id} {place.folder} {place.uid_validity}"
        self.store.append(self.stream, [replaced], key=key, actor=self.actor)

    def _return_what_came_back(self, place: FolderState, known: dict[str, Row], done: Round) -> None:
        """Note mails that were moved away and are back at their old place: they will be moved once more."""
        for uid, row in known.items():
            if row["state"] in ("moved", "vanished"):
                self.meet_again(row, place, uid, done)

    def meet_again(self, row: Row, place: FolderState, uid: str, done: Round) -> None:
        """Note that a known mail stands at another place than before, or again where it was."""
        met = MailMetAgain(
            mail_id=row["mail_id"], folder=place.folder, uid_validity=place.uid_validity, uid=uid
        )
        self.store.append(f"mail-{row['mail_id']}", [met], actor=self.actor)
        done.again += 1

    # 1, 2 and 3: raw mails, then MailFetched, then decisions

    def _take_in_all(
        self, place: FolderState, uids: Sequence[str], strays: recovery.Strays, done: Round
    ) -> bool:
        """Take mails in, a portion after the other; False if told to stop before the end."""
        if not uids:
            return True
        aside: Aside = []
        seen, stopped = 0, False
        fetched, most = self.mailbox.fetch(uids), min(self.batch, PORTION_MAILS)

        def wanted() -> int:
            return batch_size(self.batch, seen, len(uids) - seen)

        with (
            self._intake(place, len(uids)) as intake,
            moves.Moving(self, place, done) as moving,
            Ahead(portions(fetched, most, PORTION_BYTES, size_of), "mailbox") as ahead,
            Ahead(intake.take(ahead), "intake", PORTIONS_AHEAD) as taken,
        ):
            for batch in batches(taken, self.batch, BATCH_BYTES, lambda mail: mail.size, wanted):
                self.progress(N_("mails"), seen, len(uids))
                seen += len(batch)
                self._take_in(batch, strays, place, aside, done)
                self.decide()
                moving.begin(ahead)
                stopped = self.stopping()
                if stopped:
                    break
        self._settle_aside(place, aside, done)
        self.progress(N_("mails"), seen, len(uids))
        return not stopped

    def _intake(self, place: FolderState, mails: int = 0) -> Intake:
        origin = origin_of(self.mailbox_id, place)
        apart = self.apart(origin) if self.apart and mails >= self.apart_from else None
        return Intake(origin, self.archive, self.blobs, self.deciding.read, apart)

    def _take_in(
        self,
        batch: Sequence[Taken],
        strays: recovery.Strays,
        place: FolderState,
        aside: Aside,
        done: Round,
    ) -> None:
        """Note stored mails, and decide them."""
        twins = Twins.of(self.places.twins(self.mailbox_id, sorted({mail.digest for mail in batch})))
        new: list[Taken] = []
        for mail in batch:
            stray = strays.claim(mail.digest)
            if stray:
                self.meet_again(stray, place, mail.uid, done)
            elif twins.may_be_back(mail.digest):
                aside.append((mail.uid, mail.digest))
            else:
                new.append(mail)
        self._note_and_settle(place, new, twins, done)

    def _note_and_settle(self, place: FolderState, new: Sequence[Taken], twins: Twins, done: Round) -> None:
        noted = self._append_fetched([self._fetched(place, mail) for mail in new], twins)
        done.fetched += len(noted)
        read = {mail.mail_id: mail.read for mail in new}
        pending = [
            Pending(mail_id, read[mail_id], version, position)
            for mail_id, (version, position) in noted.items()
        ]
        if pending:
            self.deciding.settle(pending, self.today(), self.actor)

    def _fetched(self, place: FolderState, mail: Taken) -> MailFetched:
        return MailFetched(
            mail_id=mail.mail_id,
            grabber=self.name,
            mailbox=self.mailbox_id,
            folder=place.folder,
            uid_validity=place.uid_validity,
            uid=mail.uid,
            content_digest=mail.digest,
            size=mail.size,
        )

    def _settle_aside(self, place: FolderState, aside: Aside, done: Round) -> None:
        """Tell mails that were moved back by hand from those delivered a second time, and take these in."""
        if not aside:
            return
        rows = self.places.twins(self.mailbox_id, sorted({digest for _, digest in aside}))
        returned = claims(gone_from_target(self.mailbox, rows))
        self.mailbox.select(self.folders.inbox)
        for uid, digest in aside:
            self._settle_one_aside(place, uid, digest, returned, done)
        self.decide()
        moves.move(self, self.decided(place), done)

    def _settle_one_aside(
        self, place: FolderState, uid: str, digest: str, returned: Claim, done: Round
    ) -> None:
        back = returned(digest)
        if back:
            self.meet_again(back, place, uid, done)
            return
        mail = self._intake(place).take_stored(uid, self.blobs.get(digest), digest)
        twins = Twins.of(self.places.twins(self.mailbox_id, [digest]))
        self._note_and_settle(place, [mail], twins, done)

    def _append_fetched(self, events: list[MailFetched], twins: Twins) -> dict[str, tuple[int, int]]:
        """Append each mail's first events, and give its stream's version and last position by mail id.

        One that is in the log already is left out, not counted twice.
        """
        appends = [self._first_append(event, twins) for event in events]
        while appends:
            result = self.store.append_many(appends, actor=self.actor)
            if isinstance(result, Appended):
                ends = accumulate((len(append.events) for append in appends), initial=result.first_position)
                return {
                    append.stream.removeprefix("mail-"): (len(append.events), end - 1)
                    for append, end in zip(appends, islice(ends, 1, None), strict=True)
                }
            if isinstance(result, WrongExpectedVersion):
                appends = [append for append in appends if append.stream != result.stream]
        return {}

    def _first_append(self, event: MailFetched, twins: Twins) -> Append:
        twin = twins.first(event.content_digest)
        twins.note(event.content_digest, event.mail_id)
        twice = [MailDeliveredTwice(mail_id=event.mail_id, twin_id=twin)] if twin else []
        return Append(f"mail-{event.mail_id}", [event, *twice], NO_STREAM)

    # 3 again, for what an earlier run left

    def decide(self) -> None:
        """Classify and decide whatever is fetched and undecided, in batches. Raises `Contended`."""
        for _ in range(self.deciding.attempts):
            waiting = self._waiting("fetched")
            if not waiting:
                return
            for at in range(0, len(waiting), self.batch):
                pending = list(map(self._pending, waiting[at : at + self.batch]))
                self.deciding.settle(pending, self.today(), self.actor)
        if self._waiting("fetched"):
            raise Contended("some mails could not be decided; the next round tries again")

    def _pending(self, row: Row) -> Pending:
        mail_id = row["mail_id"]
        last = next(iter(self.store.read_stream(f"mail-{mail_id}", backwards=True, limit=1)))
        read = self.deciding.read(mail_id, self.blobs.get(row["content_digest"]), self.archive)
        return Pending(mail_id, read, last.version, last.position, row["attempts"])
