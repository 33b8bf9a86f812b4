"""How an IMAP server names its folders: namespaces (RFC 2342), special uses (RFC 6154), modified UTF-7 or UTF-8."""

from dataclasses import dataclass, field, replace

from imap_tools.imap_utf7 import utf7_decode, utf7_encode
from imap_tools.utils import quote

from mgtui.mailbox.connection import Connection
from mgtui.mailbox.errors import MailboxRefused
from mgtui.mailbox.names import folder_parts, is_inbox
from mgtui.mailbox.responses import Value, as_text, values


@dataclass(frozen=True, slots=True)
class Naming:
    """What a server's own folders begin with, what parts their names, and which ones have a special use."""

    prefix: str = ""
    delimiter: str = "/"  #: "" where there is no hierarchy
    other_prefixes: tuple[str, ...] = ()  #: of folders shared by others
    special: dict[str, bytes] = field(default_factory=dict)  #: r"\SENT" in capitals -> name as it was listed
    utf8: bool = False  #: names go over the wire as UTF-8 (RFC 6855)

    def on_server(self, folder: str) -> str:
        r"""Give the server's name for a folder as it is configured; also for `\Sent` and its like."""
        parts = folder_parts(folder)
        if is_inbox(folder):
            return "INBOX"
        if folder.startswith("\\"):
            return self._special(folder)
        name = (self.delimiter or "/").join(parts)
        known = [each for each in (self.prefix, *self.other_prefixes) if each]
        if any(name.upper().startswith(each.upper()) for each in known):
            return name
        return self.prefix + name

    def _special(self, folder: str) -> str:
        if folder.upper() not in self.special:
            known = ", ".join(sorted(self.special)) or "none"
            raise MailboxRefused(f"the server marks no folder as {folder} (it knows: {known}): give its name")
        return _decoded(self.special[folder.upper()], self.utf8)

    def on_wire(self, folder: str) -> bytes:
        """Give a folder's name as a quoted string, in modified UTF-7 (RFC 3501, 5.1.3) unless UTF-8 is accepted."""
        name = self.on_server(folder)
        encoded = name.encode("utf-8") if self.utf8 else utf7_encode(name)
        # What was listed goes back as it came: not every server keeps to one way of writing names.
        quoted = quote(self.special.get(folder.upper(), encoded))
        return quoted if isinstance(quoted, bytes) else quoted.encode("ascii")

    def shows_others(self, folder: str) -> bool:
        r"""Tell whether a folder is a view on mails that lie elsewhere, such as `\All` at Gmail."""
        views = [self.special[use] for use in _VIEWS if use in self.special]
        return self.on_wire(folder) in [quote(name) for name in views]


_VIEWS = (r"\ALL", r"\FLAGGED", r"\IMPORTANT")
#: What LIST says of a folder's place and state (RFC 3501, 7.2.2; RFC 5258, 3), not of its use.
_NO_USES = frozenset(
    (r"\NOINFERIORS", r"\NOSELECT", r"\MARKED", r"\UNMARKED", r"\HASCHILDREN", r"\HASNOCHILDREN")
) | {r"\NONEXISTENT", r"\SUBSCRIBED", r"\REMOTE"}


def with_special_uses(connection: Connection, naming: Naming) -> Naming:
    """Look for special folders in a whole LIST: Exchange marks them there and announces nothing."""
    return replace(naming, special=_uses(connection, 'LIST "" "*"'))


def find_naming(connection: Connection) -> Naming:
    """Ask the server how it names folders, by NAMESPACE or else by LIST."""
    special = _uses(connection, 'LIST (SPECIAL-USE) "" "*"') if connection.can("SPECIAL-USE") else {}
    return replace(_hierarchy(connection), special=special, utf8=connection.utf8)


def _hierarchy(connection: Connection) -> Naming:
    if connection.can("NAMESPACE"):
        answer = connection.wire.ask("NAMESPACE", "asking for the namespaces")
        for parts in answer.of("NAMESPACE"):
            personal, *others = [_namespaces(value) for value in values(parts)[1:]] or [[]]
            if personal:
                shared = tuple(prefix for each in others for prefix, _ in each)
                return Naming(*personal[0], other_prefixes=shared)
    answer = connection.wire.ask('LIST "" ""', "asking for the hierarchy delimiter")
    for parts in answer.of("LIST"):
        listed = values(parts)
        if len(listed) > 2 and not isinstance(listed[2], list):
            return Naming("", as_text(listed[2]))
    return Naming()


def _namespaces(value: Value) -> list[tuple[str, str]]:
    if not isinstance(value, list):
        return []
    return [
        (as_text(each[0]), as_text(each[1])) for each in value if isinstance(each, list) and len(each) > 1
    ]


def _uses(connection: Connection, command: str) -> dict[str, bytes]:
    r"""Find the folders marked `\Sent`, `\Junk` and so on; the first of several counts."""
    found: dict[str, bytes] = {}
    for parts in connection.wire.run(command).of("LIST"):
        listed = values(parts)
        if len(listed) > 3 and isinstance(listed[1], list) and isinstance(listed[3], bytes):
            for flag in {as_text(flag).upper() for flag in listed[1]} - _NO_USES:
                found.setdefault(flag, listed[3])
    return found


def _decoded(name: bytes, utf8: bool) -> str:
    try:
        return as_text(name) if utf8 else utf7_decode(name)
    except ValueError:
        return as_text(name)
