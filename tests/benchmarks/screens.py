"""The screens through a pty of 120x40: start, keys, live view, idling, memory; on an office with a large log.

`BENCH_EVENTS` events (1,000,000) and a tenth as many contacts. Time is from the write of a key to the last byte
that the program wrote because of it.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from mgtui.application import Application
from tests.benchmarks.peers import PEERS, peers
from tests.benchmarks.screen_office import Feeder, make
from tests.benchmarks.sessions import Session, session, spread

EVENTS = int(os.environ.get("BENCH_EVENTS", "1000000"))
PRESSED = int(os.environ.get("BENCH_KEYS", "20000"))  #: keys of an hour's use
STILL = 0.1  #: seconds without a byte after which the screen is still, and nothing waits to be done
ROUNDS_OF_PEERS = 3  #: they are slow to start, and far away
BARE = """
from textual.app import App
from textual.widgets import Label
class Bare(App):
    def compose(self):
        yield Label("a bare app")
Bare().run()
"""
UP, DOWN = "\x02", "\x06"
#: key of the screen, its name, keys that move, page and jump in its list, and a word to filter by
LISTS = (
    ("2", "Queue", "jjjjk", DOWN * 3 + UP, "Gg", "person120"),
    ("3", "Imports", "jjjjk", DOWN * 3 + UP, "Gg", "person210"),
    ("4", "Contacts", "jjjjk", DOWN * 3 + UP, "Gg", "p777"),
    ("5", "Mailboxes", "jjjjk", DOWN + UP, "Gg", ""),
    ("6", "Rules", "jjjjk", DOWN + UP, "Gg", ""),
    ("7", "Reports", "jjjjk", DOWN + UP, "Gg", ""),
    ("8", "Log", "kkkkj", UP * 3 + DOWN, "gG", ""),
    ("1", "Live", "kkkkj", UP * 3 + DOWN, "gG", "person12"),
)
#: what an operator presses in an hour, over all screens
WALK = "12345jjjkj\x06\x02Ggjjjkk 2j\rj\x7fk3jj\r\x7f4jjj\r\x7fkk5jk6jj\r\x7fkj7jjk8kk\r\x7fkgG"


def command(folder: Path) -> list[str]:
    """Give the command that opens the screens on an office, as if for the first time."""
    for remembered in (folder / "data").glob("screens-*.json"):
        remembered.unlink()
    config = ["--config", f"{folder}/mgtui.toml", "--data", f"{folder}/data"]
    return [sys.executable, "-m", "mgtui", *config]


Contestant = Callable[[], tuple[list[str], str]]


def started(name: str, contestant: Contestant) -> list[tuple[float, float]]:
    """Start a contestant once; a peer that shows nothing is said to, and left out."""
    argv, seen = contestant()
    with session(argv) as running:
        try:
            return [running.first(seen)]
        except AssertionError:
            if name not in PEERS:
                raise
            print(f"{name} doesn't come up here", flush=True)
            return []


def starts(large: Path, small: Path, rounds: int = 7) -> None:
    """Compare starts, the contestants alternating; the ratios are medians of the rounds' own."""
    contestants: dict[str, Contestant] = {
        "bare app": lambda: ([sys.executable, "-c", BARE], "a bare app"),
        "mgtui": lambda: (command(large), "MailMoved"),
        "mgtui, 1,000 events": lambda: (command(small), "MailMoved"),
        **{name: partial(peers().__getitem__, name) for name in peers()},
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in contestants}
    for number in range(rounds):
        for name, contestant in contestants.items():
            if name in PEERS and number >= ROUNDS_OF_PEERS:
                continue
            if name not in PEERS or number == len(
                found[name]
            ):  # a peer that didn't come up isn't waited for again
                found[name] += started(name, contestant)
    ours = found["mgtui"]
    for name, values in found.items():
        if not values:
            continue
        wall, cpu = (statistics.median(value[kind] for value in values) for kind in (0, 1))
        pairs = list(zip(ours, values, strict=False))
        ratios = [statistics.median(a[kind] / b[kind] for a, b in pairs) for kind in (0, 1)]
        beside = "" if name == "mgtui" else f"; mgtui takes {ratios[0]:.2f} x, cpu {ratios[1]:.2f} x"
        print(f"start of {name:20} {wall:5.2f} s, cpu {cpu:5.2f} s{beside}", flush=True)


