"""Random kills and random cuts in long runs: `make storm`, or `make storm STORM="N SEED"`, N of each.

An inbox is emptied by runs that are killed (SIGKILL) at random moments, some while another process stores and reads
for them, or whose connection is cut at random places. When it is empty, every mail must be in one target once, fetched
once, the log must be whole, and folders, events and queues must be as after one run that nothing disturbed.
"""

import contextlib
import itertools
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from eventstore import verify
from mgtui.cli.doctor import balance_of
from mgtui.mailbox import MailboxError
from tests.mgtui.grabber import stepping
from tests.mgtui.grabber.letters import letter
from tests.mgtui.grabber.states import crlf, end_state, folders, grab_once, office_on, opened
from tests.offices import OfficeFolder
from tests.servers.dovecot import Dovecot
from tests.servers.proxy import Fault, Proxy

MAILS = 120  #: in one inbox
BATCH = 4
APART = 0.3  #: share of the kills while another process is at work

End = tuple[object, object]  #: folders, and what log and read models say


def run(number: int = 300, seed: int | None = None) -> tuple[int, int]:
    """Do so many kills and so many cuts; give how many were done. Raises `AssertionError` for what went wrong."""
    seed = random.randrange(2**32) if seed is None else seed
    print(f"seed {seed}", file=sys.stderr)
    chance = random.Random(seed)
    kills = cuts = 0
    with Dovecot() as server, tempfile.TemporaryDirectory() as folder:
        offices = (
            Path(folder) / str(number) for number in itertools.count()
        )  # a storm may be over before it strikes
        expected = _undisturbed(server, next(offices))
        while kills < number:
            kills += _storm_of_kills(server, next(offices), number - kills, chance, expected)
        while cuts < number:
            cuts += _storm_of_cuts(server, next(offices), number - cuts, chance, expected)
    return kills, cuts


def _undisturbed(server: Dovecot, folder: Path) -> End:
    """Tell what a run without a fault ends in."""
    _fill(server)
    office = office_on(folder, server.port, BATCH)
    grab_once(office)
    return folders(server), end_state(office)


def _fill(server: Dovecot) -> None:
    server.forget("office")
    for number in range(MAILS):
        server.deliver("office", "INBOX", letter(number))
    server.deliver("office", "INBOX", letter(0))  # one of them twice


def _storm_of_kills(server: Dovecot, folder: Path, most: int, chance: random.Random, expected: End) -> int:
    _fill(server)
    office = office_on(folder, server.port, BATCH)
    done = 0
    while done < most and server.mails("office", "INBOX"):
        if chance.random() < APART:
            done += _killed(office, chance.uniform(0.0, 0.7), apart_from=1)
        else:
            done += _killed(office, chance.uniform(0.0, 0.25), apart_from=MAILS + 2)
    grab_once(office)
    _check(server, office, expected)
    return done


def _killed(office: OfficeFolder, seconds: float, apart_from: int) -> bool:
    """Kill a run so long after it began; False if it ended before."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.mgtui.grabber.stepping"])
    begun, tell = context.Pipe(duplex=False)
    process = context.Process(
        target=stepping.run_and_tell, args=(office.config, office.data, apart_from, tell)
    )
    process.start()
    tell.close()
    with contextlib.suppress(EOFError):
        begun.recv()
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):
        os.kill(process.pid or 0, signal.SIGKILL)
    process.join(timeout=30)
    killed = process.exitcode == -signal.SIGKILL
    assert killed or process.exitcode == 0, "a run ended by itself in an error"
    begun.close()
    process.close()
    return killed


def _storm_of_cuts(server: Dovecot, folder: Path, most: int, chance: random.Random, expected: End) -> int:
    _fill(server)
    done = 0
    with Proxy(server.port) as proxy:
        office = office_on(folder, proxy.port, BATCH)
        while done < most and server.mails("office", "INBOX"):
            proxy.struck.clear()
            answer = chance.choice([None, 0, chance.randrange(2000)])
            command = len(proxy.commands) + chance.randrange(25)
            proxy.fault = Fault("cut", command=command, answer_bytes=answer)
            with contextlib.suppress(MailboxError):
                grab_once(office)
            done += proxy.struck.is_set()
        proxy.fault = None
        grab_once(office)
        _check(server, office, expected)
    return done


def _check(server: Dovecot, office: OfficeFolder, undisturbed: End) -> None:
    assert not server.mails("office", "INBOX"), "mails were left in the inbox"
    found = Counter(crlf(mail) for name in ("Processed", "Manual") for mail in server.mails("office", name))
    expected = Counter(letter(number) for number in range(MAILS))
    expected[letter(0)] += 1
    assert found == expected, f"lost {expected - found}, doubled {found - expected}"
    with opened(office) as application:
        fetched = Counter(event.stream for event in application.ask.events(types=["MailFetched"]))
        assert len(fetched) == MAILS + 1, f"{len(fetched)} mails were fetched"
        assert set(fetched.values()) == {1}
        counted = application.ask.counted()
        for row in application.ask.balance():
            assert balance_of(row, counted[row["grabber"]])["balanced"], row
            assert (row["moved"], row["vanished"], row["pending"]) == (MAILS + 1, 0, 0), row
    assert (folders(server), end_state(office)) == undisturbed
    report = verify(office.data / "events.db", [], thorough=False)
    assert report.whole, report.findings


if __name__ == "__main__":
    begun = time.monotonic()
    kills, cuts = run(*[int(argument) for argument in sys.argv[1:]])
    print(f"{kills} kills and {cuts} cuts in {time.monotonic() - begun:.0f} s: nothing lost, nothing doubled")
