"""Subscribers in the configuration, and the service that apprise speaks to."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from mgtui.notify import Notice, ServiceChannel, Undelivered
from tests.mgtui.cli.test_proof import CONFIG
from tests.offices import OfficeFolder

#: What a library of apprise imports on Python 3.11 and 3.12.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
SMTP = '[smtp]\nhost = "127.0.0.1"\nsender = "mgtui@office.example"\nsecurity = "plain"\nport = 1\n'
NOTICE = Notice("0a1b", "mgtui: a notice", "it has to go by post", datetime(2026, 11, 20, tzinfo=UTC))


@pytest.fixture
def service() -> Iterator[tuple[int, list[dict[str, str]]]]:
    taken: list[dict[str, str]] = []

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Taker) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port, taken
        finally:
            server.shutdown()
            thread.join()


def test_a_notice_reaches_a_service_with_its_id(service: tuple[int, list[dict[str, str]]]) -> None:
    port, taken = service
    ServiceChannel(lambda: f"json://127.0.0.1:{port}/").send(NOTICE)
    assert taken[0]["title"] == NOTICE.subject
    assert "0a1b" in taken[0]["message"]


def test_a_service_that_does_not_answer_is_tried_again() -> None:
    with pytest.raises(Undelivered) as refused:
        ServiceChannel(lambda: "json://127.0.0.1:1/").send(NOTICE)
    assert not refused.value.for_good


def test_an_url_that_means_nothing_is_given_up() -> None:
    with pytest.raises(Undelivered) as refused:
        ServiceChannel(lambda: "nonsense").send(NOTICE)
    assert refused.value.for_good


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[subscribers.anna]\nmail = "anna@office.example"\n', ["subscribers.anna.mail", "[smtp]"]),
        (SMTP + "[subscribers.anna]\n", ["subscribers.anna", "exactly one of mail, apprise"]),
        (
            SMTP + '[subscribers.a]\nmail = "a@x"\nevents = ["ActionFailed"]\n',
            ["nobody can be told", "ActionFailed"],
        ),
        (SMTP + '[subscribers.a]\nmail = "a@x"\ngrabbers = ["b"]\n', ["no grabber 'b'"]),
    ],
)
def test_a_wrong_subscriber_is_one_line(tmp_path: Path, text: str, words: list[str]) -> None:
    _, err = OfficeFolder(tmp_path).write(CONFIG + text).run("outbox", "list", code=1)
    assert err.count("\n") == 1
    for word in words:
        assert word in err
