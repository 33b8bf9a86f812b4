"""Folders of an IMAP account: where they stand, what is in them, how they are made."""

from datetime import date

from mgtui.mailbox.connection import Connection
from mgtui.mailbox.errors import MailboxRefused
from mgtui.mailbox.naming import Naming
from mgtui.mailbox.protocol import FolderState
from mgtui.mailbox.responses import as_text, keyword, values
from mgtui.mailbox.wire import Answer

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_text(day: date) -> str:
    """Write a day as IMAP does (RFC 9051, date-text), whatever the locale."""
    return f"{day.day}-{_MONTHS[day.month - 1]}-{day.year:04}"


def select(connection: Connection, naming: Naming, folder: str, *, look_only: bool = False) -> FolderState:
    """Select a folder. Raises `MailboxRefused` where it is missing, or mails can't be moved out of it.

    With `look_only` it is examined: it stays wholly as it is, the \\Recent flags too, and may be read-only.
    """
    if naming.shows_others(folder) and not look_only:
        raise MailboxRefused(
            f"the folder {folder!r} shows mails of other folders: nothing can be moved out of it"
        )
    wire, command = connection.wire, b"EXAMINE " if look_only else b"SELECT "
    answer = wire.ask(command + naming.on_wire(folder), f"opening the folder {folder!r}", MailboxRefused)
    status = answer.status
    permanent = [data.upper() for data in answer.codes("PERMANENTFLAGS")]
    # Servers answer OK to STORE and EXPUNGE in a read-only folder and do nothing.
    read_only = (status and status.code == "READ-ONLY") or (permanent and b"\\DELETED" not in permanent[-1])
    if read_only and not look_only:
        connection.wire.ask("UNSELECT" if connection.can("UNSELECT") else "NOOP", "leaving a folder")
        raise MailboxRefused(
            f"the folder {folder!r} is read-only for this account: mails can't be moved out of it"
        )
    if answer.codes("UIDNOTSTICKY"):
        raise MailboxRefused(f"the server keeps no lasting UIDs for the folder {folder!r}")
    validity, uid_next = _last(answer.codes("UIDVALIDITY")), _last(answer.codes("UIDNEXT"))
    if not validity:
        raise MailboxRefused(f"the server tells no UIDVALIDITY for the folder {folder!r}")
    return FolderState(folder, validity, uid_next or _next_by_search(connection), bool(read_only))


def state(connection: Connection, naming: Naming, folder: str) -> FolderState:
    """Tell where a folder stands, by STATUS."""
    command = b"STATUS " + naming.on_wire(folder) + b" (UIDVALIDITY UIDNEXT)"
    found = _status_items(connection.wire.ask(command, f"looking at the folder {folder!r}", MailboxRefused))
    if "UIDVALIDITY" not in found or "UIDNEXT" not in found:
        raise MailboxRefused(f"the server doesn't tell where the folder {folder!r} stands")
    return FolderState(folder, found["UIDVALIDITY"], found["UIDNEXT"])


def _status_items(answer: Answer) -> dict[str, str]:
    for parts in answer.untagged:
        items = values(parts)[-1] if keyword(parts) == "STATUS" else None
        if isinstance(items, list):
            return {
                as_text(name).upper(): as_text(value)
                for name, value in zip(items[::2], items[1::2], strict=False)
            }
    return {}


def _last(codes: list[bytes]) -> str:
    return codes[-1].decode("ascii") if codes and codes[-1].isdigit() else ""


def _next_by_search(connection: Connection) -> str:
    """Work out UIDNEXT for servers that leave it out of SELECT."""
    return str(max((int(uid) for uid in search(connection, "UID *")), default=0) + 1)


def search(connection: Connection, criteria: str) -> list[str]:
    """Give the UIDs of the selected folder that fit, ascending; an answer may come in several responses."""
    answer = connection.wire.ask(f"UID SEARCH {criteria}", "listing mails")
    words = {word for parts in answer.of("SEARCH") for word in parts[0].split()[1:]}
    return [str(uid) for uid in sorted(int(word) for word in words if word.isdigit())]


def ensure(connection: Connection, naming: Naming, folder: str) -> None:
    """Create and subscribe a folder where it is missing; what exists stays as it is."""
    name = naming.on_wire(folder)
    wire = connection.wire
    asked = wire.run(b"STATUS " + name + b" (UIDVALIDITY)")
    if asked.status and asked.status.word == "OK":
        return
    made = wire.run(b"CREATE " + name)
    if made.status and made.status.code == "ALREADYEXISTS":
        return
    wire.demand(made, f"creating the folder {folder!r}", MailboxRefused)
    wire.run(b"SUBSCRIBE " + name)  # a folder that mail programs don't show still works
