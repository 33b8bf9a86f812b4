"""The balance: every mail is accounted for, in the log and on the server, and what isn't is an alarm."""

import json
import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from mgtui.bootstrap import build_grabber
from mgtui.mailbox import MailboxUnavailable, Moved
from tests.mgtui.grabber.letters import letter
from tests.mgtui.grabber.states import office_on, opened
from tests.offices import OfficeFolder
from tests.servers.dovecot import Dovecot


def worked(tmp_path: Path, server: Dovecot) -> OfficeFolder:
    """Give an office that took three mails in."""
    for number in range(3):
        server.deliver("office", "INBOX", letter(number))
    office = office_on(tmp_path, server.port)
    office.run("grab", "--once")
    return office


def broken_move(_uids: Sequence[str], _folder: str) -> list[Moved]:
    raise MailboxUnavailable("cut")


def test_figures_of_log_and_server_are_shown_and_balance(tmp_path: Path, server: Dovecot) -> None:
    office = worked(tmp_path, server)
    server.deliver("office", "INBOX", letter(7))
    [record] = office.records("doctor", "--online")
    assert record["balanced"]
    assert record["on_server"] == {
        "inbox": 1, "new": 1, "standing": 0, "back": 0, "missing": 0, "done": 0, "manual": 3,
    }  # fmt: skip
    assert record["extensions"] == ["MOVE", "UIDPLUS", "IDLE"]
    out, _ = office.run("doctor", "--online")
    assert "bounces: balanced: 3 fetched" in out
    assert "1 in the inbox = 1 new + 0 known" in out


def test_looking_touches_nothing(tmp_path: Path, server: Dovecot) -> None:
    office = worked(tmp_path, server)
    path = server.deliver("office", "INBOX", letter(7))
    head = office.records("events")[-1]["position"]
    office.run("doctor", "--online")
    assert path.exists()
    assert office.records("events", "--after", str(head)) == []


def test_a_mail_that_is_nowhere_is_an_event_and_an_alarm_once(tmp_path: Path, dovecot: Dovecot) -> None:
    office = worked(tmp_path, dovecot)
    dovecot.deliver("office", "INBOX", letter(8))
    # The connection breaks before the move; then somebody takes the mail away.
    with opened(office) as application:
        service = build_grabber(application, "bounces", lambda *_: None)
        service.grabber.mailbox.move = broken_move  # type: ignore[method-assign]
        with pytest.raises(MailboxUnavailable):
            service.once()
    [found] = dovecot.maildir("office").glob("cur/*")
    found.unlink()
    out, _ = office.run("doctor", "--online", code=1)
    assert "NOT BALANCED" in out
    assert "1 not where they should be" in out
    office.run("doctor", "--online", code=1)
    [failed] = office.records("events", "--type", "BalanceFailed")
    assert failed["data"]["fetched"] == 4
    [row] = office.records("doctor", "--online", code=1)
    assert row["unbalanced"] == failed["data"]["why"]
    dovecot.deliver("office", "INBOX", letter(9))
    with opened(office) as application:
        # The mail that is gone is noted as vanished; a mail that comes in meanwhile is no sign that all is well.
        service = build_grabber(application, "bounces", lambda *_: None)
        service.grabber.progress = lambda *_: seen.append(application.grabbers()[0].unbalanced)
        seen: list[str] = []
        assert service.once().vanished == 1
        assert set(seen) == {failed["data"]["why"]}
    office.run("doctor")
    [row] = office.records("doctor")
    assert row["unbalanced"], "without a look at the server it isn't over"
    office.run("doctor", "--online")
    [row] = office.records("doctor", "--online")
    assert not row["unbalanced"]
    assert len(office.records("events", "--type", "BalanceRestored")) == 1


def test_figures_that_somebody_changed_in_the_read_model_do_not_balance(
    tmp_path: Path, server: Dovecot
) -> None:
    office = worked(tmp_path, server)
    with closing(sqlite3.connect(office.data / "events.db")) as database, database:
        database.execute("DELETE FROM mails WHERE mail_id = (SELECT min(mail_id) FROM mails)")
    out, _ = office.run("doctor", code=1)
    assert "3 fetched, but 2 when counted from the mails" in out
    office.run("rebuild")
    office.run("doctor")


def test_a_server_that_cannot_be_asked_is_said_and_is_code_75(tmp_path: Path, dovecot: Dovecot) -> None:
    office = worked(tmp_path, dovecot)
    dovecot.kill()
    out, _ = office.run("doctor", "--online", code=75)
    assert "can't be reached" in out
    office.run("doctor")


SECRET = "s3cr3t-Wört"


def by_environment(_folder: Path) -> str:
    os.environ["MGTUI_ODD_PASSWORD"] = SECRET
    return '{ env = "MGTUI_ODD_PASSWORD" }'


def by_file(folder: Path) -> str:
    (folder / "password").write_text(SECRET, "utf-8")
    (folder / "password").chmod(0o600)
    return '{ file = "password" }'


def by_command(folder: Path) -> str:
    return (
        json.dumps(["cat", str(folder / "password")]).join(("{ command = ", " }")) if by_file(folder) else ""
    )


@pytest.mark.parametrize("source", [by_environment, by_file, by_command])
def test_no_secret_is_in_what_it_says_nor_in_the_log(
    tmp_path: Path, server: Dovecot, source: Callable[[Path], str]
) -> None:
    office = office_on(tmp_path, server.port)
    text = office.config.read_text("utf-8").replace('{ env = "MGTUI_TEST_PASSWORD" }', source(tmp_path))
    office.write(text)
    told = [*office.run("grab", "--once", code=1), *office.run("doctor", "--online", code=1)]
    told += [*office.run("doctor", "--online", "--json", code=1), *office.run("events", "--json")]
    assert "password" in "".join(told)
    for said in told:
        assert SECRET not in said
    log = b"".join(path.read_bytes() for path in office.data.rglob("*") if path.is_file())
    assert SECRET.encode() not in log
