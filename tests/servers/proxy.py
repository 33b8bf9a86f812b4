"""A TCP proxy on 127.0.0.1 that writes down what a client sends, and fails on purpose.

with Proxy(server.port) as proxy:
    proxy.fault = Fault("cut", match=b"UID MOVE", answer_bytes=0)   # the server moves, nobody hears of it
    ... a client connects to proxy.port ...
    assert b"EXPUNGE" not in proxy.words()
"""

import contextlib
import queue
import socket
import threading
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Literal

Kind = Literal["cut", "stall", "corrupt"]

_CHUNK = 65536


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong, once, and where.

    The place is a command: the one of this number (from 0, all connections together), or the first that
    holds `match`. With `answer_bytes` the command is let through, and so many bytes of its answer; without,
    the command itself gets lost. `cut` closes, `stall` says nothing any more,
    `corrupt` changes the next byte of the answer.
    """

    kind: Kind
    command: int | None = None
    match: bytes | None = None
    answer_bytes: int | None = None

    def hits(self, number: int, line: bytes) -> bool:
        """Tell whether a command is the place."""
        if self.command is not None:
            return number == self.command
        return self.match is not None and self.match.upper() in line.upper()


class Proxy:
    """Stands between a client and a server; `delay` (seconds) is added to each way."""

    def __init__(self, target_port: int, *, delay: float = 0.0) -> None:
        self.commands: list[bytes] = []  #: the lines that clients sent, without tags and line ends
        self.fault: Fault | None = None  #: taken off when it has struck
        self.struck = threading.Event()
        self.delay = delay
        self._target_port = target_port
        self._lock = threading.Lock()
        self._pairs: list[_Pair] = []
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> "Proxy":
        self.run(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(self, work: object, *arguments: object) -> None:
        """Start a thread that `close` waits for."""
        thread = threading.Thread(target=work, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                try:
                    server = socket.create_connection(("127.0.0.1", self._target_port))
                except OSError:
                    client.close()
                    continue
                pair = _Pair(self, client, server)
                self._pairs.append(pair)
                pair.start()

    def note(self, line: bytes) -> Fault | None:
        """Write a command down; give the fault that strikes here, if any."""
        with self._lock:
            self.commands.append(line.partition(b" ")[2] or line)
            fault = self.fault
            if fault is None or not fault.hits(len(self.commands) - 1, line):
                return None
            self.fault = None
            return fault

    def words(self) -> set[bytes]:
        """Give the commands that were sent, in capitals, with UID where it belongs: b"UID FETCH"."""
        with self._lock:
            split = [line.upper().split(b" ") for line in self.commands]
        return {b" ".join(words[: 2 if words[0] == b"UID" else 1]) for words in split}

    def cut(self) -> None:
        """Close all connections now."""
        for pair in list(self._pairs):
            pair.end()

    def close(self) -> None:
        """Close everything and wait for the threads."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()
        for thread in self._threads:
            thread.join(timeout=5)
        for pair in self._pairs:
            pair.close()


class _Pair:
    """One connection of a client, and the one to the server that belongs to it."""

    def __init__(self, proxy: Proxy, client: socket.socket, server: socket.socket) -> None:
        self._proxy = proxy
        self._client = client
        self._server = server
        self._armed: Fault | None = None
        self._let_through = 0
        self._stalled = threading.Event()
        self._to_client: queue.SimpleQueue[tuple[float, bytes | None]] = queue.SimpleQueue()
        self._to_server: queue.SimpleQueue[tuple[float, bytes | None]] = queue.SimpleQueue()

    def start(self) -> None:
        """Begin to pass bytes on, both ways."""
        self._proxy.run(self._from_client)
        self._proxy.run(self._from_server)
        self._proxy.run(self._deliver, self._to_client, self._client)
        self._proxy.run(self._deliver, self._to_server, self._server)

    def _from_client(self) -> None:
        rest = b""
        while data := self._receive(self._client):
            *lines, rest = (rest + data).split(b"\r\n")
            for line in lines:
                fault = self._proxy.note(line)
                if fault and fault.answer_bytes is None:
                    self._strike(fault, b"")
                    if fault.kind != "corrupt":
                        return
                elif fault:
                    self._let_through = fault.answer_bytes or 0
                    self._armed = fault
                self._pass(self._to_server, line + b"\r\n")
        self._pass(self._to_server, None)

    def _from_server(self) -> None:
        while data := self._receive(self._server):
            fault = self._armed
            if fault is None:
                self._pass(self._to_client, data)
            elif len(data) <= self._let_through:
                self._let_through -= len(data)
                self._pass(self._to_client, data)
            else:
                self._armed = None
                self._pass(self._to_client, data[: self._let_through])
                self._strike(fault, data[self._let_through :])
        self._pass(self._to_client, None)

    def _strike(self, fault: Fault, rest: bytes) -> None:
        if fault.kind == "corrupt":
            self._pass(self._to_client, (b"\x00" + rest[1:]) if rest else b"")
        elif fault.kind == "stall":
            self._stalled.set()
        else:
            self._pass(self._to_client, None)
        self._proxy.struck.set()

    def _pass(self, way: "queue.SimpleQueue[tuple[float, bytes | None]]", data: bytes | None) -> None:
        """Queue bytes for delivery; None closes."""
        if not self._stalled.is_set():
            way.put((time.monotonic() + self._proxy.delay, data))

    def _deliver(self, way: "queue.SimpleQueue[tuple[float, bytes | None]]", target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                due, data = way.get()
                time.sleep(max(0.0, due - time.monotonic()))
                if data is None:
                    break
                target.sendall(data)
        self.end()

    @staticmethod
    def _receive(source: socket.socket) -> bytes:
        try:
            return source.recv(_CHUNK)
        except OSError:
            return b""

    def end(self) -> None:
        """Close both connections, so that every thread of the pair ends."""
        self._stalled.clear()
        for each in (self._client, self._server):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for way in (self._to_client, self._to_server):
            way.put((0.0, None))

    def close(self) -> None:
        """Give the sockets back, once no thread uses them any more."""
        self._client.close()
        self._server.close()
