"""Grabbers that go on: one thread each, with back-off, until told to stop."""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from eventstore import StoreError
from mgtui.deciding import Contended
from mgtui.grabber.grabber import Grabber, Round
from mgtui.grabber.lease import Lease, LeaseTaken
from mgtui.mailbox import MailboxError, MailboxRefused

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0  #: seconds between tries after a failure

TURN = 5.0  #: seconds of one wait for mail; a stop is heard at its end

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
        """Go on until told to stop; never raises an expected error."""
        pause, started = FIRST_PAUSE, False
        while not self.stop.is_set():
            try:
                self.lease.take()
                if not started:
                    self.grabber.start()
                    started = True
                self._rounds()
                return
            except (MailboxError, StoreError, LeaseTaken, Contended) as error:
                self.grabber.mailbox.close()
                self.report(self.grabber.name, str(error), True)
                if isinstance(error, MailboxRefused):
                    pause = LONGEST_PAUSE
                self.stop.wait(pause * random.uniform(0.5, 1.0))  # noqa: S311 - jitter, no secret
                pause = min(pause * 2, LONGEST_PAUSE)
            finally:
                self.lease.release()

    def _rounds(self) -> None:
        while not self.stop.is_set():
            done = self.grabber.run_round()
            if done.fetched or done.moved or done.vanished:
                self.report(self.grabber.name, str(done), False)
            self._wait()
        self.grabber.mailbox.close()

    def _wait(self) -> None:
        """Wait for mail in turns, so that a stop is heard within seconds."""
        waited = 0.0
        while waited < self.poll_seconds and not self.stop.is_set():
            turn = min(TURN, self.poll_seconds - waited)
            if self.grabber.mailbox.wait(turn):
                return
            waited += turn


def run_all(services: list[Service], stop: threading.Event) -> list[threading.Thread]:
    """Start every service in a thread of its own; a slow one holds nobody up."""
    threads = []
    for service in services:
        service.stop = stop
        thread = threading.Thread(target=service.run, name=f"grabber {service.grabber.name}", daemon=True)
        thread.start()
        threads.append(thread)
    return threads
