"""Grabbers that go on: stops are heard at once, failures come back slowly, and nobody holds up another."""

import itertools
import os
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from mgtui.application import Application
from mgtui.bootstrap import build, build_grabber
from mgtui.bounce import Classification
from mgtui.grabber import run_all
from mgtui.mailbox import MailboxRefused, MailboxUnavailable
from mgtui.settings import load_settings
from tests.mgtui.grabber.conftest import Work
from tests.mgtui.grabber.letters import letter
from tests.mgtui.grabber.states import office_on
from tests.servers.dovecot import Dovecot
from tests.servers.proxy import Fault, Proxy


def until(holds: Callable[[], bool], seconds: float = 30.0) -> None:
    """Look until something holds; fails after so long."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def moved(application: Application) -> int:
    return len(list(application.ask.events(types=["MailMoved"])))


def ended(threads: list[threading.Thread], stop: threading.Event) -> float:
    """Stop grabbers, and tell how long that took."""
    begun = time.monotonic()
    stop.set()
    for thread in threads:
        thread.join(timeout=30)
    assert not any(thread.is_alive() for thread in threads)
    return time.monotonic() - begun


def test_a_grabber_idles_once_for_a_long_wait_and_a_stop_is_heard_at_once(
    server: Dovecot, work: Work
) -> None:
    with Proxy(server.port) as proxy:
        application, service = work(proxy.port)
        service.poll_seconds = 600.0
        stop = threading.Event()
        threads = run_all([service], stop)
        until(lambda: b"IDLE" in proxy.words())
        server.deliver("office", "INBOX", letter(1))
        until(lambda: moved(application) == 1)
        until(lambda: proxy.commands[-1] == b"IDLE")
        assert ended(threads, stop) < 5
    assert proxy.commands.count(b"IDLE") == 2
    assert proxy.commands[-1] == b"LOGOUT"


def test_a_cut_connection_is_opened_again_and_told_of_once(server: Dovecot, work: Work) -> None:
    said: list[tuple[str, bool]] = []
    with Proxy(server.port) as proxy:
        application, service = work(proxy.port)
        service.report = lambda _name, text, is_error: said.append((text, is_error))
        service.first_pause = 0.01
        stop = threading.Event()
        threads = run_all([service], stop)
        until(lambda: b"IDLE" in proxy.words())
        for _ in range(3):
            idles = proxy.commands.count(b"IDLE")
            proxy.cut()
            until(lambda idles=idles: proxy.commands.count(b"IDLE") > idles)  # type: ignore[misc]
        server.deliver("office", "INBOX", letter(1))
        until(lambda: moved(application) == 1)
        ended(threads, stop)
    assert ("it works again", False) in said


def test_a_lasting_failure_is_one_event_and_its_end_another(server: Dovecot, work: Work) -> None:
    application, service = work(server.port)
    connect = service.grabber.mailbox.connect
    tries = itertools.count()

    def refusing() -> None:
        if next(tries) < 5:
            raise MailboxUnavailable("no answer")
        connect()

    service.grabber.mailbox.connect = refusing  # type: ignore[method-assign]
    service.first_pause = 0.001
    said: list[str] = []
    service.report = lambda _name, text, _is_error: said.append(text)
    stop = threading.Event()
    threads = run_all([service], stop)
    until(lambda: bool(list(application.ask.events(types=["FetchResumed"]))))
    ended(threads, stop)
    assert [event.type for event in application.ask.events()] == [
        "GrabberStarted",
        "FetchFailed",
        "FetchResumed",
    ]
    assert said == ["no answer", "it works again"]
    [row] = application.ask.balance()
    assert row["last_success"] > row["last_error_at"]


def test_pauses_grow_and_are_longest_where_a_person_must_act(server: Dovecot, work: Work) -> None:
    _, service = work(server.port)
    pauses = [service._failed(MailboxUnavailable("no answer")) for _ in range(12)]
    assert 0.5 <= pauses[0] <= 1.0
    assert 4.0 <= pauses[3] <= 8.0
    assert 150.0 <= pauses[-1] <= 300.0
    assert len(set(pauses)) == len(pauses), "without jitter all grabbers come back at once"
    _, service = work(server.port, "another")
    assert service._failed(MailboxRefused("wrong password")) >= 150.0


def test_an_error_in_the_program_is_noted_and_the_grabber_goes_on(server: Dovecot, work: Work) -> None:
    server.deliver("office", "INBOX", letter(1))
    application, service = work(server.port)
    uids = service.grabber.mailbox.uids

    def broken() -> list[str]:
        service.grabber.mailbox.uids = uids  # type: ignore[method-assign]
        raise ZeroDivisionError("planted")

    service.grabber.mailbox.uids = broken  # type: ignore[method-assign]
    service.first_pause = 0.001
    stop = threading.Event()
    threads = run_all([service], stop)
    until(lambda: moved(application) == 1)
    ended(threads, stop)
    [failed] = application.ask.events(types=["FetchFailed"])
    assert "planted" in failed.data["error"]


def test_a_stop_finishes_what_is_in_hand_and_leaves_the_rest(server: Dovecot, work: Work) -> None:
    for number in range(6):
        server.deliver("office", "INBOX", letter(number))
    application, service = work(server.port, batch=2)
    stop = threading.Event()
    service.stop = stop
    understand = application.deciding.understand

    def stop_then_understand(raw: bytes) -> Classification:
        stop.set()
        return understand(raw)

    application.deciding.understand = stop_then_understand
    service.run()
    found = Counter(event.type for event in application.ask.events())
    assert found["MailFetched"] == found["MailClassified"] == found["MailMoved"] == 2
    assert found["MailVanished"] == 0
    assert len(server.mails("office", "INBOX")) == 4


TWO = """
[grabbers.second]
type = "imap"
host = "127.0.0.1"
port = {port}
user = "second"
password = {{ env = "MGTUI_TEST_PASSWORD" }}
security = "plain"
"""


def test_a_mailbox_that_hangs_holds_up_no_other(tmp_path: Path, server: Dovecot) -> None:
    server.forget("second")
    server.deliver("second", "INBOX", letter(1))
    with Proxy(server.port) as proxy:
        proxy.fault = Fault("stall", match=b"SELECT", answer_bytes=0)
        office = office_on(tmp_path, proxy.port)
        office.write(office.config.read_text("utf-8") + TWO.format(port=server.port))
        application = build(load_settings(office.config, office.data))
        try:
            services = [build_grabber(application, name, lambda *_: None) for name in ("bounces", "second")]
            stop = threading.Event()
            threads = run_all(services, stop)
            assert proxy.struck.wait(20)
            until(lambda: moved(application) == 1)
            proxy.cut()
            ended(threads, stop)
        finally:
            application.close()


# the process


def lines_of(process: "subprocess.Popen[str]") -> Callable[[str], None]:
    """Give a wait for a text on stderr."""
    seen: list[str] = []
    assert process.stderr is not None
    thread = threading.Thread(target=lambda: seen.extend(process.stderr or ()), daemon=True)
    thread.start()
    return lambda text: until(lambda: any(text in line for line in seen))


def test_sigterm_ends_the_service_in_order_and_sighup_reads_the_configuration_anew(
    tmp_path: Path, server: Dovecot
) -> None:
    office = office_on(tmp_path, server.port)
    server.forget("second")
    server.deliver("second", "INBOX", letter(1))
    with office.start("grab") as process:
        told = lines_of(process)
        told("1 grabber at work")
        whole = office.config.read_text("utf-8")
        office.write(whole + "[nonsense]\n")
        process.send_signal(signal.SIGHUP)
        told("the configuration stays as it was")
        office.write(whole + TWO.format(port=server.port))
        process.send_signal(signal.SIGHUP)
        told("2 grabbers at work")
        told("second: 1 fetched, 1 moved")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def test_of_two_grabbers_started_at_the_same_instant_one_works(tmp_path: Path, dovecot: Dovecot) -> None:
    for number in range(40):
        dovecot.deliver("office", "INBOX", letter(number))
    with Proxy(dovecot.port, delay=0.01) as proxy:
        office = office_on(tmp_path, proxy.port, batch=5)
        office.run("events")  # makes the data folder
        both = [office.start("grab", "--once") for _ in range(2)]
        told = [process.communicate(timeout=60)[1] for process in both]
    codes = sorted(process.returncode for process in both)
    assert codes in ([0, 75], [0, 0]), told
    if codes == [0, 75]:
        assert sum("already works on" in text for text in told) == 1
    fetched = Counter(event["stream"] for event in office.records("events", "--type", "MailFetched"))
    assert len(fetched) == 40
    assert set(fetched.values()) == {1}
    assert len(dovecot.mails("office", "Manual")) == 40


def test_a_process_stopped_for_long_and_resumed_does_no_harm(tmp_path: Path, dovecot: Dovecot) -> None:
    for number in range(30):
        dovecot.deliver("office", "INBOX", letter(number))
    with Proxy(dovecot.port) as proxy:
        office = office_on(tmp_path, proxy.port, batch=5)
        proxy.fault = Fault("stall", match=b"UID MOVE", answer_bytes=0)  # so that it can't be through already
        with office.start("grab", "--once") as process:
            assert proxy.struck.wait(30)
            os.kill(process.pid, signal.SIGSTOP)
            try:
                # The lease is its own as long as it lives, however long it stands still; so is the log's lock
                # if it was stopped in the middle of an append.
                _, err = office.run("grab", "--once", code=75)
                assert "already works on" in err or "locked" in err
                proxy.cut()
            finally:
                os.kill(process.pid, signal.SIGCONT)
            process.communicate(timeout=60)
            assert process.returncode in (0, 75)
        office.run("grab", "--once")
        fetched = Counter(event["stream"] for event in office.records("events", "--type", "MailFetched"))
        assert len(fetched) == 30
        assert set(fetched.values()) == {1}
        assert len(dovecot.mails("office", "Manual")) == 30
        office.run("doctor", "--online")
