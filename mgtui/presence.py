"""Who works on what: a small file for each process that has the screens open, gone stale when it isn't renewed.

It is no part of the log: whoever reads it learns what is so at the moment, and nobody decides by it. Two operators
on one item are kept apart by the expected version of its stream, not by this.
"""

import contextlib
import json
import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

STALE = 60.0  #: seconds after which a file that wasn't renewed says nothing
BEAT = 20.0  #: seconds between two renewals
LONGEST = 4096  #: bytes of a file that are looked at


@dataclass(frozen=True, slots=True)
class Working:
    """An operator at an item of a queue."""

    operator: str
    item: int
    since: float  #: seconds since 1970
    acting: bool  #: a dialog is open on it

    @property
    def name(self) -> str:
        """The operator without the word for what he is."""
        return self.operator.removeprefix("operator ")


@dataclass(slots=True)
class Presence:
    """Tells where one is, and where the others are."""

    folder: Path
    operator: str
    now: Callable[[], float] = time.time
    _file: str = field(default_factory=lambda: f"{os.getpid()}-{secrets.token_hex(4)}.json")
    _item: int | None = None
    _acting: bool = False
    _since: float = 0.0
    _written: float = 0.0

    def at(self, item: int | None, acting: bool = False) -> None:
        """Say on which item one is, None for none; repeated in time it renews what was said."""
        now = self.now()
        if (item, acting) == (self._item, self._acting):
            if item is None or now - self._written < BEAT:
                return
        elif item != self._item:
            self._since = now
        self._item, self._acting = item, acting
        self._write(now)

    def leave(self) -> None:
        """Say that one is nowhere."""
        self._item = None
        with contextlib.suppress(OSError):
            (self.folder / self._file).unlink(missing_ok=True)

    def others(self) -> list[Working]:
        """Give where the others are, by item, whoever came first in front."""
        found = []
        with contextlib.suppress(OSError):
            found = [path for path in self.folder.iterdir() if path.name != self._file]
        working = [one for path in found if (one := self._read(path)) is not None]
        return sorted(working, key=lambda one: (one.item, one.since))

    def _write(self, now: float) -> None:
        if self._item is None:
            self.leave()
            return
        said = {"operator": self.operator, "item": self._item, "since": self._since, "acting": self._acting}
        part = self.folder / f".{self._file}"
        with contextlib.suppress(OSError):  # whoever can't say it works on all the same
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.write_text(json.dumps({**said, "beat": now}), "utf-8")
            part.replace(self.folder / self._file)
            self._written = now

    def _read(self, path: Path) -> Working | None:
        if path.suffix != ".json" or path.name.startswith("."):
            return None
        try:
            with path.open("rb") as file:
                said = json.loads(file.read(LONGEST))
            beat, since = float(said["beat"]), float(said["since"])
            working = Working(str(said["operator"])[:80], int(said["item"]), since, bool(said["acting"]))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        if abs(self.now() - beat) <= STALE:
            return working
        self._sweep(path, beat)
        return None

    def _sweep(self, path: Path, beat: float) -> None:
        """Take away what a process left that ended without a word, once it is long ago."""
        if self.now() - beat > 10 * STALE:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
