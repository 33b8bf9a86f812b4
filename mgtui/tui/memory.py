"""What the screens remember from one start to the next: the screen, filters, rows, colours."""

import contextlib
import json
import os
import threading
from pathlib import Path
from typing import Any

Remembered = dict[str, Any]


class Memory:
    """A small file, written whole; one that is damaged or can't be written is as good as none."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._held = self._read()
        self._written = json.dumps(self._held)
        self._lock = threading.Lock()

    def _read(self) -> dict[str, Remembered]:
        try:
            held = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        fits = isinstance(held, dict) and all(isinstance(value, dict) for value in held.values())
        return held if fits else {}

    def of(self, place: str) -> Remembered:
        """Give what is remembered of a screen, or of the whole."""
        return dict(self._held.get(place, {}))

    def keep(self, place: str, /, **values: Any) -> None:
        """Remember something; it is on disk after the next `write`."""
        self._held[place] = {**self._held.get(place, {}), **values}

    def write(self) -> None:
        """Write what changed since the last time."""
        with self._lock:
            text = json.dumps(self._held)
            if text == self._written:
                return
            part = self._file.with_suffix(".part")
            with contextlib.suppress(OSError):
                part.write_text(text, "utf-8")
                os.replace(part, self._file)  # noqa: PTH105 - at once or not at all
            self._written = text
