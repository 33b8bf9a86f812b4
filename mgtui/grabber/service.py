"""Grabbers that go on: one thread each, with back-off, until told to stop.

What people ask of them (pause, go on, fetch now) stands in the log. A thread listens there and rings; the
grabber then asks the read model whether it is paused, so no copy of that can go stale.
"""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from eventstore import StoreError, subscribe
from mgtui.deciding import Contended
from mgtui.grabber.activity import ActivityFile
from mgtui.grabber.grabber import Grabber
from mgtui.grabber.lease import Lease, LeaseTaken
from mgtui.grabber.places import Round
from mgtui.language import _
from mgtui.mailbox import MailboxError, MailboxRefused, MailboxUnavailable

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0  #: seconds between tries after a failure
CHECK_SECONDS = 6 * 3600.0  #: between two looks whether every mail is accounted for
LOOK_SECONDS = 60.0  #: between two looks whether a pause is over, where no ring tells
ASKED = ("GrabberPaused", "GrabberResumed", "FetchAsked")  #: what the listening thread rings for
PATIENCE = 0.25  #: seconds, after which it looks whether it is to stop

#: (grabber, what to say, whether it is an error)
Report = Callable[[str, str, bool], None]


class Paused(Exception):
    """Somebody paused this grabber; its text says who."""


@dataclass(slots=True)
class Service:
    """Runs a grabber until `stop` is set; one that fails is tried again, ever more slowly."""

    grabber: Grabber
    lease: Lease
    report: Report
    poll_seconds: float
    paused: Callable[[], str] = field(default=lambda: "")  #: who paused it and why, "" where nobody did
    check: Callable[[], None] = field(default=lambda: None)  #: looks whether every mail is accounted for
    stop: threading.Event = field(default_factory=threading.Event)
    first_pause: float = FIRST_PAUSE
    check_seconds: float = CHECK_SECONDS
    activity: ActivityFile = field(init=False)
    _bell: threading.Event = field(default_factory=threading.Event, init=False)
    _pause: float = field(default=0.0, init=False)  #: the next one; 0 after a round that went well
    _said: str = field(default="", init=False)  #: the failure that lasts
    _started: bool = field(default=False, init=False)
    _checked: float = field(default_factory=time.monotonic, init=False)

    def __post_init__(self) -> None:
        self.activity = ActivityFile(self.lease.activity_file)

    def once(self) -> Round:
        """Take in what is there. Raises `MailboxError`, `StoreError`, `LeaseTaken`, `Contended`, `Paused`."""
        self.lease.take()
        try:
            if who := self.paused():
                raise Paused(f"{who}; `mgtui grabbers resume {self.grabber.name}` lets it go on")
            self.activity.say("fetching")
            self.grabber.start()
            done = self.grabber.run_round()
            self.activity.looked(whole=not done.unreadable)
            return done
        finally:
            self.grabber.mailbox.close()
            self.activity.say("ended")
            self.lease.release()

    def ring(self) -> None:
        """Have the grabber look at once what is asked of it, and into its mailbox; any thread may ring."""
        self._bell.set()
        self.grabber.mailbox.wake()

    def run(self) -> None:
        """Go on until told to stop, whatever happens; the portion in hand is finished first."""
        self.grabber.stopping = lambda: self.stop.is_set() or bool(self.paused())
        while not self.stop.is_set():
            try:
                self._work()
            except Exception as error:  # noqa: BLE001 - a thread that ends by itself would stop unnoticed
                self.grabber.mailbox.close()
                self._wait_after(error)
            finally:
                self.grabber.mailbox.close()
        if self.lease.is_held:
            self.activity.say("ended")
        self.lease.release()

    def _work(self) -> None:
        """Go on until told to stop or to pause; the lease stays ours through failures and pauses."""
        if not self.lease.is_held:
            self.lease.take()
        self._rest_while_paused()
        if self.stop.is_set():
            return
        self.activity.say("starting")
        if not self._started:
            self.grabber.start()
            self._started = True
        self._rounds()

    def _rest_while_paused(self) -> None:
        """Keep the lease and leave the mailbox alone until somebody resumes."""
        said = ""
        while (who := self.paused()) and not self.stop.is_set():
            if not said:
                self.activity.say("paused")
            if who != said:
                self.report(self.grabber.name, who, False)
                said = who
            self._bell.wait(LOOK_SECONDS)
            self._bell.clear()
        if said and not self.stop.is_set():
            self.report(self.grabber.name, _("goes on"), False)

    def _wait_after(self, error: Exception) -> None:
        """Wait before the next try; somebody who asks for mail ends that."""
        seconds = self._failed(error)
        if not isinstance(error, LeaseTaken):
            again = datetime.now(UTC) + timedelta(seconds=seconds)
            self.activity.say("failing", self._said, again.isoformat(timespec="seconds"))
        self._bell.wait(seconds)
        self._bell.clear()

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
        asked_for = error.patience if isinstance(error, MailboxUnavailable) else 0.0
        return asked_for + self._pause * random.uniform(0.5, 1.0)  # noqa: S311 - jitter, no secret

    def _note(self, text: str) -> None:
        try:
            self.grabber.failures.note(text, transient=False)
        except StoreError as error:
            self.report(self.grabber.name, str(error), True)

    def _rounds(self) -> None:
        while not self.grabber.stopping():
            self._bell.clear()
            self.activity.say("fetching")
            self._check_now_and_then()
            done = self.grabber.run_round()
            if self._said:
                self.report(self.grabber.name, _("it works again"), False)
            self._pause, self._said = 0.0, ""
            if done:
                self.report(self.grabber.name, str(done), False)
            self.activity.looked(self.grabber.mailbox.waits_by, whole=not done.unreadable)
            # Whoever asks something rings afterwards, so what was asked in between ends this wait at once.
            if not self.grabber.stopping():
                self.grabber.mailbox.wait(self.poll_seconds)

    def _check_now_and_then(self) -> None:
        """Check the balance before a round: it opens other folders, and sees mails that came meanwhile."""
        if time.monotonic() - self._checked >= self.check_seconds:
            self._checked = time.monotonic()
            self.check()