def keys(running: Session) -> None:
    """Measure moving, paging, jumping, opening and filtering in every list there is."""
    for screen, name, moves, pages, ends, word in LISTS:
        if f" {screen} {name}" not in running.terminal.text:
            continue
        running.terminal.press(screen)
        running.terminal.settle(0.5)
        cpu, count = running.cpu(), 0
        for told, pressed in (("move", moves * 12), ("page", pages * 6), ("ends", ends * 16)):
            print(f"{name:9} {told:7} {spread(running.keys(pressed))}", flush=True)
            count += len(pressed)
        each = (running.cpu() - cpu) / count * 1000
        cards = []
        for _ in range(8):
            cards.append(running.key("enter"))
            running.key("backspace")
        print(f"{name:9} {'card':7} {spread(cards)}   cpu of a key above {each:4.1f} ms", flush=True)
        if word:
            running.key("/")
            print(f"{name:9} {'filter':7} {spread(running.keys(word, quiet=0.25))}", flush=True)
            running.key("enter")
            running.key("escape")
            running.terminal.settle(0.3)


def live(running: Session, office: Application) -> None:
    """Measure the live view at rest, at 10 and at 1,000 events a second, and keys in the queue meanwhile."""
    running.terminal.press("1")
    running.terminal.settle(1.0)
    running.watch(2.0)
    rate, share = running.watch(8.0)
    print(f"live at rest: {rate:.0f} bytes/s, {share:.2%} of a core", flush=True)
    for per_second in (10, 1000):
        with Feeder(office, per_second) as feeder:
            running.watch(1.0)
            appended = feeder.appended
            rate, share = running.watch(6.0)
            events = (feeder.appended - appended) / 6
            print(f"live at {events:.0f} events/s: {rate / 1000:.1f} kB/s, {share:.1%} of a core", flush=True)
            if per_second == 1000:
                running.terminal.press("2")
                running.terminal.settle(0.3, 2.0)
                moves = [moved(running) for _ in range(60)]
                print(f"Queue     move while these come {spread(moves)}", flush=True)


def moved(running: Session) -> float:
    """Press j while other things change too; give the milliseconds until the cursor stands elsewhere."""

    def place() -> int:
        return next((y for y, line in enumerate(running.terminal.lines) if line.startswith("▌")), -1)

    before = place()
    running.terminal.read(0.02)
    start = time.perf_counter()
    running.terminal.press("j" if before < 30 else "g")
    while running.terminal.read(0.3) and time.perf_counter() - start < 1.0:
        heard = running.terminal.heard_at
        if place() != before:
            return (heard - start) * 1000
    return 1000.0


def memory(running: Session) -> None:
    """Press many keys over all screens, ten at a time, and look at the memory meanwhile.

    The next ten wait until the screen is still: what a terminal sends faster than it can be drawn piles up as
    messages, and their memory would be that of the keys, not of the use.
    """
    seen = [running.megabytes()]
    for quarter in range(4):
        for number in range(PRESSED // 40):
            at = (quarter * 7 + number * 10) % len(WALK)
            running.terminal.press(*(WALK * 2)[at : at + 10])
            while running.terminal.read(STILL):
                pass
        running.terminal.settle(0.3)
        running.terminal.press("\x7f")
        seen.append(running.megabytes())
    told = " → ".join(f"{value:.0f}" for value in seen)
    print(f"memory while {PRESSED:,} keys are pressed: {told} MB", flush=True)


def run() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory(prefix="mgtui-bench-") as folder:
        large, small = Path(folder, "large"), Path(folder, "small")
        make(small, 1000).close()
        start = time.perf_counter()
        office = make(large, EVENTS)
        print(f"{office.store.head():,} events made in {time.perf_counter() - start:.0f} s", flush=True)
        try:
            starts(large, small)
            with session(command(large)) as running:
                running.first("MailMoved")
                keys(running)
                live(running, office)
                memory(running)
        finally:
            office.close()
