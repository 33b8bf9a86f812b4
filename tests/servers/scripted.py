"""An IMAP server that says what a test has written down, for what no real server can be brought to say."""

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self

_USUAL = {
    b"CAPABILITY": [b"* CAPABILITY %CAPABILITY%", b"%TAG% OK done"],
    b"LOGIN": [b"%TAG% OK welcome"],
    b"LOGOUT": [b"* BYE see you", b"%TAG% OK done"],
    b"LIST": [b'* LIST (\\Noselect) "/" ""', b"%TAG% OK done"],
    b"NAMESPACE": [b'* NAMESPACE (("" "/")) NIL NIL', b"%TAG% OK done"],
    b"SELECT": [
        b"* 1 EXISTS",
        b"* OK [UIDVALIDITY 7] x",
        b"* OK [UIDNEXT 100] x",
        b"%TAG% OK [READ-WRITE] done",
    ],
}


class ScriptedServer:
    """Answers commands from a script: command name (`UID FETCH` with its first word) to lines.

    In lines %TAG%, %LINE% (the whole command), %LAST% (the last line read) and %CAPABILITY% are filled
    in; `%READ%` reads a line of the client, `%CLOSE%` closes.
    """

    def __init__(
        self,
        script: dict[bytes, list[bytes]] | None = None,
        *,
        greeting: bytes = b"* OK ready",
        capability: str = "IMAP4rev1 UIDPLUS MOVE IDLE AUTH=PLAIN",
    ) -> None:
        self.script = {**_USUAL, **(script or {})}
        self.lines: list[bytes] = []  #: what clients sent, without tags
        self._greeting = greeting
        self._capability = capability.encode()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._client: socket.socket | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in (self._listener, self._client):
            if each is not None:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
        self._thread.join(timeout=5)
        self._listener.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._client = client
                with client, client.makefile("rb") as reader, contextlib.suppress(OSError, EOFError):
                    client.sendall(self._greeting + b"\r\n")
                    for line in reader:
                        tag, _, command = line.rstrip(b"\r\n").partition(b" ")
                        self.lines.append(command)
                        for answer in self._answers(command):
                            self._say(client, reader, answer, tag, command)

    def _answers(self, command: bytes) -> list[bytes]:
        words = command.upper().split(b" ")
        name = b" ".join(words[: 2 if words[0] == b"UID" else 1])
        return self.script.get(name, [b"%TAG% OK done"])

    def _say(self, client: socket.socket, reader: object, answer: bytes, tag: bytes, command: bytes) -> None:
        if answer == b"%READ%":
            self.lines.append(reader.readline().rstrip(b"\r\n"))  # type: ignore[attr-defined]
            return
        if answer == b"%CLOSE%":
            raise EOFError
        filled = answer.replace(b"%TAG%", tag).replace(b"%LINE%", command).replace(b"%LAST%", self.lines[-1])
        client.sendall(filled.replace(b"%CAPABILITY%", self._capability) + b"\r\n")
