"""What a crash or a change on the server left half done, found out by looking.

A decided mail that was about to move is, when the grabber comes back: in the source only (move it again),
in both folders (a copy whose original was not yet removed), in the target only (it moved, the event is
missing), or in neither (somebody else took it; its bytes and its decision are ours all the same).
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from eventstore.events import MailVanished
from mgtui.grabber import moves
from mgtui.grabber.places import Row
from mgtui.mailbox import FolderState, Moved

if TYPE_CHECKING:
    from mgtui.grabber.grabber import Grabber
    from mgtui.grabber.places import Round


@dataclass(slots=True)
class Strays:
    """Mails that are stored but not moved, and whose place is gone with the folder's old UIDVALIDITY."""

    by_digest: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, unmoved: Sequence[Row], place: FolderState) -> "Strays":
        """Pick out the unmoved mails whose UIDVALIDITY isn't the folder's."""
        strays = cls()
        for row in unmoved:
            if row["uid_validity"] != place.uid_validity:
                strays.by_digest[row["content_digest"]].append(row)
        return strays

    def claim(self, digest: str) -> Row | None:
        """Recognise a mail by its content; each stray is met again once."""
        rows = self.by_digest.get(digest)
        return rows.pop(0) if rows else None

    def left(self) -> list[Row]:
        """List those that were not met again."""
        return [row for rows in self.by_digest.values() for row in rows]


@dataclass(frozen=True, slots=True)
class Intent:
    """Where a mail was about to go, and where the target stood then."""

    folder: str
    uid_validity: str
    uid_next: str


def finish_moves(grabber: "Grabber", place: FolderState, uids: Sequence[str], done: "Round") -> None:
    """Bring every mail of an earlier run to its end: decide it, then see where it is, and move or note it."""
    grabber.decide()
    rows = grabber.unmoved()
    if not rows:
        return
    intents = intents_of(grabber, {row["mail_id"] for row in rows})
    arrived = _arrived(grabber, rows, intents)
    grabber.mailbox.select(grabber.folders.inbox)
    standing = set(uids)
    here = {row["mail_id"] for row in rows if row["uid_validity"] == place.uid_validity}
    present = {row["mail_id"] for row in rows if row["mail_id"] in here and row["uid"] in standing}
    copied = [row["uid"] for row in rows if row["mail_id"] in arrived and row["mail_id"] in present]
    if copied:
        grabber.mailbox.remove_copied(copied)
    _note_arrived(grabber, rows, arrived, intents, done)
    rest = [row for row in rows if row["mail_id"] not in arrived]
    moves.move(grabber, [row for row in rest if row["mail_id"] in present], done)
    note_vanished(grabber, [row for row in rest if row["mail_id"] in here - present], done)


def intents_of(grabber: "Grabber", mail_ids: set[str]) -> dict[str, Intent]:
    """Find the last intent to move each of these mails."""
    found: dict[str, Intent] = {}
    for recorded in grabber.store.read_stream(grabber.stream, backwards=True):
        if recorded.type == "MovesIntended":
            data = recorded.data
            intent = Intent(data["folder"], data["uid_validity"], data["uid_next"])
            for mail_id in mail_ids & set(data["mail_ids"]):
                found.setdefault(mail_id, intent)
        if len(found) == len(mail_ids):
            break
    return found


def _arrived(grabber: "Grabber", rows: Sequence[Row], intents: dict[str, Intent]) -> dict[str, str]:
    """Find mails in the folders they were about to move to: mail id -> uid there, told by their content."""
    arrived: dict[str, str] = {}
    taken: dict[str, set[str]] = {}  # by folder: each counts its mails from 1
    for intent in sorted(set(intents.values()), key=lambda intent: (intent.folder, intent.uid_next)):
        wanted: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            if intents.get(row["mail_id"]) == intent:
                wanted[row["content_digest"]].append(row["mail_id"])
        state = grabber.mailbox.select(intent.folder)
        since = intent.uid_next if state.uid_validity == intent.uid_validity else None
        if intent.folder not in taken:
            taken[intent.folder] = grabber.places.moved_here(grabber.mailbox_id, intent.folder)
        new = [uid for uid in grabber.mailbox.uids(since) if uid not in taken[intent.folder]]
        for mail in grabber.mailbox.fetch(new):
            holders = wanted.get(hashlib.sha256(mail.raw).hexdigest())
            if holders:
                arrived[holders.pop(0)] = mail.uid
                taken[intent.folder].add(mail.uid)
    return arrived


def _note_arrived(
    grabber: "Grabber",
    rows: Sequence[Row],
    arrived: dict[str, str],
    intents: dict[str, Intent],
    done: "Round",
) -> None:
    for folder in sorted({intents[mail_id].folder for mail_id in arrived}):
        there = [
            row for row in rows if row["mail_id"] in arrived and intents[row["mail_id"]].folder == folder
        ]
        moved = [Moved(row["uid"], arrived[row["mail_id"]]) for row in there]
        moves.note_moved(grabber, there, moved, folder, done)


def note_vanished(grabber: "Grabber", rows: Sequence[Row], done: "Round") -> None:
    """Note mails that are in neither folder."""
    for row in rows:
        gone = MailVanished(mail_id=row["mail_id"], folder=row["folder"])
        grabber.store.append(f"mail-{row['mail_id']}", [gone], actor=grabber.actor)
        done.vanished += 1