def run_all(services: list[Service], stop: threading.Event) -> list[threading.Thread]:
    """Start every service in a thread of its own; a slow one holds nobody up. `stop` ends them all.

    One thread more listens in the log for what people ask of them.
    """
    for service in services:
        service.stop = stop
    threads = [
        threading.Thread(target=service.run, name=f"grabber {service.grabber.name}") for service in services
    ]
    if services:
        heard = services[0].grabber.store.head()
        threads.append(threading.Thread(target=_listen, args=(services, stop, heard), name="grabbers' ear"))
    threads.append(threading.Thread(target=_ring_at, args=(stop, services), name="grabbers' stop"))
    for thread in threads:
        thread.daemon = True
        thread.start()
    return threads


def _ring_at(stop: threading.Event, services: list[Service]) -> None:
    stop.wait()
    for service in services:
        service.ring()


def _listen(services: list[Service], stop: threading.Event, after: int) -> None:
    """Ring whenever the log says that something was asked of a grabber."""
    by_stream = {service.grabber.stream: service for service in services}
    store = services[0].grabber.store
    while not stop.is_set():
        try:
            for batch in subscribe(
                store, after, types=ASKED, category="grabber", patience=PATIENCE, stop=stop.is_set
            ):
                after = batch.position
                for stream in {recorded.stream for recorded in batch.events} & by_stream.keys():
                    by_stream[stream].ring()
        except Exception as error:  # noqa: BLE001 - grabbers that nobody can reach any more would go unnoticed
            if not isinstance(error, StoreError):  # those the grabbers tell themselves
                services[0].report("listening", f"{type(error).__name__}: {error}", True)
            stop.wait(FIRST_PAUSE)
