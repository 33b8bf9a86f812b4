"""A real terminal for tests: a pty with a program on it, and pyte that draws what the program writes.

Bytes are drawn when somebody looks at the screen, so that measurements don't pay for it.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence

import pyte

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "pagedown": "\x1b[6~",
    "space": " ",
    "backspace": "\x7f",
}


class Terminal:
    """Runs a program on a terminal of its own."""

    def __init__(
        self,
        argv: Sequence[str],
        columns: int = 80,
        rows: int = 24,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.received = bytearray()
        self._drawn = 0
        self.heard_at = 0.0  #: when the last bytes came, as `perf_counter` has it
        self._status: int | None = None
        size = struct.pack("HHHH", rows, columns, 0, 0)
        usual = {
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "PATH": os.environ["PATH"],
            "HOME": os.environ["HOME"],
        }
        self.pid, self._descriptor = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.execvpe(argv[0], list(argv), {**usual, **(environment or {})})
        fcntl.ioctl(self._descriptor, termios.TIOCSWINSZ, size)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @property
    def screen(self) -> pyte.Screen:
        """The screen with all on it that came so far."""
        self._stream.feed(bytes(self.received[self._drawn :]))
        self._drawn = len(self.received)
        return self._screen

    @property
    def lines(self) -> list[str]:
        """What stands on the screen."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        """What stands on the screen, in one text."""
        return "\n".join(self.lines)

    def press(self, *keys: str) -> None:
        """Press keys: names as in `KEYS`, or texts as they are typed."""
        for key in keys:
            os.write(self._descriptor, KEYS.get(key, key).encode())

    def resize(self, columns: int, rows: int) -> None:
        """Take another size, and tell the program."""
        self.screen.resize(rows, columns)
        fcntl.ioctl(self._descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def wait_for(self, seen: str | Callable[[str], bool], seconds: float = 20.0) -> str:
        """Read until a text stands on the screen, or a question about it is answered yes."""
        fits = (lambda text: seen in text) if isinstance(seen, str) else seen
        until = time.monotonic() + seconds
        while not fits(self.text):
            if time.monotonic() > until or not self.read(until - time.monotonic()):
                raise AssertionError(f"waited in vain for {seen!r}; on the screen:\n{self.text}")
        return self.text

    def settle(self, quiet: float = 0.3, seconds: float = 10.0) -> None:
        """Read until nothing came for a while."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.read(quiet):
            pass

    def read(self, seconds: float) -> bool:
        """Take in what came within so many seconds; tell whether anything did."""
        ready, _, _ = select.select([self._descriptor], [], [], max(seconds, 0.0))
        if not ready:
            return False
        try:
            data = os.read(self._descriptor, 65536)
        except OSError:
            return False
        self.heard_at = time.perf_counter()
        self.received += data
        return bool(data)

    def is_alive(self) -> bool:
        """Tell whether the program still runs."""
        if self._status is None:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            self._status = status if done else None
        return self._status is None

    def wait_for_end(self, seconds: float = 20.0) -> None:
        """Read until the program has ended by itself."""
        until = time.monotonic() + seconds
        while self.is_alive():
            self.read(0.05)
            assert time.monotonic() < until, f"it doesn't end; on the screen:\n{self.text}"

    def end(self) -> int:
        """End the program, kindly if it still listens; give its exit status."""
        until = time.monotonic() + 5.0
        if self.is_alive():
            os.kill(self.pid, signal.SIGTERM)
        while self.is_alive():
            self.read(0.05)
            if time.monotonic() > until:
                os.kill(self.pid, signal.SIGKILL)
        os.close(self._descriptor)
        return self._status or 0
