"""The driver between Textual and the terminal, which sends only what changed."""

import threading
from typing import Any, Protocol, runtime_checkable

from textual.drivers.linux_driver import LinuxDriver

from mgtui.tui.changed import ChangedCells


@runtime_checkable
class Sparing(Protocol):
    """A driver that keeps what the terminal shows."""

    def resized(self, width: int, height: int) -> None:
        """Send the next frame in full: a terminal of another size shows nobody knows what."""


class SparingDriver(LinuxDriver):
    """Textual's driver for POSIX terminals, with `ChangedCells` before the wire."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Textual answers the terminal from the thread that reads keys, too; and a signal may come while one writes.
        self._writing = threading.RLock()
        self.changed = ChangedCells(*self._get_terminal_size())

    def write(self, data: str) -> None:
        """Write what `data` changes on the terminal."""
        with self._writing:
            if sent := self.changed.of(data):
                super().write(sent)

    def resized(self, width: int, height: int) -> None:
        """Send the next frame in full."""
        with self._writing:
            self.changed.resize(width, height)
