"""The screens through a pty of 120x40: start, keys, live view, idling, memory; on an office with a large log.

`BENCH_EVENTS` events (1,000,000) and a tenth as many contacts. Time is from the write of a key to the last byte
that the program wrote because of it.
"""

import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from eventstore import ANY, Append, Event
from eventstore.events import (
    GrabberStarted,
    MailClassified,
    MailFetched,
    MailMoved,
    ReviewRequested,
    RuleApplied,
)
from mgtui.application import Application
from mgtui.bootstrap import build
from mgtui.commands import ImportContacts
from mgtui.contacts import IncomingContact
from mgtui.settings import Settings, parse_config
from tests.mgtui.tui.terminal import Terminal

EVENTS = int(os.environ.get("BENCH_EVENTS", "1000000"))
BATCH = 400  #: mails in one transaction
QUIET = 0.06  #: seconds without a byte after which a key is done
BARE = """
from textual.app import App
from textual.widgets import Label
class Bare(App):
    def compose(self):
        yield Label("a bare app")
Bare().run()
"""


def life(number: int) -> tuple[str, list[Event]]:
    """Tell what happens to one mail; every twentieth waits for a person."""
    mail_id = f"{number * 2654435761 % (1 << 80):020x}"
    address = f"person{number}@far{number % 977}.example"
    events: list[Event] = [
        MailFetched(
            mail_id=mail_id, grabber="post", mailbox="maildir:post", folder="INBOX", uid_validity="1",
            uid=str(number), content_digest=f"{number:064x}", size=2000 + number % 5000,
        ),
        MailClassified(
            mail_id=mail_id, kind="bounce", sender=("MAILER-DAEMON@mx.example",), addressees=("b@office.example",),
            subject=f"Undelivered Mail Returned to Sender ({number})", sent_at=None, message_id=f"<{mail_id}@x>",
            recipients=(), original_message_id="", original_addressees=(), mailing="", category="", attachments=0,
            new_address=None, returns_on=None, why="", line=None, findings=(),
        ),
        RuleApplied(
            mail_id=mail_id, contact_id=None, rule="bounce that only counts", ruleset_digest="d", actions=(), why="soft"
        ),
    ]  # fmt: skip
    if number % 20 == 0:
        events.append(
            ReviewRequested(
                mail_id=mail_id, queue="bounces", reason="no_contact", why=f"nobody has {address}", address=address,
                candidates=(),
            )
        )  # fmt: skip
    return f"mail-{mail_id}", [*events, MailMoved(mail_id=mail_id, folder="Processed", uid=str(number))]


