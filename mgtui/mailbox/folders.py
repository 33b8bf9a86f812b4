"""Folders of an IMAP account: how they are named on the wire, where they stand, how they are made."""

from dataclasses import dataclass

from imap_tools.imap_utf7 import utf7_encode
from imap_tools.utils import quote

from mgtui.mailbox.connection import Connection
from mgtui.mailbox.errors import MailboxRefused
from mgtui.mailbox.names import folder_parts, is_inbox
from mgtui.mailbox.protocol import FolderState
from mgtui.mailbox.responses import Value, keyword, values
from mgtui.mailbox.wire import Answer


@dataclass(frozen=True, slots=True)
class Naming:
    """How a server builds names (RFC 2342): what its own folders begin with, and what parts them."""

    prefix: str = ""
    delimiter: str = "/"  #: "" where there is no hierarchy
    other_prefixes: tuple[str, ...] = ()  #: of folders shared by others

    def on_server(self, folder: str) -> str:
        """Give the server's name for a folder as a configuration writes it."""
        parts = folder_parts(folder)
        if is_inbox(folder):
            return "INBOX"
        name = (self.delimiter or "/").join(parts)
        known = [each for each in (self.prefix, *self.other_prefixes) if each]
        if any(name.upper().startswith(each.upper()) for each in known):
            return name
        return self.prefix + name

    def on_wire(self, folder: str) -> bytes:
        """Give a folder's name as a quoted string in modified UTF-7 (RFC 3501, 5.1.3)."""
        quoted = quote(utf7_encode(self.on_server(folder)))
        return quoted if isinstance(quoted, bytes) else quoted.encode("ascii")


def find_naming(connection: Connection) -> Naming:
    """Ask the server how it names folders, by NAMESPACE or else by LIST."""
    if connection.can("NAMESPACE"):
        answer = connection.wire.ask("NAMESPACE", "asking for the namespaces")
        for parts in answer.of("NAMESPACE"):
            personal, *others = (_namespaces(value) for value in values(parts)[1:])
            if personal:
                shared = tuple(prefix for each in others for prefix, _ in each)
                return Naming(*personal[0], other_prefixes=shared)
    answer = connection.wire.ask('LIST "" ""', "asking for the hierarchy delimiter")
    for parts in answer.of("LIST"):
        listed = values(parts)
        if len(listed) > 2 and not isinstance(listed[2], list):
            return Naming("", _text(listed[2]))
    return Naming()


def _namespaces(value: Value) -> list[tuple[str, str]]:
    if not isinstance(value, list):
        return []
    return [(_text(each[0]), _text(each[1])) for each in value if isinstance(each, list) and len(each) > 1]


def _text(value: Value) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def select(connection: Connection, naming: Naming, folder: str) -> FolderState:
    """Select a folder. Raises `MailboxRefused` where it is missing, or mails can't be moved out of it."""
    wire = connection.wire
    answer = wire.ask(b"SELECT " + naming.on_wire(folder), f"opening the folder {folder!r}", MailboxRefused)
    status = answer.status
    permanent = [data.upper() for data in answer.codes("PERMANENTFLAGS")]
    # Servers answer OK to STORE and EXPUNGE in a read-only folder and do nothing.
    if (status and status.code == "READ-ONLY") or (permanent and b"\\DELETED" not in permanent[-1]):
        connection.wire.ask("UNSELECT" if connection.can("UNSELECT") else "NOOP", "leaving a folder")
        raise MailboxRefused(
            f"the folder {folder!r} is read-only for this account: mails can't be moved out of it"
        )
    if answer.codes("UIDNOTSTICKY"):
        raise MailboxRefused(f"the server keeps no lasting UIDs for the folder {folder!r}")
    validity, uid_next = _last(answer.codes("UIDVALIDITY")), _last(answer.codes("UIDNEXT"))
    if not validity:
        raise MailboxRefused(f"the server tells no UIDVALIDITY for the folder {folder!r}")
    return FolderState(folder, validity, uid_next or _next_by_search(connection))


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
                _text(name).upper(): _text(value)
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
