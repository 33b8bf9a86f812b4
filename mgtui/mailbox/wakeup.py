"""A bell that ends a wait from another thread."""

import contextlib
import socket


class Wakeup:
    """Rung at any time, even before the wait begins; one ring ends one wait."""

    def __init__(self) -> None:
        self._bell, self._button = socket.socketpair()
        self._bell.setblocking(False)
        self._button.setblocking(False)

    def fileno(self) -> int:
        """Give what becomes readable when the bell is rung."""
        return self._bell.fileno()

    def ring(self) -> None:
        """End the wait that goes on, or the next one."""
        with contextlib.suppress(OSError):
            self._button.send(b"!")

    def was_rung(self) -> bool:
        """Tell whether the bell was rung, and silence it."""
        try:
            return bool(self._bell.recv(4096))
        except OSError:
            return False

    def close(self) -> None:
        """Give the sockets back."""
        self._bell.close()
        self._button.close()
