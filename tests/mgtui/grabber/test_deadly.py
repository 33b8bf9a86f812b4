"""A mail that ends the whole process while it is read holds up no other, and is told to a person."""

import multiprocessing
import os
import signal
from collections import Counter
from pathlib import Path

import pytest

from mgtui.bootstrap import build, build_grabber
from mgtui.bounce import Classification
from mgtui.deadly import MOST, DeadlyMail, Watched
from mgtui.settings import load_settings
from tests.mgtui.grabber.letters import letter
from tests.mgtui.grabber.states import office_on, opened
from tests.servers.dovecot import Dovecot


def run_with_a_deadly_mail(config: Path, data: Path) -> None:
    """Run once with a reader that takes the process down at one of the mails."""
    application = build(load_settings(config, data))
    watched = application.deciding.understand
    assert isinstance(watched, Watched)
    read = watched.read

    def deadly(raw: bytes) -> Classification:
        if b"Nachricht 1" in raw:
            os.kill(os.getpid(), signal.SIGKILL)
        return read(raw)  # type: ignore[no-any-return]

    watched.read = deadly
    build_grabber(application, "bounces", lambda *_: None).once()
    application.close()


def test_a_mail_that_kills_the_program_is_quarantined_and_the_others_are_decided(
    tmp_path: Path, server: Dovecot
) -> None:
    for number in range(4):
        server.deliver("office", "INBOX", letter(number))
    office = office_on(tmp_path, server.port)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["mgtui.bootstrap"])
    codes = []
    for _ in range(10):
        process = context.Process(target=run_with_a_deadly_mail, args=(office.config, office.data))
        process.start()
        process.join(timeout=60)
        codes.append(process.exitcode)
        process.close()
    assert codes == [-signal.SIGKILL] * MOST + [0] * (10 - MOST)
    with opened(office) as application:
        found = Counter(event.type for event in application.ask.events())
        assert (found["MailFetched"], found["MailClassified"], found["MailMoved"]) == (4, 3, 4)
        [quarantined] = application.ask.events(types=["MailQuarantined"])
        assert "while it read this mail" in quarantined.data["error"]
        assert [row["reason"] for row in application.ask.open_items("bounces")] == ["quarantined"]
    assert not server.mails("office", "INBOX")
    assert not list((office.data / "reading").glob("*.note"))


def read_and_die(folder: Path, raw: bytes) -> None:
    Watched(folder, lambda _raw: os.kill(os.getpid(), signal.SIGKILL))(raw)


def test_a_mail_that_was_read_at_last_is_counted_no_more(tmp_path: Path) -> None:
    context = multiprocessing.get_context("forkserver")
    for ends in range(1, MOST + 1):
        process = context.Process(target=read_and_die, args=(tmp_path, b"x"))
        process.start()
        process.join(timeout=60)
        process.close()
        if ends == MOST - 1:
            assert Watched(tmp_path, len)(b"x") == 1
            assert Watched(tmp_path, len)(b"xx") == 2
            assert (tmp_path / "ends.json").read_text() == "{}"
    assert Watched(tmp_path, len)(b"x") == 1


def test_one_that_reads_now_and_one_that_failed_are_no_ends(tmp_path: Path) -> None:
    def read(raw: bytes) -> int:
        if raw == b"outer":
            other = Watched(tmp_path, len)
            found = other(b"x")
            other.close()
            return found
        raise ValueError("an error that is caught elsewhere")

    watched = Watched(tmp_path, read)
    for _ in range(MOST + 1):
        assert watched(b"outer") == 1
        with pytest.raises(ValueError, match="elsewhere"):
            watched(b"x")
    watched.close()
    assert [path.name for path in tmp_path.iterdir()] == []


def get_ready_and_die(folder: Path) -> None:
    Watched(folder, len, lambda: os.kill(os.getpid(), signal.SIGKILL))(b"x")


def test_a_program_that_ends_before_it_can_read_did_not_end_at_a_mail(tmp_path: Path) -> None:
    context = multiprocessing.get_context("forkserver")
    for _ in range(MOST):
        process = context.Process(target=get_ready_and_die, args=(tmp_path,))
        process.start()
        process.join(timeout=60)
        assert process.exitcode == -signal.SIGKILL
        process.close()
    assert Watched(tmp_path, len)(b"x") == 1


def test_counts_that_are_damaged_harm_nothing(tmp_path: Path) -> None:
    for text in ("", "[]", '{"1-8cdc1683": "many"}', "\0"):
        (tmp_path / "ends.json").write_text(text)
        assert Watched(tmp_path, len)(b"x") == 1
    (tmp_path / "ends.json").write_text('{"1-8cdc1683": 3}')
    with pytest.raises(DeadlyMail):
        Watched(tmp_path, len)(b"x")


def test_where_no_note_can_be_written_a_mail_is_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert Watched(tmp_path / "file" / "reading", len)(b"x") == 1
