"""Runs a grabber once and ends the process, as `kill -9` does, before or after a chosen step.

Steps are the commits, the calls of the mailbox, and the IMAP commands that change something, each counted before
and after it, the commands also when they are sent and not yet answered. With the step 0 it runs through and
writes the names of its steps beside the data.
"""

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from eventstore import StoreError
from mgtui.bootstrap import build, build_grabber
from mgtui.grabber.grabber import APART_FROM
from mgtui.mailbox import MailboxError
from mgtui.mailbox.wire import Answer, Wire
from mgtui.settings import load_settings
from tests.mgtui.grabber.defects import DEFECTS

#: what is stepped through: attribute of the grabber -> methods
STEPS = {
    "blobs": ("put_many",),
    "store": ("append", "append_many"),
    "mailbox": ("connect", "ensure_folder", "select", "uids", "fetch", "state", "move", "remove_copied"),
}
#: commands that change something on the server
CHANGING = ("CREATE", "SUBSCRIBE", "UID COPY", "UID MOVE", "UID STORE", "UID EXPUNGE")


class Steps:
    """Counts steps, and ends the process at one."""

    def __init__(self, end_at: int) -> None:
        self.names: list[str] = []
        self._end_at = end_at

    def note(self, name: str) -> None:
        """Count a step."""
        self.names.append(name)
        if len(self.names) == self._end_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap a method."""

        def stepped(*arguments: Any, **options: Any) -> Any:
            self.note(f"before {name}")
            result = call(*arguments, **options)
            if isinstance(result, Iterator):
                return self.through(name, result)
            self.note(f"after {name}")
            return result

        return stepped

    def around_commands(self) -> None:
        """Step through the IMAP commands that change something."""

        def run(wire: Wire, command: str | bytes) -> Answer:
            line = command if isinstance(command, str) else command.decode()
            name = next((name for name in CHANGING if line.startswith(name + " ")), "")
            if not name:
                return wire.finish(wire.begin(command))
            self.note(f"before {name}")
            answer = wire.begin(command)
            self.note(f"sent {name}")
            wire.finish(answer)
            self.note(f"after {name}")
            return answer

        Wire.run = run  # type: ignore[method-assign]

    def through(self, name: str, results: Iterator[Any]) -> Iterator[Any]:
        """Wrap what a method yields."""
        for result in results:
            yield result
            self.note(f"after one of {name}")


def main(config: Path, data: Path, end_at: int, defect: str = "", apart_from: int = APART_FROM) -> None:
    """Run a grabber once, to the end or to a step, with a mistake planted if one is named."""
    os.environ["MGTUI_TEST_PASSWORD"] = "secret"
    application = build(load_settings(config, data))
    service = build_grabber(application, "bounces", lambda *_: None)
    service.grabber.apart_from = apart_from
    steps = Steps(end_at)
    for owner, methods in STEPS.items():
        target = getattr(service.grabber, owner)
        for method in methods:
            setattr(target, method, steps.around(f"{owner}.{method}", getattr(target, method)))
    steps.around_commands()
    if defect:
        DEFECTS[defect](service)
    with contextlib.suppress(MailboxError, StoreError):
        service.once()
    application.close()
    (data / "steps.txt").write_text("\n".join(steps.names))


def run_and_tell(config: Path, data: Path, apart_from: int, tell: Connection) -> None:
    """Run a grabber once, and tell before that it begins."""
    os.environ["MGTUI_TEST_PASSWORD"] = "secret"
    application = build(load_settings(config, data))
    tell.send("begun")
    service = build_grabber(application, "bounces", lambda *_: None)
    service.grabber.apart_from = apart_from
    service.once()
    application.close()


def steps_of(data: Path) -> list[str]:
    """Read the steps of a run that came to its end, none of one that didn't."""
    file = data / "steps.txt"
    return file.read_text().splitlines() if file.exists() else []
