"""What people ask of grabbers: to pause, to go on, to fetch now; and how each of them does."""

import dataclasses
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from eventstore import event_of
from eventstore.events import BalanceFailed, MailFetched
from mgtui.application import Application
from mgtui.commands import FetchNow, PauseGrabber, ResumeGrabber
from mgtui.grabber import Service, lease_file, run_all
from mgtui.grabbing import GrabberStatus
from tests.mgtui.grabber.conftest import Work
from tests.mgtui.grabber.letters import letter
from tests.mgtui.grabber.states import office_on
from tests.mgtui.grabber.test_service import ended, lines_of, moved, until
from tests.servers.dovecot import Dovecot
from tests.servers.dovecot_config import DovecotOptions
from tests.servers.proxy import Proxy

NAME = "bounces"
Status = Callable[[], GrabberStatus]


@contextmanager
def running(service: Service) -> Iterator[threading.Event]:
    """Run a service in a thread, and end it in order."""
    stop = threading.Event()
    threads = run_all([service], stop)
    try:
        yield stop
    finally:
        assert ended(threads, stop) < 10


def status_of(application: Application) -> Status:
    def ask() -> GrabberStatus:
        [status] = application.grabbers()
        return status

    return ask


def test_a_paused_grabber_leaves_the_mailbox_alone_until_it_is_resumed(server: Dovecot, work: Work) -> None:
    with Proxy(server.port) as proxy:
        application, service = work(proxy.port)
        status = status_of(application)
        service.poll_seconds = 600.0
        with running(service):
            until(lambda: status().state == "idle")
            outcome = application.execute(PauseGrabber(NAME, "the server moves"))
            assert outcome.done, outcome.text
            until(lambda: proxy.commands[-1] == b"LOGOUT")
            commands = len(proxy.commands)
            server.deliver("office", "INBOX", letter(1))
            refused = application.execute(FetchNow(NAME))
            assert not refused.done
            assert "is paused by" in refused.text
            assert (status().state, status().paused_why) == ("paused", "the server moves")
            assert status().process == os.getpid(), "it keeps its lease: nobody else works there meanwhile"
            assert len(proxy.commands) == commands
            assert application.execute(ResumeGrabber(NAME)).done
            until(lambda: moved(application) == 1)
            until(lambda: status().state == "idle")


def test_a_pause_finishes_the_portion_in_hand_and_leaves_the_rest(server: Dovecot, work: Work) -> None:
    for number in range(6):
        server.deliver("office", "INBOX", letter(number))
    application, service = work(server.port, batch=2)
    understand = application.deciding.understand

    def pause_then_understand(raw: bytes) -> object:
        application.execute(PauseGrabber(NAME))
        return understand(raw)

    application.deciding.understand = pause_then_understand  # type: ignore[assignment]
    with running(service):
        until(lambda: moved(application) == 2)
        assert status_of(application)().state == "paused"
        application.deciding.understand = understand
        assert len(server.mails("office", "INBOX")) == 4
        application.execute(ResumeGrabber(NAME))
        until(lambda: moved(application) == 6)


def test_without_idle_a_fetch_that_is_asked_for_does_not_wait_for_the_next_look(
    server_with: Callable[..., Dovecot], work: Work
) -> None:
    server = server_with(capability="IMAP4rev1 SASL-IR LITERAL+ NAMESPACE UIDPLUS UNSELECT MOVE")
    application, service = work(server.port)
    status = status_of(application)
    service.poll_seconds = 600.0
    service.grabber.mailbox._settings = dataclasses.replace(  # type: ignore[attr-defined]
        service.grabber.mailbox._settings,  # type: ignore[attr-defined]
        poll_interval=600.0,
    )
    with running(service):
        until(lambda: status().state == "poll")
        since = status().since
        server.deliver("office", "INBOX", letter(1))
        assert application.execute(FetchNow(NAME)).done
        until(lambda: moved(application) == 1)
        until(lambda: status().state == "poll")
        assert status().since == since, "it polls since then, looks in between don't count"
        assert status().last_success > since


def test_a_fetch_that_is_asked_for_ends_the_pause_after_a_failure(dovecot: Dovecot, work: Work) -> None:
    application, service = work(dovecot.port)
    status = status_of(application)
    service.first_pause = 300.0
    with running(service):
        until(lambda: status().state == "idle")
        dovecot.kill()
        until(lambda: status().state == "failing")
        assert status().next_try > status().since
        assert status().error
        dovecot.start()
        dovecot.deliver("office", "INBOX", letter(1))
        assert application.execute(FetchNow(NAME)).done
        until(lambda: moved(application) == 1)
        until(lambda: status().state == "idle")
        assert status().error == ""


