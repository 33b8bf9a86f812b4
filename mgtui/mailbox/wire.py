"""Commands and their answers on the connection that imap_tools opened.

A FETCH may be sent ahead of the answers to others. imaplib itself would drop what it doesn't expect,
split a literal from its UID, and hide codes; so only its socket and its reader are used here.
"""

import contextlib
import imaplib
import re
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from mgtui.mailbox.errors import MailboxError, MailboxRefused, MailboxUnavailable
from mgtui.mailbox.listening import has_input
from mgtui.mailbox.refusals import patience, translate
from mgtui.mailbox.responses import Parts, Status, keyword, read_status

_LITERAL = re.compile(rb"~?\{(\d{1,20})\+?\}\Z")
LARGEST_LITERAL = 2**30  #: bytes; a server that announces more is broken or means harm


@dataclass(slots=True)
class Answer:
    """What a server said to one command; `status` is None until it is complete."""

    tag: bytes
    untagged: list[Parts] = field(default_factory=list)
    status: Status | None = None

    def of(self, word: str) -> list[Parts]:
        """Give the untagged responses of one kind."""
        return [parts for parts in self.untagged if keyword(parts) == word]

    def codes(self, name: str) -> list[bytes]:
        """Give the data of a response code wherever it stands, in the order of the responses."""
        lines = [read_status(parts[0]) for parts in self.untagged if keyword(parts) in ("OK", "NO", "BAD")]
        found = [line for line in [*lines, self.status] if line is not None]
        return [line.data for line in found if line.code == name]


class Wire:
    """One connection. Every failure of it is a `MailboxUnavailable`, and it is of no use afterwards."""

    def __init__(self, client: imaplib.IMAP4, place: str, timeout: float) -> None:
        self._client = client
        self._place = place
        self._timeout = timeout
        self._number = 0
        self._open: deque[Answer] = deque()
        self.broken = False
        self.alerts: deque[str] = deque(maxlen=20)  #: what the server wants people to read

    @property
    def has_open_answers(self) -> bool:
        """Tell whether commands were sent whose answers haven't been read."""
        return bool(self._open)

    def send(self, command: str | bytes) -> Answer:
        """Send a command ahead of answers still to come; good for FETCH only, which says its UID.

        Dovecot works on such commands at once, and what it says may stand under an earlier one.
        Raises `MailboxRefused` for a command that would become two.
        """
        line = command.encode("ascii") if isinstance(command, str) else command
        if any(byte in line for byte in (b"\r", b"\n", b"\0")):
            raise MailboxRefused("a name or a search text holds a line end or a NUL")
        self._number += 1
        answer = Answer(b"m%d" % self._number)
        self.send_line(answer.tag + b" " + line)
        self._open.append(answer)
        return answer

    def begin(self, command: str | bytes) -> Answer:
        """Send a command once all others are answered, so that what is said belongs to it."""
        self.drain()
        return self.send(command)

    def run(self, command: str | bytes) -> Answer:
        """Send a command by itself and read its answer, whatever it is."""
        return self.finish(self.begin(command))

    def send_line(self, line: bytes) -> None:
        """Send a line that is no command of its own, such as the DONE of IDLE."""
        with self.failures():
            self._client.send(line + b"\r\n")

    def finish(self, answer: Answer) -> Answer:
        """Read until a command is answered."""
        while answer.status is None:
            self.read_response()
        return answer

    def drain(self) -> None:
        """Read what is still to come of commands that nobody waits for any more."""
        while self._open:
            self.read_response()

    def ask(
        self, command: str | bytes, doing: str, otherwise: type[MailboxError] = MailboxUnavailable
    ) -> Answer:
        """Send a command and wait for its answer. Raises a `MailboxError` where it isn't OK."""
        return self.demand(self.run(command), doing, otherwise)

    def demand(
        self, answer: Answer, doing: str, otherwise: type[MailboxError] = MailboxUnavailable
    ) -> Answer:
        """Give a finished answer back if it is OK, else raise what it means."""
        status = answer.status
        if status is None or status.word != "OK":
            raise translate(self._place, doing, status or read_status(b"NO"), otherwise)
        return answer

    def read_response(self) -> Parts:
        """Read one response, book it where it belongs, and give it back."""
        parts = self._read_parts()
        line = parts[0]
        if line.startswith(b"* "):
            parts[0] = line[2:]
            self._book_untagged(parts)
        elif not line.startswith(b"+"):
            self._book_status(line)
        return parts

    def _book_status(self, line: bytes) -> None:
        tag, _, status = line.partition(b" ")
        for answer in self._open:
            if answer.tag == tag:
                answer.status = self._noted(status)
                self._open.remove(answer)
                return
        raise self._failed("sent something that is no IMAP")

    def _book_untagged(self, parts: Parts) -> None:
        word = keyword(parts)
        if word == "BYE":
            said = self._noted(parts[0])
            error = self._failed(
                f"ended the connection: {said.text}" if said.text else "ended the connection"
            )
            error.patience = patience(said)
            raise error
        if word in ("OK", "NO", "BAD"):
            self._noted(parts[0])
        if self._open:
            self._open[0].untagged.append(parts)

    def _noted(self, line: bytes) -> Status:
        status = read_status(line)
        if status.code == "ALERT":
            self.alerts.append(status.text)
        return status

    def _read_parts(self) -> Parts:
        parts: Parts = []
        with self.failures():
            while True:
                line = self._client.readline()
                if not line.endswith(b"\n"):
                    raise self._failed("closed the connection")
                text = line.rstrip(b"\r\n")
                match = _LITERAL.search(text)
                if match is None:
                    parts.append(text)
                    return parts
                parts += [text[: match.start()], self._read_literal(int(match[1]))]

    def _read_literal(self, size: int) -> bytes:
        if size > LARGEST_LITERAL:
            raise self._failed(f"announced a mail of {size} bytes, more than can be taken")
        data = self._client.read(size)
        if len(data) != size:
            raise self._failed("closed the connection in the middle of a mail")
        return data

    def is_readable(self, seconds: float, bell: int) -> bool:
        """Wait until the server says something or hangs up; False after so long, or when the bell rings."""
        with self.failures():
            return has_input(self._client, seconds, self._timeout, bell)

    @contextlib.contextmanager
    def failures(self) -> Any:
        """Turn what goes wrong on a connection into `MailboxUnavailable`."""
        try:
            yield
        except TimeoutError:
            raise self._failed(f"gave no answer within {self._timeout:.0f} seconds") from None
        except (OSError, imaplib.IMAP4.error, ValueError) as error:
            if isinstance(error, imaplib.IMAP4.error | ValueError):
                raise self._failed("closed the connection") from None
            raise self._failed(f"lost the connection: {error.strerror or type(error).__name__}") from None

    def _failed(self, what: str) -> MailboxUnavailable:
        self.broken = True
        return MailboxUnavailable(f"{self._place} {what}")

    def hang_up(self) -> None:
        """Close the connection without a word."""
        self.broken = True
        with contextlib.suppress(OSError, ValueError):
            self._client.shutdown()
