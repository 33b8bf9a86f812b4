"""The whole way of a mail against a real Dovecot, through the real command line."""

import contextlib
import hashlib
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from eventstore import StoreError, open_store
from tests.mgtui.grabber.states import crlf, end_state, folders, office_on
from tests.offices import CORPUS, OfficeFolder
from tests.servers.dovecot import Dovecot

REPORTS = CORPUS / "reports"

needs_corpus = pytest.mark.skipif(not REPORTS.is_dir(), reason="needs ../shared/corpus beside the project")


def deliver_reports(server: Dovecot) -> list[bytes]:
    mails = [path.read_bytes() for path in sorted(REPORTS.glob("*.eml"))]
    for mail in mails:
        server.deliver("office", "INBOX", mail)
    return mails


@needs_corpus
def test_once_empties_an_inbox_and_a_second_run_adds_only_its_start(tmp_path: Path, dovecot: Dovecot) -> None:
    mails = deliver_reports(dovecot)
    office = office_on(tmp_path, dovecot.port)
    office.run("grab", "--once")

    found = folders(dovecot)
    assert not found["INBOX"]
    assert found["Processed"] + found["Manual"] == Counter(hashlib.sha256(crlf(m)).hexdigest() for m in mails)
    events = office.records("events")
    for event_type in ("MailFetched", "MailMoved"):
        counted = Counter(e["stream"] for e in events if e["type"] == event_type)
        assert len(counted) == len(mails)
        assert set(counted.values()) == {1}
    assert "whole" in office.run("verify")[0]

    office.run("grab", "--once")
    added = office.records("events", "--after", str(events[-1]["position"]))
    assert [event["type"] for event in added] == ["GrabberStarted"]
    office.run("doctor")


def head(office: OfficeFolder) -> int:
    """Give the log's last position without disturbing a run."""
    with contextlib.suppress(StoreError), open_store(office.data / "events.db", (), read_only=True) as store:
        return store.head()
    return 0


def kill_after(office: OfficeFolder, events: int) -> bool:
    """Start a run, kill it once it has appended so many events, and tell whether it was still at work."""
    goal = head(office) + events
    with office.start("grab", "--once") as process:
        while head(office) < goal and process.poll() is None:
            time.sleep(0.002)
        at_work = process.poll() is None
        process.kill()
    return at_work


@needs_corpus
@pytest.mark.long
def test_killed_at_ten_random_moments_it_ends_as_if_nothing_had_been(tmp_path: Path) -> None:
    with Dovecot() as quiet:
        deliver_reports(quiet)
        undisturbed = office_on(tmp_path / "undisturbed", quiet.port, batch=10)
        undisturbed.run("grab", "--once")
        expected_folders, expected = folders(quiet), end_state(undisturbed)
        all_events = head(undisturbed)
    with Dovecot() as server:
        deliver_reports(server)
        office = office_on(tmp_path / "killed", server.port, batch=10)
        moments = random.Random(20261123)
        killed = [kill_after(office, moments.randrange(1, all_events // 8)) for _ in range(10)]
        left = sum(folders(server)["INBOX"].values())
        assert all(killed), "a run ended before it was killed"
        assert left, "nothing was left for the last run"
        office.run("grab", "--once")
        assert folders(server) == expected_folders
        assert end_state(office) == expected
        office.run("verify")
        office.run("doctor")


def test_an_unreachable_server_is_one_line_and_exit_75(tmp_path: Path, dovecot: Dovecot) -> None:
    office = office_on(tmp_path, dovecot.port)
    dovecot.stop()
    _, err = office.run("grab", "--once", code=75)
    assert err.count("\n") == 1
    assert "127.0.0.1" in err


def test_a_wrong_password_is_one_line_that_does_not_hold_it(tmp_path: Path, dovecot: Dovecot) -> None:
    office = office_on(tmp_path, dovecot.port)
    text = office.config.read_text("utf-8").replace(
        '{ env = "MGTUI_TEST_PASSWORD" }', '{ command = ["echo", "wr0ng"] }'
    )
    office.write(text)
    _, err = office.run("grab", "--once", code=1)
    assert err.count("\n") == 1
    assert "password" in err
    assert "wr0ng" not in err
    assert "wr0ng" not in office.run("events")[0]


def test_a_missing_inbox_is_one_line(tmp_path: Path, dovecot: Dovecot) -> None:
    office = office_on(tmp_path, dovecot.port)
    office.write(office.config.read_text("utf-8") + 'folders = { inbox = "Bounces" }\n')
    _, err = office.run("grab", "--once", code=1)
    assert err.count("\n") == 1
    assert "Bounces" in err
