"""A small IMAP server that keeps mails in memory, speaks like those of several makes, and misbehaves on request.

What a Dovecot can't be brought to do is tested here; everything else on a real one.
"""

import contextlib
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from tests.servers.flavours import Flavour

_WORDS = re.compile(rb'"((?:[^"\\]|\\.)*)"|(\((?:[^()]|\([^()]*\))*\))|([^\s()"]+)')


@dataclass(slots=True)
class Mail:
    """A mail in a folder."""

    raw: bytes
    flags: set[bytes] = field(default_factory=set)


@dataclass(slots=True)
class Folder:
    """A folder: mails by UID, ascending."""

    uid_validity: int
    next_uid: int = 1
    mails: dict[int, Mail] = field(default_factory=dict)
    flags: bytes = rb"\HasNoChildren"

    def add(self, mail: Mail) -> int:
        """Take a mail in and give its UID."""
        uid, self.next_uid = self.next_uid, self.next_uid + 1
        self.mails[uid] = mail
        return uid


#: (command, the server) -> lines to send in place of the usual answer, None for the usual one
Misbehave = Callable[[bytes, "FlavouredServer"], list[bytes] | None]


class FlavouredServer:
    """One account with the password `secret`; `%TAG%` in lines of `misbehave` is the command's tag."""

    def __init__(self, flavour: Flavour) -> None:
        self.flavour = flavour
        self.lines: list[bytes] = []  #: the commands that came, without tags
        self.subscribed: set[bytes] = set()
        self.misbehave: Misbehave = lambda _line, _server: None
        self.folders = {b"INBOX": Folder(7)}
        for number, (name, flags) in enumerate(flavour.folders.items()):
            self.folders[name] = Folder(100 + number, flags=flags)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._clients: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._changed = threading.Condition()
        self._ended = False

    def deliver(self, raw: bytes, flags: bytes = b"") -> int:
        """Deliver a mail to the INBOX."""
        with self._changed:
            if self.flavour.everything:
                self.folders[self.flavour.everything].add(Mail(raw))
            uid = self.folders[b"INBOX"].add(Mail(raw, set(flags.split())))
            self._changed.notify_all()
        return uid

    def mails(self, folder: bytes) -> list[bytes]:
        """Give what is in a folder and not marked as deleted."""
        return [mail.raw for mail in self.folders[folder].mails.values() if b"\\Deleted" not in mail.flags]

    def words(self) -> set[bytes]:
        """Give the commands that came, with UID where it belongs."""
        split = [line.upper().split(b" ") for line in list(self.lines)]
        return {b" ".join(words[: 2 if words[0] == b"UID" else 1]) for words in split}

    def __enter__(self) -> Self:
        self._run(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        for each in (self._listener, *self._clients):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(timeout=5)
        self._listener.close()

    def _run(self, work: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._clients.append(client)
                self._run(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        with client, client.makefile("rb") as reader, contextlib.suppress(OSError, EOFError):
            session = Session(self)
            client.sendall(self.flavour.greeting + b"\r\n")
            for line in reader:
                tag, _, command = line.rstrip(b"\r\n").partition(b" ")
                self.lines.append(command)
                if command.upper() == b"IDLE":
                    self._idle(client, reader, session)
                for answer in self._answers(session, command):
                    client.sendall(answer.replace(b"%TAG%", tag) + b"\r\n")
                if command.upper() == b"LOGOUT":
                    return

    def _answers(self, session: "Session", command: bytes) -> Iterator[bytes]:
        instead = self.misbehave(command, self)
        if instead is not None:
            if b"%CLOSE%" in instead:
                raise EOFError
            yield from instead
            return
        with self._changed:
            yield from list(session.answer(command))

    def _idle(self, client: socket.socket, reader: Any, session: "Session") -> None:
        """Tell of new mails until the client says DONE."""
        client.sendall(self.flavour.idle + b"\r\n")
        over = threading.Event()

        def tell() -> None:
            with self._changed:
                while not (over.is_set() or self._ended):
                    if told := session.news():
                        with contextlib.suppress(OSError):
                            client.sendall(told + b"\r\n")
                    self._changed.wait()

        self._run(tell)
        done = reader.readline()
        with self._changed:
            over.set()
            self._changed.notify_all()
        if done.strip().upper() != b"DONE":
            raise EOFError


class Session:
    """One connection: which folder is open, and answers to commands."""

    def __init__(self, server: FlavouredServer) -> None:
        self._server = server
        self._flavour = server.flavour
        self._name = b""
        self._told = 0
        self._logged_in = False

    def news(self) -> bytes:
        """Say how many mails the open folder holds, if that changed."""
        now = len(self._server.folders[self._name].mails)
        if now == self._told:
            return b""
        self._told = now
        return b"* %d EXISTS" % now

    @property
    def _folder(self) -> Folder:
        return self._server.folders[self._name]

    def answer(self, command: bytes) -> Iterator[bytes]:
        """Give the lines that answer a command."""
        words = [b"".join(found) for found in _WORDS.findall(command)]
        name = b"_".join(words[: 2 if words[0].upper() == b"UID" else 1]).decode().lower()
        method = getattr(self, f"_{name}", None)
        if method is None:
            yield b"%TAG% BAD unknown command"
            return
        yield from method(*words[2 if name.startswith("uid_") else 1 :])

    def _capability(self) -> Iterator[bytes]:
        has = self._flavour.after_login if self._logged_in else self._flavour.before_login
        yield b"* CAPABILITY " + has.encode()
        yield b"%TAG% OK done"

    def _login(self, _user: bytes, password: bytes) -> Iterator[bytes]:
        self._logged_in = password == b"secret"
        yield b"%TAG% OK welcome" if self._logged_in else b"%TAG% NO [AUTHENTICATIONFAILED] no"

    def _logout(self) -> Iterator[bytes]:
        yield b"* BYE see you"
        yield b"%TAG% OK done"

    def _noop(self) -> Iterator[bytes]:
        yield b"%TAG% OK done"

    _idle = _unselect = _noop

    def _enable(self, word: bytes) -> Iterator[bytes]:
        yield b"* ENABLED " + (word if self._flavour.can(word.decode()) else b"")
        yield b"%TAG% OK done"

    def _namespace(self) -> Iterator[bytes]:
        yield b"* NAMESPACE " + self._flavour.namespace
        yield b"%TAG% OK done"

    def _list(self, *words: bytes) -> Iterator[bytes]:
        special = words[0].upper() == b"(SPECIAL-USE)"
        delimiter = self._flavour.delimiter
        if words[-1] == b"":
            yield b'* LIST (\\Noselect) "' + delimiter + b'" ""'
        else:
            for name, folder in self._server.folders.items():
                if not special or re.search(rb"\\(All|Sent|Trash|Junk|Drafts)", folder.flags):
                    yield b"* LIST (" + folder.flags + b') "' + delimiter + b'" "' + name + b'"'
        yield b"%TAG% OK done"

    def _create(self, name: bytes) -> Iterator[bytes]:
        if not name.startswith(self._flavour.prefix) or name in self._server.folders:
            yield b"%TAG% NO Invalid mailbox name"
            return
        self._server.folders[name] = Folder(1000 + len(self._server.folders))
        yield b"%TAG% OK done"

    def _subscribe(self, name: bytes) -> Iterator[bytes]:
        self._server.subscribed.add(name)
        yield b"%TAG% OK done"

    def _status(self, name: bytes, _items: bytes) -> Iterator[bytes]:
        folder = self._server.folders.get(name)
        if folder is None:
            yield b"%TAG% NO no such mailbox"
            return
        numbers = (folder.uid_validity, folder.next_uid)
        yield b'* STATUS "' + name + b'" (UIDVALIDITY %d UIDNEXT %d)' % numbers
        yield b"%TAG% OK done"

    def _select(self, name: bytes, right: bytes = b"READ-WRITE") -> Iterator[bytes]:
        folder = self._server.folders.get(name)
        if folder is None:
            yield b"%TAG% NO [NONEXISTENT] no such mailbox"
            return
        self._name, self._told = name, len(folder.mails)
        yield b"* %d EXISTS" % len(folder.mails)
        yield b"* 0 RECENT"
        yield rb"* FLAGS (\Answered \Flagged \Draft \Deleted \Seen)"
        yield b"* OK [PERMANENTFLAGS (" + self._flavour.permanent + b")] Limited"
        yield b"* OK [UIDVALIDITY %d] Ok" % folder.uid_validity
        yield b"* OK [UIDNEXT %d] Ok" % folder.next_uid
        yield from self._flavour.select
        yield b"%TAG% OK [" + right + b"] done"

    def _examine(self, name: bytes) -> Iterator[bytes]:
        yield from self._select(name, b"READ-ONLY")

    def _uid_search(self, *criteria: bytes) -> Iterator[bytes]:
        found = list(self._folder.mails)
        for word, following in zip(criteria, [*criteria[1:], b""], strict=True):
            if word == b"UID":
                found = [uid for uid in found if uid in self._uids(following)]
            if word == b"UNDELETED":
                found = [uid for uid in found if b"\\Deleted" not in self._folder.mails[uid].flags]
        yield b" ".join([b"* SEARCH", *(b"%d" % uid for uid in found)])
        yield b"%TAG% OK done"

    def _uids(self, which: bytes) -> list[int]:
        known, found = list(self._folder.mails), set()
        last = known[-1] if known else 0
        for item in which.split(b","):
            ends = [last if end == b"*" else int(end) for end in item.split(b":")]
            first, final = min(ends[0], ends[-1]), max(ends[0], ends[-1])
            found |= {uid for uid in known if first <= uid <= final}
        return sorted(found)

    def _uid_fetch(self, which: bytes, items: bytes) -> Iterator[bytes]:
        places = {uid: number for number, uid in enumerate(self._folder.mails, start=1)}
        for uid in self._uids(which):
            mail = self._folder.mails[uid]
            if self._flavour.chatter:
                yield b"* %d FETCH (FLAGS (%s))" % (places[uid], b" ".join(sorted(mail.flags)))
            size = b"RFC822.SIZE %d" % (len(mail.raw) + self._flavour.wrong_sizes)
            head = mail.raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
            literals = {b"BODY.PEEK[]": mail.raw, b"BODY.PEEK[HEADER]": head}
            parts = [size] if b"RFC822.SIZE" in items else []
            for asked, data in literals.items():
                if asked in items:
                    parts.append(asked.replace(b".PEEK", b"") + b" {%d}\r\n" % len(data) + data)
            parts.insert(len(parts) if self._flavour.uid_last else 0, b"UID %d" % uid)
            yield b"* %d FETCH (%s)" % (places[uid], b" ".join(parts))
        yield b"%TAG% OK done"

    def _uid_store(self, which: bytes, _what: bytes, flags: bytes) -> Iterator[bytes]:
        for uid in self._uids(which):
            self._folder.mails[uid].flags |= set(flags.strip(b"()").split())
        yield b"%TAG% OK done"

    def _uid_expunge(self, which: bytes) -> Iterator[bytes]:
        if not self._flavour.can("UIDPLUS"):
            yield b"%TAG% BAD unknown command"
            return
        for uid in self._uids(which):
            if b"\\Deleted" in self._folder.mails[uid].flags:
                yield from self._remove(uid)
        yield b"%TAG% OK done"

    def _expunge(self) -> Iterator[bytes]:
        for uid in self._uids(b"1:*"):
            if b"\\Deleted" in self._folder.mails[uid].flags:
                yield from self._remove(uid)
        yield b"%TAG% OK done"

    _close = _expunge

    def _remove(self, uid: int) -> Iterator[bytes]:
        yield b"* %d EXPUNGE" % (list(self._folder.mails).index(uid) + 1)
        del self._folder.mails[uid]
        self._told = len(self._folder.mails)

    def _uid_copy(self, which: bytes, name: bytes) -> Iterator[bytes]:
        target = self._server.folders.get(name)
        if target is None:
            yield b"%TAG% NO [TRYCREATE] no such mailbox"
            return
        yield b"%TAG% OK " + self._copied(which, target) + b"done"

    def _uid_move(self, which: bytes, name: bytes) -> Iterator[bytes]:
        target = self._server.folders.get(name)
        if not self._flavour.can("MOVE") or target is None:
            yield b"%TAG% NO [TRYCREATE] no such mailbox" if target is None else b"%TAG% BAD unknown command"
            return
        uids = self._uids(which)
        if proof := self._copied(which, target):
            yield b"* OK " + proof
        for uid in uids:
            yield from self._remove(uid)
        yield b"%TAG% OK done"

    def _copied(self, which: bytes, target: Folder) -> bytes:
        uids = self._uids(which)
        new = [target.add(Mail(self._folder.mails[uid].raw)) for uid in uids]
        if not (self._flavour.can("UIDPLUS") and uids):
            return b""
        old, there = (b",".join(b"%d" % uid for uid in each) for each in (uids, new))
        return b"[COPYUID %d %s %s] " % (target.uid_validity, old, there)
