"""Another process stores and reads: the outcome is the same, whatever becomes of that process."""

import multiprocessing
import os
import select
import signal
import socket
from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from io import BytesIO, FileIO
from pathlib import Path

import pytest

from eventstore import BlobStore
from eventstore.events import GrabberPaused
from mgtui.apart import PLACES, Start, spawned
from mgtui.apart.frames import write_answer
from mgtui.apart.memory import Memory
from mgtui.apart.process import Apart
from mgtui.apart.starting import Process
from mgtui.application import Application
from mgtui.classified import Marks
from mgtui.deadly import MOST
from mgtui.grabber import Service
from mgtui.reading import Taken, Unreadable
from tests.mgtui.grabber.conftest import Work
from tests.mgtui.grabber.letters import letter
from tests.mgtui.grabber.states import end_state, folders, grab_once, office_on, opened
from tests.mgtui.grabber.test_world import assert_balanced, types
from tests.servers.dovecot import Dovecot

MAILS = 25


class Started:
    """Starts processes, and knows them."""

    def __init__(self, start: Start = spawned) -> None:
        self.pids: list[int] = []
        self._start = start

    def __call__(self) -> Process:
        process = self._start()
        self.pids.append(process.pid)
        return process


def apart(service: Service, started: Started, patience: float = 60.0) -> None:
    """Have a service hand over every mail, three at a time, to processes started so."""
    grabber = service.grabber
    make = grabber.apart
    assert make is not None

    def made(origin: str) -> Apart:
        one = make(origin)
        one.starter, one.patience = started, patience
        return one

    grabber.apart, grabber.apart_from, grabber.batch = made, 1, 3


def filled(server: Dovecot, number: int = MAILS) -> None:
    for each in range(number):
        server.deliver("office", "INBOX", letter(each))
    server.deliver("office", "INBOX", letter(0))  # one of them twice


def gone(pid: int) -> bool:
    """Tell whether a process has ended, after some patience with one that isn't ours to wait for."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    ended = bool(select.select([handle], [], [], 20)[0])
    os.close(handle)
    return ended


def test_a_full_mailbox_ends_as_if_one_process_had_done_all(
    tmp_path: Path, server: Dovecot, work: Work
) -> None:
    filled(server)
    one = office_on(tmp_path / "one", server.port)
    grab_once(one)
    expected = folders(server), end_state(one)
    server.forget("office")
    filled(server)
    application, service = work(server.port)
    started = Started()
    apart(service, started)
    assert service.once().moved == MAILS + 1
    assert (folders(server), end_state(office_on(tmp_path / "office", server.port))) == expected
    assert len(started.pids) == 1
    assert gone(started.pids[0])
    assert_balanced(application)


class Prepared:
    """A process that has given its answers already, all of them."""

    pid = 2**22 + 1  # no process has such a number

    def __init__(self, *answers: Sequence[Taken]) -> None:
        read, write = os.pipe()
        self.told = FileIO(read)
        with os.fdopen(write, "wb") as pipe:
            for answer in answers:
                write_answer(pipe, answer)
        self.asked = BytesIO()
        self.memory = Memory()

    def wait(self) -> None:
        """It isn't there any more."""


def test_an_answer_that_came_with_the_one_before_is_not_waited_for(tmp_path: Path) -> None:
    portions = [[(uid, letter(int(uid)))] for uid in ("1", "2")]
    answers = [[Taken(uid, len(raw), "00", "id", Unreadable("why"))] for [(uid, raw)] in portions]
    process = Prepared(*answers)
    one = Apart(tmp_path / "mails.db", tmp_path, Marks(), "", archive=False, starter=lambda: process)
    one.start()
    for portion in portions:
        one.ask(portion)
    one.patience = 0.0
    assert [one.answer(), one.answer()] == answers
    one.end()


def test_portions_asked_of_a_process_that_is_gone_keep_their_bytes(tmp_path: Path) -> None:
    started = Started()
    one = Apart(tmp_path / "mails.db", tmp_path / "notes", Marks(), "", archive=False, starter=started)
    one.start()
    os.kill(started.pids[0], signal.SIGKILL)
    assert gone(started.pids[0])
    portions = [[(str(number), b"Subject: %d\r\n\r\n" % number * 5)] for number in range(PLACES)]
    for portion in portions:
        one.ask(portion)
    with pytest.raises(ValueError, match="no place is free"):
        one.ask(portions[0])
    for [(uid, raw)] in portions:
        [taken] = one.answer()
        assert (taken.uid, taken.digest) == (uid, sha256(raw).hexdigest())
    one.end()
    with BlobStore(tmp_path / "mails.db") as blobs:
        assert all(blobs.has(sha256(raw).hexdigest()) for [(_, raw)] in portions)


def test_few_mails_start_no_other_process(server: Dovecot, work: Work) -> None:
    filled(server)
    _, service = work(server.port)
    started = Started()
    apart(service, started)
    service.grabber.apart_from = MAILS + 2
    assert service.once().moved == MAILS + 1
    assert started.pids == []


def test_where_no_other_process_can_be_started_this_one_does_it(server: Dovecot, work: Work) -> None:
    def refuse() -> Process:
        raise BlockingIOError("no room")

    filled(server)
    application, service = work(server.port)
    apart(service, Started(refuse))
    assert service.once().moved == MAILS + 1
    assert_balanced(application)


