"""Moving mails, with proof. Never a plain EXPUNGE and never CLOSE: both destroy what others have marked.

A server answers OK to a move even for a UID that is gone, so only COPYUID (RFC 4315) proves one; where
there is none, the target is searched for what has come in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mgtui.mailbox import arrival
from mgtui.mailbox.connection import Connection
from mgtui.mailbox.errors import MailboxError, MailboxRefused
from mgtui.mailbox.folders import search
from mgtui.mailbox.naming import Naming
from mgtui.mailbox.protocol import FolderState, Moved
from mgtui.mailbox.uid_set import chunks, compress, expand
from mgtui.mailbox.wire import Answer

_MOVED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Mover:
    """Moves mails out of the selected folder `source`."""

    connection: Connection
    naming: Naming
    source: FolderState
    leave_marked: bool  #: permit \\Deleted marks that the server removes some day

    def move(self, uids: Sequence[int], folder: str) -> list[Moved]:
        """Move mails and give those proved to be in the target; raises only where nothing is proved."""
        if self.naming.on_server(folder) == self.naming.on_server(self.source.folder):
            raise MailboxRefused(f"a mail can't be moved from {folder!r} to itself")
        self._refuse_unless_removable()
        moved: list[Moved] = []
        for chunk in chunks(uids, _MOVED_AT_ONCE):
            try:
                moved += self._move_chunk(chunk, folder)
            except MailboxError:
                if not moved:
                    raise
                break
        return moved

    def remove(self, uids: Sequence[int]) -> None:
        """Remove exactly these mails. Raises `MailboxRefused` where the server keeps them."""
        for chunk in chunks(uids, _MOVED_AT_ONCE):
            self._remove_chunk(chunk)

    def _refuse_unless_removable(self) -> None:
        if not (self.connection.can("MOVE") or self.connection.can("UIDPLUS") or self.leave_marked):
            raise MailboxRefused(
                "the server can neither MOVE nor UID EXPUNGE, so a moved mail can't be removed alone: set "
                "allow_deleted_marks, and it is copied, marked \\Deleted and left to the server"
            )

    def _move_chunk(self, uids: Sequence[int], folder: str) -> list[Moved]:
        connection, naming = self.connection, self.naming
        can_move = connection.can("MOVE")
        expected = None
        if not connection.can("UIDPLUS"):  # then no COPYUID will come either
            expected = arrival.note(connection, naming, uids, folder)
        verb = "MOVE" if can_move else "COPY"
        command = f"UID {verb} {compress(uids)} ".encode() + naming.on_wire(folder)
        answer = self._transfer(command)
        moved = _proved(answer, uids)
        if not moved:  # a server may move some, say so, and then refuse the rest
            connection.wire.demand(answer, f"moving mails to {folder!r}")
        if expected is not None:
            moved = arrival.prove(connection, naming, expected, self.source, folder)
        if moved and not can_move:
            self._remove_chunk([int(each.uid) for each in moved])
        return moved

    def _transfer(self, command: bytes) -> Answer:
        """Send a MOVE or COPY, again where Dovecot refuses the whole because a mail among them is gone."""
        wire = self.connection.wire
        answer = wire.run(command)
        for _ in range(3):
            if not (answer.status and answer.status.code == "EXPUNGEISSUED"):
                break
            answer = wire.run(command)
        return answer

    def _remove_chunk(self, uids: Sequence[int]) -> None:
        wire = self.connection.wire
        if not (self.connection.can("UIDPLUS") or self.leave_marked):
            raise MailboxRefused(
                "the server can't remove single mails: set allow_deleted_marks to mark them \\Deleted"
            )
        which = compress(uids)
        wire.ask(f"UID STORE {which} +FLAGS.SILENT (\\Deleted)", "marking moved mails")
        if not self.connection.can("UIDPLUS"):
            return
        wire.ask(f"UID EXPUNGE {which}", "removing moved mails")
        if search(self.connection, f"UID {which}"):
            raise MailboxRefused(f"the server keeps mails of {self.source.folder!r} that should be removed")


def _proved(answer: Answer, asked: Sequence[int]) -> list[Moved]:
    """Read COPYUID, wherever it stands; a list that doesn't fit what was asked proves nothing."""
    wanted = set(asked)
    moved: list[Moved] = []
    for data in answer.codes("COPYUID"):
        fields = data.split(b" ")
        if len(fields) != 3:
            continue
        old, new = expand(fields[1], len(asked)), expand(fields[2], len(asked))
        if len(old) == len(new):
            moved += [
                Moved(str(uid), str(there)) for uid, there in zip(old, new, strict=True) if uid in wanted
            ]
    return moved
