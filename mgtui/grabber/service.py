"""Grabbers that go on: one thread each, with back-off, until told to stop."""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from eventstore import StoreError
from mgtui.deciding import Contended
from mgtui.grabber.grabber import Grabber
from mgtui.grabber.lease import Lease, LeaseTaken
from mgtui.grabber.places import Round
from mgtui.mailbox import MailboxError, MailboxRefused

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0  #: seconds between tries after a failure

#: (grabber, what to say, whether it is an error)
Report = Callable[[str, str, bool], None]


@dataclass(slots=True)
class Service:
    """Runs a grabber until `stop` is set; one that fails is tried again, ever more slowly."""

    grabber: Grabber
    lease: Lease
    report: Report
    poll_seconds: float
    stop: threading.Event = field(default_factory=threading.Event)
    first_pause: float = FIRST_PAUSE
    _pause: float = field(default=0.0, init=False)  #: the next one; 0 after a round that went well
    _said: str = field(default="", init=False)  #: the failure that lasts

    def once(self) -> Round:
        """Take in what is there. Raises `MailboxError`, `StoreError`, `LeaseTaken`, `Contended`."""
        self.lease.take()
        try:
            self.grabber.start()
            return self.grabber.run_round()
        finally:
            self.grabber.mailbox.close()
            self.lease.release()

    def run(self) -> None:
        """Go on until told to stop, whatever happens; the portion in hand is finished first."""
        self.grabber.stopping = self.stop.is_set
        started = False
        while not self.stop.is_set():
            try:
                self.lease.take()
                if not started:
                    self.grabber.start()
                    started = True
                self._rounds()
            except Exception as error:  # noqa: BLE001 - a thread that ends by itself would stop unnoticed
                self.stop.wait(self._failed(error))
            finally:
                self.grabber.mailbox.close()
                self.lease.release()

    def _failed(self, error: Exception) -> float:
        """Say what went wrong, unless it is what went wrong before; give how long to pause, in seconds."""
        text = str(error)
        if not isinstance(error, MailboxError | StoreError | LeaseTaken | Contended):
            text = f"an error in the program, please report it: {type(error).__name__}: {error}"
            self._note(text)
        if text != self._said:
            self.report(self.grabber.name, text, True)
            self._said = text
        self._pause = min(max(self._pause * 2, self.first_pause), LONGEST_PAUSE)
        if isinstance(error, MailboxRefused):
            self._pause = LONGEST_PAUSE
        return self._pause * random.uniform(0.5, 1.0)  # noqa: S311 - jitter, no secret

    def _note(self, text: str) -> None:
        try:
            self.grabber.failures.note(text, transient=False)
        except StoreError as error:
            self.report(self.grabber.name, str(error), True)

    def _rounds(self) -> None:
        while not self.stop.is_set():
            done = self.grabber.run_round()
            if self._said:
                self.report(self.grabber.name, "it works again", False)
            self._pause, self._said = 0.0, ""
            if done:
                self.report(self.grabber.name, str(done), False)
            # Whoever sets `stop` wakes the mailbox afterwards, so a stop in between ends this wait at once.
            if not self.stop.is_set():
                self.grabber.mailbox.wait(self.poll_seconds)


def run_all(services: list[Service], stop: threading.Event) -> list[threading.Thread]:
    """Start every service in a thread of its own; a slow one holds nobody up. `stop` ends them all."""
    threads = []
    for service in services:
        service.stop = stop
        thread = threading.Thread(target=service.run, name=f"grabber {service.grabber.name}", daemon=True)
        thread.start()
        threads.append(thread)
    threading.Thread(target=_wake_at, args=(stop, services), name="grabbers' stop", daemon=True).start()
    return threads


def _wake_at(stop: threading.Event, services: list[Service]) -> None:
    stop.wait()
    for service in services:
        service.grabber.mailbox.wake()