def make(folder: Path, events: int) -> Application:
    """Make an office with a log of so many events."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mgtui.toml").write_text("", "utf-8")
    office = build(
        Settings(parse_config("", "mgtui.toml"), folder / "mgtui.toml", folder / "data"), "operator bench"
    )
    started = GrabberStarted(grabber="post", mailbox="maildir:post", folder="INBOX", program_version="1")
    office.store.append("grabber-post", [started], actor="grabber post")
    contacts = [
        IncomingContact(
            f"k{number:06}", f"Person {number * 7919 % 100003:06}", (f"p{number}@here.example",), (), {}
        )
        for number in range(events // 10)
    ]
    office.execute(ImportContacts(contacts, "bench.csv"))
    number = 0
    while office.store.head() < events:
        lives = [life(one) for one in range(number, number + BATCH)]
        office.store.append_many([Append(stream, made, ANY) for stream, made in lives], actor="grabber post")
        number += BATCH
    return office


class Session:
    """The program on a terminal, with a clock."""

    def __init__(self, argv: list[str]) -> None:
        self.begun = time.perf_counter()
        self.terminal = Terminal(argv, 120, 40)

    def first(self, seen: str) -> float:
        """Wait for the first content; give the seconds since the start."""
        self.terminal.wait_for(seen)
        return time.perf_counter() - self.begun

    def key(self, *keys: str) -> float:
        """Press; give the milliseconds to the last byte."""
        start = time.perf_counter()
        self.terminal.press(*keys)
        last = start
        wait = 0.5
        while self.terminal.read(wait):
            last, wait = time.perf_counter(), QUIET
        return (last - start) * 1000

    def seconds_of_cpu(self) -> float:
        """Give the processor time used so far."""
        fields = Path(f"/proc/{self.terminal.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> float:
        """Give the resident memory."""
        pages = int(Path(f"/proc/{self.terminal.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def watch(self, seconds: float) -> tuple[float, float]:
        """Read for a while; give bytes and processor share a second."""
        cpu, received, start = self.seconds_of_cpu(), len(self.terminal.received), time.perf_counter()
        while (left := start + seconds - time.perf_counter()) > 0:
            self.terminal.read(left)
        span = time.perf_counter() - start
        return (len(self.terminal.received) - received) / span, (self.seconds_of_cpu() - cpu) / span


@contextmanager
def session(argv: list[str]) -> Iterator[Session]:
    """Run the program."""
    running = Session(argv)
    try:
        yield running
    finally:
        running.terminal.end()


def spread(values: list[float]) -> str:
    """Give median and 95th percentile."""
    ordered = sorted(values)
    return f"p50 {statistics.median(ordered):6.1f} ms   p95 {ordered[int(len(ordered) * 0.95)]:6.1f} ms"


def starts(argv: list[str], rounds: int = 5) -> None:
    """Compare starts: the program and a bare app, alternating."""
    ours, bare = [], []
    for _ in range(rounds):
        with session(argv) as running:
            ours.append(running.first("MailMoved"))
        with session([sys.executable, "-c", BARE]) as running:
            bare.append(running.first("a bare app"))
    ratio = statistics.median(ours) / statistics.median(bare)
    print(f"start: {statistics.median(ours):.2f} s, bare app {statistics.median(bare):.2f} s: {ratio:.2f} x")


def keys(running: Session) -> None:
    """Measure moving, paging, jumping, filtering and opening in the queue and the contacts."""
    for screen, seen, word in (("2", "Queue", "person120"), ("4", "Contacts", "p777")):
        running.terminal.press(screen)
        running.terminal.wait_for(f" {seen} ")
        running.terminal.settle(0.5)
        for name, pressed, times in (
            ("move", "jjjjk", 20),
            ("page", "\x06\x06\x06\x02", 10),
            ("ends", "Gg", 8),
        ):
            print(f"{seen:10} {name:7} {spread([running.key(key) for _ in range(times) for key in pressed])}")
        card = []
        for _ in range(8):
            card.append(running.key("enter"))
            running.key("backspace")
        print(f"{seen:10} {'card':7} {spread(card)}")
        running.key("/")
        print(f"{seen:10} {'filter':7} {spread([running.key(char) for char in word])}")
        running.key("enter")
        running.terminal.press("escape")
        running.terminal.settle(0.5)


def feed(office: Application, per_second: int, stop: threading.Event, number: int) -> None:
    """Append events at an even pace, ten times a second."""
    while not stop.wait(0.1):
        mails = max(1, per_second // 40)
        if per_second < 40 and number % 4:
            number += 1
            continue
        lives = [life(one) for one in range(number, number + mails)]
        office.store.append_many([Append(stream, made, ANY) for stream, made in lives], actor="grabber post")
        number += mails


def live(running: Session, office: Application) -> None:
    """Measure the live view at rest, at 10 and at 1,000 events a second, and keys meanwhile."""
    running.terminal.press("1")
    running.terminal.settle(1.0)
    rate, share = running.watch(5.0)
    print(f"live at rest: {rate / 1000:.2f} kB/s, {share:.2%} of a core")
    for per_second in (10, 1000):
        stop = threading.Event()
        feeder = threading.Thread(
            target=feed, args=(office, per_second, stop, 50_000_000 + per_second * 1000)
        )
        before = office.store.head()
        feeder.start()
        rate, share = running.watch(5.0)
        events = (office.store.head() - before) / 5
        print(f"live at {events:.0f} events/s: {rate / 1000:.1f} kB/s, {share:.1%} of a core")
        if per_second == 1000:
            running.terminal.press("2")
            running.terminal.settle(0.3, 2.0)
            print(f"{'Queue':10} {'move while events come':7} {spread([moved(running) for _ in range(40)])}")
        stop.set()
        feeder.join()


def moved(running: Session) -> float:
    """Press j while other things change too; give the milliseconds until the cursor stands elsewhere."""

    def place() -> int:
        return next((y for y, line in enumerate(running.terminal.lines) if line.startswith("▌")), -1)

    before, start = place(), time.perf_counter()
    running.terminal.press("j" if before < 30 else "g")
    while place() == before and time.perf_counter() - start < 1.0:
        running.terminal.read(0.2)
    return (time.perf_counter() - start) * 1000


def memory(running: Session, pressed: int = 2000) -> None:
    """Press many keys over all screens, and look at the memory before and after."""
    before = running.megabytes()
    walk: Callable[[int], str] = lambda number: "12345jjjkj\x06\x02Ggjjjkk "[number % 20]  # noqa: E731
    for number in range(pressed):
        running.terminal.press(walk(number))
        running.terminal.read(0.02)
    running.terminal.settle(0.5)
    print(f"memory: {before:.0f} MB before, {running.megabytes():.0f} MB after {pressed:,} keys")


def run() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory(prefix="mgtui-bench-") as folder:
        start = time.perf_counter()
        office = make(Path(folder), EVENTS)
        print(
            f"{office.store.head():,} events, {EVENTS // 10:,} contacts, made in {time.perf_counter() - start:.0f} s"
        )
        config = ["--config", f"{folder}/mgtui.toml", "--data", f"{folder}/data"]
        argv = [sys.executable, "-m", "mgtui", *config]
        try:
            starts(argv)
            with session(argv) as running:
                running.first("MailMoved")
                keys(running)
                live(running, office)
                memory(running)
        finally:
            office.close()
