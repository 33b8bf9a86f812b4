"""The last three steps: where mails are about to go is noted, they are moved, and each proved move is noted."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any

from eventstore import ANY, Append
from eventstore.events import MailMoved, MovesIntended
from mgtui.grabber.places import Round, Row
from mgtui.mailbox import FolderState, MailboxError, Moved

if TYPE_CHECKING:
    from mgtui.grabber.ahead import Ahead
    from mgtui.grabber.grabber import Grabber

UnderWay = tuple[str, Sequence[Row], Future[list[Moved]]]  #: target, mails, and what will be proved of them


def move(grabber: "Grabber", rows: Sequence[Row], done: Round) -> None:
    """Move decided mails that stand in the inbox to where their outcome says."""
    for target, batch in _by_target(grabber, rows):
        intend(grabber, batch, grabber.mailbox.state(target))
        note_moved(grabber, batch, grabber.mailbox.move(_uids(batch), target), target, done)


def intend(grabber: "Grabber", rows: Sequence[Row], target: FolderState) -> None:
    """Note that mails are about to move, and where the target stood at some moment before."""
    intended = MovesIntended(
        grabber=grabber.name,
        folder=target.folder,
        uid_validity=target.uid_validity,
        uid_next=target.uid_next,
        mail_ids=tuple(row["mail_id"] for row in rows),
    )
    grabber.store.append(grabber.stream, [intended], actor=grabber.actor)


def note_moved(
    grabber: "Grabber", rows: Sequence[Row], moved: Sequence[Moved], target: str, done: Round
) -> None:
    """Record mails that are proved to be in the target."""
    by_uid = {row["uid"]: row["mail_id"] for row in rows}
    found = [(by_uid[each.uid], each.target_uid) for each in moved]
    if not found:
        return
    done.moved += len(found)
    done.manual += len(found) if target == grabber.folders.manual else 0
    grabber.store.append_many(
        [
            Append(f"mail-{mail_id}", [MailMoved(mail_id=mail_id, folder=target, uid=uid)], ANY)
            for mail_id, uid in found
        ],
        actor=grabber.actor,
    )


@dataclass(slots=True)
class Moving:
    """Moves what is decided while more is taken in: the mailbox's thread asks the server, ours writes the log.

    Each mail is tried once; those whose move isn't proved are looked for at the end of the round.
    """

    grabber: "Grabber"
    place: FolderState
    done: Round
    _targets: dict[str, FolderState] = field(default_factory=dict, init=False)
    _tried: set[str] = field(default_factory=set, init=False)
    _under_way: deque[UnderWay] = field(default_factory=deque, init=False)

    def __enter__(self) -> "Moving":
        """See where the targets stand before the mailbox is given to its thread."""
        folders = self.grabber.folders
        self._targets = {name: self.grabber.mailbox.state(name) for name in {folders.done, folders.manual}}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Note what was moved. Raises what a move raised, unless something was raised already."""
        while self._under_way:
            try:
                self._note_first()
            except MailboxError:
                if kind is None:
                    raise

    def begin(self, ahead: "Ahead[Any]") -> None:
        """Have moved what is decided by now; note what was moved by now. Raises what a move raised."""
        while self._under_way and self._under_way[0][2].done():
            self._note_first()
        rows = [row for row in self.grabber.decided(self.place) if row["mail_id"] not in self._tried]
        for target, batch in _by_target(self.grabber, rows):
            intend(self.grabber, batch, self._targets[target])
            self._tried |= {row["mail_id"] for row in batch}
            moved = ahead.then(partial(self.grabber.mailbox.move, _uids(batch), target))
            self._under_way.append((target, batch, moved))

    def _note_first(self) -> None:
        target, rows, moved = self._under_way.popleft()
        if not moved.cancelled():
            note_moved(self.grabber, rows, moved.result(), target, self.done)


def _by_target(grabber: "Grabber", rows: Sequence[Row]) -> Iterator[tuple[str, Sequence[Row]]]:
    for target in sorted({grabber.folders.target(row["outcome"]) for row in rows}):
        there = [row for row in rows if grabber.folders.target(row["outcome"]) == target]
        for at in range(0, len(there), grabber.batch):
            yield target, there[at : at + grabber.batch]


def _uids(rows: Sequence[Row]) -> list[str]:
    return [row["uid"] for row in rows]