@pytest.mark.parametrize("ends", [1, 4])
def test_a_process_that_is_killed_is_started_anew_and_nothing_is_lost_or_doubled(
    server: Dovecot, work: Work, monkeypatch: pytest.MonkeyPatch, ends: int
) -> None:
    filled(server)
    application, service = work(server.port)
    started = Started()
    apart(service, started)
    ask = Apart.ask

    def ask_and_kill(self: Apart, portion: Sequence[tuple[str, bytes]]) -> None:
        ask(self, portion)
        if len(started.pids) <= ends:
            os.kill(started.pids[-1], signal.SIGKILL)

    monkeypatch.setattr(Apart, "ask", ask_and_kill)
    assert service.once().moved == MAILS + 1
    found = types(application)
    assert (found["MailFetched"], found["MailClassified"], found["MailMoved"]) == (MAILS + 1,) * 3
    assert len(started.pids) == ends + 1
    assert all(map(gone, started.pids))
    assert_balanced(application)


def with_reader(body: str) -> Start:
    """Start processes that read mails in another way: `raw` is the mail, `read` reads it as usual."""
    program = f"""
import os, mgtui.apart.worker as worker
read = worker.understand
def understand(raw, site):
    {body}
    return read(raw, site)
worker.understand = understand
worker.main()
"""
    return partial(spawned, ("-c", program))


@pytest.mark.parametrize(
    ("body", "patience"),
    [
        ("b'Nachricht 7.' in raw and os.kill(os.getpid(), 9)", 60.0),
        ("while b'Nachricht 7.' in raw: pass", 3.0),
    ],
    ids=["deadly", "endless"],
)
def test_a_mail_at_which_the_process_never_comes_through_is_quarantined_and_the_others_are_decided(
    server: Dovecot, work: Work, body: str, patience: float
) -> None:
    filled(server)
    application, service = work(server.port)
    started = Started(with_reader(body))
    apart(service, started, patience)
    service.grabber.deciding.attempts = 1
    assert service.once().moved == MAILS + 1
    found = types(application)
    assert (found["MailClassified"], found["MailQuarantined"]) == (MAILS, 1)
    [quarantined] = application.ask.events(types=["MailQuarantined"])
    assert "while it read this mail" in quarantined.data["error"]
    assert (
        len(started.pids) > MOST
    )  # more where a busy machine starts one so slowly that it is taken for dead
    assert all(map(gone, started.pids))
    assert_balanced(application)


def test_a_mail_that_breaks_the_reader_there_is_told_as_it_is_here(server: Dovecot, work: Work) -> None:
    filled(server)
    application, service = work(server.port)
    breaks = "if b'Nachricht 7.' in raw: raise RecursionError('planted \\ud800')"
    apart(service, Started(with_reader(breaks)))
    service.grabber.deciding.attempts = 1
    assert service.once().moved == MAILS + 1
    [quarantined] = application.ask.events(types=["MailQuarantined"])
    assert quarantined.data["error"].startswith("RecursionError: planted")
    assert_balanced(application)


def test_a_large_mail_is_not_handed_over(
    server: Dovecot, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(server)
    large = letter(99) + b"Noch eine Zeile.\r\n" * 500_000
    server.deliver("office", "INBOX", large)
    _, service = work(server.port)
    apart(service, Started())
    sizes: list[int] = []
    ask = Apart.ask

    def ask_and_note(self: Apart, portion: Sequence[tuple[str, bytes]]) -> None:
        sizes.extend(len(raw) for _, raw in portion)
        ask(self, portion)

    monkeypatch.setattr(Apart, "ask", ask_and_note)
    assert service.once().moved == MAILS + 2
    assert len(sizes) >= MAILS - 1  # a small mail that was fetched with the large one stays here with it
    assert max(sizes) < 1000
    assert large in server.mails("office", "Manual")


def ask_and_die(folder: Path, tell: "multiprocessing.SimpleQueue[int]") -> None:
    one = Apart(folder / "mails.db", folder / "notes", Marks(), "", archive=False)
    one.start()
    one.ask([("1", letter(1))])
    tell.put(one.pid or 0)
    os.kill(os.getpid(), signal.SIGKILL)


def test_the_process_ends_with_the_one_that_started_it(tmp_path: Path) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["mgtui.apart"])
    pids = context.SimpleQueue()
    process = context.Process(target=ask_and_die, args=(tmp_path, pids))
    process.start()
    pid = pids.get()
    process.join(timeout=30)
    assert process.exitcode == -signal.SIGKILL
    process.close()
    pids.close()
    assert pid
    assert gone(pid)


def test_grab_once_takes_a_full_mailbox_in_by_a_process_forked_ahead(tmp_path: Path, server: Dovecot) -> None:
    filled(server, 320)
    office = office_on(tmp_path, server.port)
    _, err = office.run("grab", "--once")
    assert "321 fetched, 321 moved" in err
    office.run("verify")
    [record] = office.records("doctor", "--online")
    assert (record["balanced"], record["fetched"], record["moved"]) == (True, 321, 321)
    assert list((office.data / "reading").iterdir()) == []


def test_grab_once_doesnt_so_much_as_connect_to_the_mailbox_of_a_paused_grabber(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        office = office_on(tmp_path, listening.getsockname()[1])
        with opened(office) as application:
            application.store.append(
                "grabber-bounces", [GrabberPaused(grabber="bounces", why="moving house")]
            )
        _, err = office.run("grab", "--once", code=75)
        assert "moving house" in err
        listening.setblocking(False)
        with pytest.raises(BlockingIOError):
            listening.accept()


def test_what_the_log_says_of_a_mail_doesnt_depend_on_who_read_it(server: Dovecot, work: Work) -> None:
    def classified(application: Application) -> list[dict[str, object]]:
        events = application.ask.events(types=["MailClassified"])
        return [{**event.data, "_salt": "", "mail_id": ""} for event in events]

    filled(server)
    here, service = work(server.port, "here")
    service.once()
    server.forget("office")
    filled(server)
    there, service = work(server.port, "there")
    apart(service, Started())
    service.once()
    assert classified(here) == classified(there)
