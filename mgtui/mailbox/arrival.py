"""Proof that mails arrived in a folder, for servers that don't say so: they are looked for by content."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from mgtui.mailbox.connection import Connection
from mgtui.mailbox.errors import MailboxError, MailboxUnavailable
from mgtui.mailbox.folders import search, select, state
from mgtui.mailbox.naming import Naming
from mgtui.mailbox.protocol import FolderState, Moved
from mgtui.mailbox.responses import fetched
from mgtui.mailbox.uid_set import chunks, compress

_AT_ONCE = 100

Mark = tuple[str, bytes]  # size as the server tells it, SHA-256 of the whole header


@dataclass(frozen=True, slots=True)
class Expected:
    """Which mails should come in, and from which UID of the target on."""

    marks: dict[int, Mark]
    target: FolderState


def note(connection: Connection, naming: Naming, uids: Sequence[int], folder: str) -> Expected:
    """Note, before a move, how the mails of the selected folder are recognised."""
    target = state(connection, naming, folder)
    return Expected(_marks(connection, uids), target)


def prove(
    connection: Connection, naming: Naming, expected: Expected, source: FolderState, folder: str
) -> list[Moved]:
    """Look into the target for what has come in since, and go back to the source.

    Where that fails the connection is given up, so that nobody takes the one folder for the other.
    """
    try:
        there = _arrived(connection, naming, expected, folder)
        if select(connection, naming, source.folder).uid_validity != source.uid_validity:
            raise MailboxUnavailable(f"the folder {source.folder!r} was replaced while mails were moved")
    except MailboxError:
        connection.wire.hang_up()
        raise
    found = ((uid, there[mark].pop(0)) for uid, mark in expected.marks.items() if there[mark])
    return [Moved(str(uid), str(target_uid)) for uid, target_uid in found]


def _arrived(
    connection: Connection, naming: Naming, expected: Expected, folder: str
) -> dict[Mark, list[int]]:
    """Give the UIDs of what has come into the target, by what it looks like; leaves the target open."""
    connection.wire.ask(b"EXAMINE " + naming.on_wire(folder), f"looking into the folder {folder!r}")
    first = int(expected.target.uid_next)
    there = [int(uid) for uid in search(connection, f"UID {first}:*") if int(uid) >= first]
    places: dict[Mark, list[int]] = defaultdict(list)
    for uid, mark in _marks(connection, there).items():
        places[mark].append(uid)
    return places


def _marks(connection: Connection, uids: Sequence[int]) -> dict[int, Mark]:
    marks: dict[int, Mark] = {}
    for chunk in chunks(uids, _AT_ONCE):
        command = f"UID FETCH {compress(chunk)} (UID RFC822.SIZE BODY.PEEK[HEADER])"
        for parts in connection.wire.ask(command, "reading the headers of mails").of("FETCH"):
            items = fetched(parts)
            uid, size, header = items.get(b"UID"), items.get(b"RFC822.SIZE"), items.get(b"BODY[HEADER]")
            if isinstance(uid, bytes) and isinstance(size, bytes) and isinstance(header, bytes):
                marks[int(uid)] = (size.decode("ascii", "replace"), hashlib.sha256(header).digest())
    return marks
