"""What happens when our own disk is full or our own log is locked: nothing is moved that isn't kept."""

import multiprocessing
import os
import resource
import shutil
import sqlite3
import subprocess
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from eventstore import StoreUnavailable
from mgtui.bootstrap import build, build_grabber
from mgtui.settings import load_settings
from tests.mgtui.grabber.conftest import Work
from tests.mgtui.grabber.letters import letter
from tests.mgtui.grabber.states import grab_once, office_on, opened
from tests.offices import OfficeFolder
from tests.servers.dovecot import Dovecot


def big(number: int) -> bytes:
    """Make a letter of 300 kB that doesn't compress."""
    noise = os.urandom(110_000).hex()
    lines = "\r\n".join(noise[at : at + 70] for at in range(0, len(noise), 70))
    return letter(number) + lines.encode() + b"\r\n"


def run_with_a_full_disk(
    config: Path, data: Path, apart_from: int, answers: "multiprocessing.SimpleQueue[str]"
) -> None:
    """Run once while no file can grow beyond a few hundred kB."""
    application = build(load_settings(config, data))
    service = build_grabber(application, "bounces", lambda *_: None)
    service.grabber.apart_from = apart_from
    # Python ignores SIGXFSZ, so that a write beyond the limit fails, as on a full disk.
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    try:
        service.once()
        answers.put("done")
    except StoreUnavailable as error:
        answers.put(str(error))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    application.close()


def once_with_a_full_disk(office: OfficeFolder, apart_from: int) -> str:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["mgtui.bootstrap"])
    answers = context.SimpleQueue()
    arguments = (office.config, office.data, apart_from, answers)
    process = context.Process(target=run_with_a_full_disk, args=arguments)
    process.start()
    said: str = answers.get()
    process.join(timeout=30)
    process.close()
    answers.close()
    return said


@pytest.mark.parametrize("apart_from", [300, 1], ids=["here", "apart"])
def test_a_disk_that_is_full_while_storing_leaves_the_mails_on_the_server(
    tmp_path: Path, server: Dovecot, apart_from: int
) -> None:
    for number in range(6):
        server.deliver("office", "INBOX", big(number))
    office = office_on(tmp_path, server.port, batch=2)
    said = once_with_a_full_disk(office, apart_from)
    assert said != "done"
    assert "full" in said or "disk" in said, said
    left = len(server.mails("office", "INBOX"))
    assert left > 0
    grab_once(office)
    with opened(office) as application:
        found = Counter(event.type for event in application.ask.events())
        assert (found["MailFetched"], found["MailMoved"], found["MailVanished"]) == (6, 6, 0)
    assert len(server.mails("office", "Manual")) == 6


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """Give a file system of its own of 3 MB."""
    folder = Path(tempfile.mkdtemp())
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if not made or made.returncode:
        folder.rmdir()
        pytest.skip("may not mount a file system here; the limit on files above stands for it")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)
    folder.rmdir()


def test_a_real_disk_that_is_full_is_told_and_when_there_is_room_again_the_work_goes_on(
    small_disk: Path, server: Dovecot
) -> None:
    for number in range(12):
        server.deliver("office", "INBOX", big(number))
    office = office_on(small_disk / "office", server.port, batch=2)
    _, err = office.run("grab", "--once", code=75)
    assert "full" in err, err
    left = len(server.mails("office", "INBOX"))
    assert 0 < left <= 12
    subprocess.run(["mount", "-o", "remount,size=40m", str(small_disk)], check=True)
    office.run("grab", "--once")
    office.run("verify")
    [record] = office.records("doctor", "--online")
    assert (record["balanced"], record["fetched"], record["moved"]) == (True, 12, 12)
    assert len(server.mails("office", "Manual")) == 12
    assert not server.mails("office", "INBOX")


def test_a_log_that_another_program_holds_is_waited_for(server: Dovecot, work: Work) -> None:
    server.deliver("office", "INBOX", letter(1))
    application, service = work(server.port)
    with closing(sqlite3.connect(application.settings.log_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        worker = threading.Thread(target=service.once)
        worker.start()
        worker.join(timeout=2)
        assert worker.is_alive(), "it waits"
        other.execute("COMMIT")
        worker.join(timeout=30)
    assert server.mails("office", "Manual") == [letter(1)]


@pytest.mark.long
def test_a_log_that_is_locked_for_a_minute_is_said_to_be_and_tried_again(server: Dovecot, work: Work) -> None:
    server.deliver("office", "INBOX", letter(1))
    application, service = work(server.port)
    said: list[str] = []
    service.report = lambda _name, text, _is_error: said.append(text)
    service.first_pause = 0.1
    stop = threading.Event()
    service.stop = stop
    worker = threading.Thread(target=service.run)
    with closing(sqlite3.connect(application.settings.log_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        worker.start()
        worker.join(timeout=60)
        assert worker.is_alive()
        assert said, "a lock that lasts is told while it lasts"
        assert "locked" in said[0] or "busy" in said[0]
        assert server.mails("office", "INBOX") == [letter(1)]
        other.execute("COMMIT")
    while not server.mails("office", "Manual"):
        assert worker.is_alive()
        worker.join(timeout=0.05)
    stop.set()
    service.grabber.mailbox.wake()
    worker.join(timeout=30)
    assert not worker.is_alive()
    assert [event.type for event in application.ask.events(types=["MailFetched"])] == ["MailFetched"]