def test_a_grabber_that_was_paused_before_it_started_waits_and_can_be_stopped(
    server: Dovecot, work: Work
) -> None:
    server.deliver("office", "INBOX", letter(1))
    application, service = work(server.port)
    said: list[str] = []
    service.report = lambda _name, text, _is_error: said.append(text)
    outcome = application.execute(PauseGrabber(NAME))
    assert "will not start work" in outcome.text
    with running(service):
        until(lambda: len(said) == 1)
    assert said[0].startswith("paused by operator")
    assert not list(application.ask.events(types=["GrabberStarted"]))
    assert server.mails("office", "INBOX") == [letter(1)]


def test_what_can_not_be_asked_is_refused_and_not_in_the_log(server: Dovecot, work: Work) -> None:
    application, _ = work(server.port)
    for command, text in (
        (ResumeGrabber(NAME), "isn't paused"),
        (FetchNow(NAME), "no process runs"),
        (PauseGrabber("nobody"), "there is no grabber"),
    ):
        outcome = application.execute(command)
        assert not outcome.done
        assert text in outcome.text
    assert application.store.head() == 0
    assert application.execute(PauseGrabber(NAME)).done
    again = application.execute(PauseGrabber(NAME))
    assert not again.done
    assert "already" in again.text
    assert application.store.head() == 1


def test_another_process_is_told_by_the_log(tmp_path: Path, dovecot: Dovecot) -> None:
    office = office_on(tmp_path, dovecot.port)

    def state() -> str:
        [record] = office.records("grabbers", "list")
        return str(record["state"])

    assert state() == "off"
    with office.start("grab") as process:
        told = lines_of(process)
        told("1 grabber at work")
        until(lambda: state() == "idle")
        out, _ = office.run("grabbers", "list")
        assert f"process {process.pid}" in out
        assert "IDLE" in out
        office.run("grabbers", "pause", NAME, "--why", "a test")
        told("paused by tester: a test")
        _, err = office.run("grab", "--once", code=75)
        assert "already works on" in err
        dovecot.deliver("office", "INBOX", letter(1))
        office.run("grabbers", "fetch", NAME, code=1)
        office.run("grabbers", "resume", NAME)
        told("1 fetched, 1 moved")
        office.run("grabbers", "fetch", NAME)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert state() == "off", "the kernel says that it is gone, whatever it wrote last"
    office.run("grabbers", "pause", NAME)
    _, err = office.run("grab", "--once", code=75)
    assert "paused by tester; `mgtui grabbers resume bounces` lets it go on" in err
    asked = [
        (event["type"], event["actor"]) for event in office.records("events", "--stream", f"grabber-{NAME}")
    ]
    assert ("FetchAsked", "tester") in asked
    assert ("GrabberPaused", "tester") in asked


def test_a_grabber_that_goes_on_checks_its_balance_by_itself(server: Dovecot, work: Work) -> None:
    server.deliver("office", "INBOX", letter(1))
    application, service = work(server.port)
    service.check_seconds, service.poll_seconds = 0.0, 0.05
    service.once()
    missing = {"grabber": NAME, "fetched": 2, "standing": 0, "moved": 1, "vanished": 0, "why": "planted"}
    application.store.append(f"grabber-{NAME}", [event_of(BalanceFailed, missing)])
    assert status_of(application)().unbalanced == "planted"
    with running(service):
        until(lambda: not status_of(application)().unbalanced)
        application.store.append("mail-x", [stray(server.port)])
        until(lambda: bool(status_of(application)().unbalanced) or moved(application) > 1)
    [_, failed] = application.ask.events(types=["BalanceFailed"])
    assert "1 not where they should be" in failed.data["why"]


def stray(port: int) -> MailFetched:
    """Make the event of a mail that stands nowhere."""
    return MailFetched(
        mail_id="x", grabber=NAME, mailbox=f"imap:office@127.0.0.1:{port}", folder="INBOX",
        uid_validity="1", uid="77", content_digest="0" * 64, size=5,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"process": 1}', '{"process": 1, "doing": "flying", "since": ""}']
)
def test_a_damaged_file_about_a_grabber_harms_nothing(server: Dovecot, work: Work, text: str) -> None:
    application, service = work(server.port)
    service.once()
    [row] = application.ask.balance()
    file = lease_file(application.settings.data / "leases", f"{row['mailbox']} {row['folder']}").with_suffix(
        ".json"
    )
    assert file.exists()
    file.write_text(text)
    assert status_of(application)().state == "off"
    service.once()
    assert status_of(application)().last_success > row["started_at"]


@pytest.fixture
def server_with(request: pytest.FixtureRequest) -> Callable[..., Dovecot]:
    pool = request.getfixturevalue("pool")
    return lambda **options: pool.take(DovecotOptions(**options), "office")
