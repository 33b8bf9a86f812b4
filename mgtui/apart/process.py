"""Our side of the process that stores and reads: it is started, asked, and started anew where it ended."""

import contextlib
import json
import os
import select
from collections import deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from mgtui.apart.frames import PIPE, Torn, read_answer, write_portion
from mgtui.apart.memory import PLACES, Mail
from mgtui.apart.starting import Process, Start, end, spawned
from mgtui.classified import Marks
from mgtui.reading import Taken

PATIENCE = 120.0  #: seconds for the answer to a portion; it is megabytes, and a mail takes milliseconds
TRIES = 10  #: for a portion; three ends at one mail are enough for it not to be read any more


class ProcessEnded(Exception):
    """The process ended again and again."""


@dataclass(slots=True)
class Apart:
    """Has portions stored and read in another process, from `start` until `end`."""

    mails: Path  #: the raw store
    notes: Path  #: the folder where it is written down which mail is read, see `mgtui.deadly`
    marks: Marks
    origin: str  #: of the mails, see `mail_id_of`
    archive: bool
    starter: Start = spawned
    site: str = ""  #: an operator's own table of reasons
    patience: float = PATIENCE
    _asked: deque[Sequence[Mail]] = field(default_factory=deque, init=False)
    _process: Process | None = field(default=None, init=False)
    _place: int = field(default=0, init=False)  #: for the next portion

    def start(self) -> None:
        """Start the process; it gets ready while we go on. Raises `OSError` where none can be started."""
        self._process = self.starter()
        setup = {
            "mails": str(self.mails),
            "notes": str(self.notes),
            "marks": list(asdict(self.marks).values()),
            "origin": self.origin,
            "archive": self.archive,
            "site": self.site,
        }
        with contextlib.suppress(OSError):  # taking the first answer meets it again
            self._process.asked.write(json.dumps(setup).encode() + b"\n")
            self._process.asked.flush()

    def end(self, *, kill: bool = False) -> None:
        """Let it finish what it does, which is little, or end it at once."""
        process, self._process = self._process, None
        self._asked.clear()
        if process is None:
            return
        if not kill:
            with contextlib.suppress(OSError):
                process.asked.close()
        if kill or not self._falls_silent(process):
            end(process)
        for pipe in (process.asked, process.told):
            with contextlib.suppress(OSError):
                pipe.close()
        process.wait()

    def _falls_silent(self, process: Process) -> bool:
        """Wait for its end, of which its pipe tells; False where that takes too long."""
        while select.select([process.told], [], [], self.patience)[0]:
            if not os.read(process.told.fileno(), PIPE):
                return True
        return False

    @property
    def pid(self) -> int | None:
        """Give the id of the process, None where there is none."""
        return self._process.pid if self._process else None

    @property
    def asked(self) -> int:
        """Tell how many portions were asked for whose answers weren't taken."""
        return len(self._asked)

    def ask(self, portion: Sequence[Mail]) -> None:
        """Have mails stored and read; their bytes are kept until they are, where both processes see them.

        Before an answer is taken, so many may be asked for as there are places: what is asked is never written over.
        """
        if len(self._asked) >= PLACES:
            raise ValueError("no place is free: take an answer first")
        self._asked.append(portion)
        place, self._place = self._place, self._place + 1
        with contextlib.suppress(Torn, OSError):  # taking the answer meets it again
            process = self._running()
            self._asked[-1] = process.memory.put(place, portion)
            write_portion(process.asked, place, portion)

    def answer(self) -> list[Taken]:
        """Take the answer to the first portion asked for.

        Raises `StoreError`, and `ProcessEnded` where the process ends every time.
        """
        for _ in range(TRIES):
            try:
                taken = self._answered(self._asked[0])
            except (Torn, OSError):
                self._begin_anew()
            else:
                self._asked.popleft()
                return taken
        raise ProcessEnded(f"the process that stores and reads mails ended {TRIES} times at the same ones")

    def _answered(self, portion: Sequence[Mail]) -> list[Taken]:
        told = self._running().told
        if not select.select([told], [], [], self.patience)[0]:
            raise Torn
        return read_answer(told, portion)

    def _begin_anew(self) -> None:
        asked = list(self._asked)
        self.end(kill=True)
        with contextlib.suppress(OSError):  # no room for another process: the next try may find some
            self.start()
        for portion in asked:
            self.ask(portion)

    def _running(self) -> Process:
        if self._process is None:
            raise Torn
        return self._process
