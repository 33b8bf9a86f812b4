"""What `mgtui grab --dry-run` says is what happens, and it touches nothing."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.mgtui.grabber.letters import letter
from tests.mgtui.grabber.states import office_on
from tests.mgtui.grabber.test_faults import MAILS, SAMPLES, deliver
from tests.mgtui.grabber.test_service import TWO
from tests.servers import maildirs
from tests.servers.dovecot import Dovecot
from tests.servers.proxy import Proxy


def tree(folder: Path) -> dict[str, bytes]:
    """Give every mail file of a server by its path, flags and `new` included."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for part in ("new", "cur")
        for path in folder.glob(f"**/{part}/*")
    }


def test_a_dry_run_touches_nothing_and_foresees_what_then_happens(tmp_path: Path, server: Dovecot) -> None:
    deliver(server)
    maildir = server.maildir("office")
    before = tree(maildir)
    with Proxy(server.port) as proxy:
        office = office_on(tmp_path, proxy.port)
        office.run("contacts", "import", str(SAMPLES / "contacts.csv"))
        head = office.records("events")[-1]["position"]
        foreseen = office.records("grab", "--dry-run")
        out, err = office.run("grab", "--dry-run")
        assert not proxy.words() & {
            b"SELECT",
            b"CREATE",
            b"SUBSCRIBE",
            b"UID MOVE",
            b"UID COPY",
            b"UID STORE",
        }
    assert tree(maildir) == before
    assert server.folders("office") == ["INBOX"]
    assert office.records("events", "--after", str(head)) == []
    assert f"{len(MAILS)} mails looked at, nothing touched" in err
    assert len([line for line in out.splitlines() if line.startswith("bounces ")]) == len(MAILS)

    office.write(office.config.read_text("utf-8").replace(str(proxy.port), str(server.port)))
    office.run("grab", "--once")
    targets = Counter(record["target"] for record in foreseen)
    assert targets == {name: len(server.mails("office", name)) for name in targets}
    happened = Counter(event["type"] for event in office.records("events", "--after", str(head)))
    said = Counter(event["type"] for record in foreseen for event in record["events"])
    notes = {"GrabberStarted", "MovesIntended", "MailMoved", "MailFetched", "MailClassified", "RulesLoaded"}
    assert {name: number for name, number in happened.items() if name in said} == dict(said)
    assert set(happened) - set(said) - notes == {"MailDeliveredTwice"}


def test_a_dry_run_tells_of_mails_that_are_known_already(tmp_path: Path, server: Dovecot) -> None:
    server.deliver("office", "INBOX", letter(1))
    office = office_on(tmp_path, server.port)
    office.run("grab", "--once")
    server.deliver("office", "INBOX", letter(1))
    [record] = office.records("grab", "--dry-run")
    assert "moved back or delivered twice" in record["note"]
    assert record["kind"] == "ordinary"


def test_a_limit_takes_the_oldest_mails_and_leaves_the_rest_for_another_time(
    tmp_path: Path, server: Dovecot
) -> None:
    for number in range(5):
        server.deliver("office", "INBOX", letter(number))
    office = office_on(tmp_path, server.port)
    assert len(office.records("grab", "--dry-run", "--limit", "3")) == 3
    [record] = office.records("grab", "--once", "--limit", "2")
    assert (record["fetched"], record["moved"], record["vanished"]) == (2, 2, 0)
    assert server.mails("office", "INBOX") == [letter(number) for number in (2, 3, 4)]
    office.run("grab", "--once")
    assert len(server.mails("office", "Manual")) == 5
    office.run("grab", "--limit", "2", code=2)


def test_mails_of_before_a_day_stay_where_they_are(tmp_path: Path, server: Dovecot) -> None:
    import os

    old = server.deliver("office", "INBOX", letter(1))
    long_ago = datetime(2024, 2, 1, 12, tzinfo=UTC).timestamp()
    os.utime(old, (long_ago, long_ago))
    server.deliver("office", "INBOX", letter(2))
    office = office_on(tmp_path, server.port)
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    assert [record["subject"] for record in office.records("grab", "--dry-run", "--since", yesterday)] == [
        "Nachricht 2"
    ]
    [record] = office.records("grab", "--once", "--since", yesterday)
    assert (record["fetched"], record["moved"]) == (1, 1)
    assert server.mails("office", "INBOX") == [letter(1)]
    office.run("grab", "--once", "--since", "2024-02-01")
    assert not server.mails("office", "INBOX")


def test_a_dry_run_works_on_a_maildir_too(tmp_path: Path) -> None:
    maildirs.make(tmp_path / "Maildir", "root")
    maildirs.deliver(tmp_path / "Maildir", letter(1), "root")
    office = office_on(tmp_path, 1)
    office.write('[grabbers.local]\ntype = "maildir"\npath = "Maildir"\n')
    before = sorted(path for path in (tmp_path / "Maildir").rglob("*"))
    [record] = office.records("grab", "--dry-run")
    assert record["target"] == "Manual"
    assert sorted(path for path in (tmp_path / "Maildir").rglob("*")) == before


def test_a_grabber_is_chosen_by_its_name_and_an_unknown_one_is_refused(
    tmp_path: Path, server: Dovecot
) -> None:
    server.forget("second")
    for user in ("office", "second"):
        server.deliver(user, "INBOX", letter(1))
    office = office_on(tmp_path, server.port)
    office.write(office.config.read_text("utf-8") + TWO.format(port=server.port))
    _, err = office.run("grab", "--once", "--grabber", "second")
    assert "second: 1 fetched, 1 moved" in err
    assert "bounces" not in err
    assert server.mails("office", "INBOX") == [letter(1)]
    _, err = office.run("grab", "--once", "--grabber", "third", code=1)
    assert "there is no grabber 'third' (there is: bounces, second)" in err
