"""What others do to a mailbox meanwhile: each has its event, and nothing is lost or counted twice."""

import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import pytest

from mgtui.application import Application
from mgtui.bounce import Classification
from mgtui.grabber import Service
from mgtui.mailbox import FetchedMail, MailboxRefused, MailboxUnavailable
from tests.mgtui.grabber.conftest import Work
from tests.mgtui.grabber.letters import letter
from tests.servers.dovecot import Dovecot, skip_without_dovecot
from tests.servers.dovecot_config import DovecotOptions


def types(application: Application) -> Counter[str]:
    return Counter(event.type for event in application.ask.events())


def assert_balanced(application: Application) -> None:
    [row] = application.ask.balance()
    assert row["fetched"] == row["pending"] + row["done"] + row["manual"] + row["quarantined"]
    counted = application.ask.counted()[row["grabber"]]
    assert {name: row[name] for name in counted} == counted


def before_move(service: Service, happens: object) -> None:
    """Let something happen between the decision and the first move."""
    move = service.grabber.mailbox.move

    def then_move(uids: Sequence[str], folder: str) -> object:
        service.grabber.mailbox.move = move  # type: ignore[method-assign]
        happens()  # type: ignore[operator]
        return move(uids, folder)

    service.grabber.mailbox.move = then_move  # type: ignore[method-assign,assignment]


def number_anew(server: Dovecot) -> None:
    """Have the server forget which UIDs it gave, as after a restore from a backup."""
    server.kill()
    uid_list = server.maildir("office") / "dovecot-uidlist"
    version, validity, *_ = uid_list.read_text().split()
    for file in server.maildir("office").glob("dovecot*"):
        if file != uid_list:
            file.unlink()
    uid_list.write_text(f"{version} V{int(validity[1:]) + 7} N1 G0123456789abcdef0123456789abcdef\n")
    server.start()


def test_uids_numbered_anew_between_fetch_and_move_lose_and_double_nothing(
    dovecot: Dovecot, work: Work
) -> None:
    for number in range(3):
        dovecot.deliver("office", "INBOX", letter(number))
    application, service = work(dovecot.port)
    before_move(service, lambda: number_anew(dovecot))
    with pytest.raises(MailboxUnavailable):
        service.once()
    assert types(application)["MailMoved"] == 0
    service.once()
    found = types(application)
    assert found["MailFetched"] == 3
    assert found["FolderReplaced"] == 1
    assert found["MailMetAgain"] == 3
    assert found["MailMoved"] == 3
    assert found["MailVanished"] == 0
    assert not dovecot.mails("office", "INBOX")
    service.once()
    assert types(application)["FolderReplaced"] == 1
    assert_balanced(application)


def test_a_folder_replaced_by_an_empty_one_says_so_and_the_mails_vanished(
    dovecot: Dovecot, work: Work
) -> None:
    dovecot.deliver("office", "INBOX", letter(1))
    application, service = work(dovecot.port)

    def replace() -> None:
        dovecot.kill()
        shutil.rmtree(dovecot.maildir("office"))
        dovecot.start()

    before_move(service, replace)
    with pytest.raises(MailboxUnavailable):
        service.once()
    service.once()
    found = types(application)
    assert (found["FolderReplaced"], found["MailVanished"], found["MailMoved"]) == (1, 1, 0)
    assert_balanced(application)
    assert service.grabber.blobs.has(
        next(application.ask.events(types=["MailFetched"])).data["content_digest"]
    )


def test_mails_that_somebody_else_removed_meanwhile_are_noted_as_vanished(
    server: Dovecot, work: Work
) -> None:
    paths = [server.deliver("office", "INBOX", letter(number)) for number in range(3)]
    application, service = work(server.port)

    def remove_one() -> None:
        [found] = server.maildir("office").glob(f"*/{paths[1].name}*")
        found.unlink()

    before_move(service, remove_one)
    service.once()
    found = types(application)
    assert (found["MailFetched"], found["MailMoved"], found["MailVanished"]) == (3, 2, 1)
    assert len(server.mails("office", "Manual")) == 2
    assert_balanced(application)


@pytest.mark.parametrize("batch", [1, 200], ids=["a mail a batch", "one batch"])
def test_the_same_mail_delivered_twice_is_two_mails_that_know_of_each_other(
    server: Dovecot, work: Work, batch: int
) -> None:
    for _ in range(2):
        server.deliver("office", "INBOX", letter(1))
    application, service = work(server.port, batch=batch)
    service.once()
    first, second = application.ask.events(types=["MailFetched"])
    [twice] = application.ask.events(types=["MailDeliveredTwice"])
    assert {twice.data["mail_id"], twice.data["twin_id"]} == {first.data["mail_id"], second.data["mail_id"]}
    server.deliver("office", "INBOX", letter(1))
    service.once()
    assert types(application)["MailFetched"] == 3
    assert types(application)["MailDeliveredTwice"] == 2
    assert len(server.mails("office", "Manual")) == 3
    assert_balanced(application)


def test_a_mail_moved_back_by_hand_is_moved_again_and_counted_once(server: Dovecot, work: Work) -> None:
    server.deliver("office", "INBOX", letter(1))
    application, service = work(server.port)
    service.once()
    mailbox = service.grabber.mailbox
    mailbox.connect()
    mailbox.select("Manual")
    assert mailbox.move(mailbox.uids(), "INBOX")
    mailbox.close()
    assert server.mails("office", "INBOX") == [letter(1)]
    assert str(service.once()).startswith("0 fetched, 1 moved (1 for a person), 1 met again")
    found = types(application)
    assert (found["MailFetched"], found["MailMetAgain"], found["MailMoved"]) == (1, 1, 2)
    assert server.mails("office", "Manual") == [letter(1)]
    assert_balanced(application)


def test_a_target_that_is_removed_before_the_move_is_made_again(server: Dovecot, work: Work) -> None:
    server.deliver("office", "INBOX", letter(1))
    application, service = work(server.port)
    before_move(service, lambda: shutil.rmtree(server.folder("office", "Manual")))
    with pytest.raises(MailboxRefused):
        service.once()
    assert server.mails("office", "INBOX") == [letter(1)]
    service.once()
    assert server.mails("office", "Manual") == [letter(1)]
    assert types(application)["MailFetched"] == 1
    assert_balanced(application)


@pytest.fixture
def own_server() -> Iterator[object]:
    """Start a server with options."""
    skip_without_dovecot()
    started: list[Dovecot] = []

    def start(**options: object) -> Dovecot:
        server = Dovecot(DovecotOptions(**options))  # type: ignore[arg-type]
        started.append(server)
        server.start()
        return server

    yield start
    for server in started:
        server.close()


def test_no_right_to_write_into_the_target_leaves_every_mail_where_it_is(
    own_server: object, work: Work
) -> None:
    server = own_server(access_lists=True, folders=("Manual", "Processed"))  # type: ignore[operator]
    server.deliver("office", "INBOX", letter(1))
    application, service = work(server.port)
    server.deliver("office", "Manual", letter(9))
    acl = server.folder("office", "Manual") / "dovecot-acl"
    acl.write_text("owner lr\n")
    acl.chmod(0o644)
    with pytest.raises(MailboxRefused, match="no right"):
        service.once()
    assert server.mails("office", "INBOX") == [letter(1)]
    acl.unlink()
    service.once()
    assert not server.mails("office", "INBOX")
    assert types(application)["MailFetched"] == 1
    assert_balanced(application)


def test_an_inbox_that_may_only_be_read_is_refused_before_anything_is_taken_in(
    own_server: object, work: Work
) -> None:
    server = own_server(access_lists=True)  # type: ignore[operator]
    server.deliver("office", "INBOX", letter(1))
    application, service = work(server.port)
    acl = server.folder("office", "INBOX") / "dovecot-acl"
    acl.write_text("owner lr\n")
    acl.chmod(0o644)
    for _ in range(2):
        with pytest.raises(MailboxRefused, match="read-only"):
            service.once()
    found = types(application)
    assert (found["MailFetched"], found["FetchFailed"]) == (0, 1)
    acl.unlink()
    service.once()
    assert server.mails("office", "Manual") == [letter(1)]
    assert_balanced(application)


COPY_ONLY = "IMAP4rev1 SASL-IR LITERAL+ IDLE NAMESPACE UIDPLUS UNSELECT QUOTA"


def test_over_quota_every_mail_stays_and_goes_on_later(own_server: object, work: Work) -> None:
    server = own_server(quota_bytes=1000, capability=COPY_ONLY)  # type: ignore[operator]
    for number in range(3):
        server.deliver("office", "INBOX", letter(number))
    application, service = work(server.port)
    with pytest.raises(MailboxUnavailable, match="full"):
        service.once()
    assert len(server.mails("office", "INBOX")) == 3
    [failed] = application.ask.events(types=["FetchFailed"])
    assert failed.data["transient"]
    assert types(application)["MailFetched"] == 3
    with pytest.raises(MailboxUnavailable):
        service.once()
    assert types(application)["FetchFailed"] == 1, "the same failure is told once"
    service.grabber.mailbox.close()
    server.kill()
    config = server.root / "dovecot.conf"
    config.write_text(config.read_text().replace("bytes=1000", "bytes=100000").replace("1000B", "100000B"))
    server.start()
    service.once()
    found = types(application)
    assert (found["MailFetched"], found["MailMoved"], found["FetchResumed"]) == (3, 3, 1)
    assert not server.mails("office", "INBOX")
    assert_balanced(application)


def test_a_server_that_ends_during_a_round_and_comes_back_loses_nothing(dovecot: Dovecot, work: Work) -> None:
    for number in range(5):
        dovecot.deliver("office", "INBOX", letter(number))
    application, service = work(dovecot.port, batch=2)
    before_move(service, dovecot.kill)
    with pytest.raises(MailboxUnavailable):
        service.once()
    dovecot.start()
    service.once()
    found = types(application)
    assert (found["MailFetched"], found["MailMoved"], found["FetchFailed"], found["FetchResumed"]) == (
        5,
        5,
        1,
        1,
    )
    assert not dovecot.mails("office", "INBOX")
    assert_balanced(application)


def breaking(_: Classification) -> Classification:
    """Stand for a reader with a fault."""
    raise RecursionError("planted")


@pytest.mark.parametrize(
    ("plant", "why"),
    [
        (breaking, "RecursionError: planted"),
        (lambda found: found._replace(new_address="\udc80"), "InvalidEvent: MailClassified: 'utf-8' codec"),
        (lambda found: found._replace(new_address=7), "InvalidEvent: MailClassified: Expected `str | null`"),
    ],
)
def test_a_mail_that_breaks_the_classifier_is_quarantined_and_holds_up_no_other(
    server: Dovecot, work: Work, plant: Callable[[Classification], Classification], why: str
) -> None:
    for number in range(3):
        server.deliver("office", "INBOX", letter(number))
    application, service = work(server.port)
    understand = application.deciding.understand

    def crashing(raw: bytes) -> Classification:
        found = understand(raw)
        return plant(found) if b"Nachricht 1" in raw else found

    application.deciding.understand = crashing
    for _ in range(10):
        service.once()
    found = types(application)
    assert found["ProcessingFailed"] == application.deciding.attempts
    assert (found["MailQuarantined"], found["MailClassified"], found["MailMoved"]) == (1, 2, 3)
    [quarantined] = application.ask.events(types=["MailQuarantined"])
    assert why in quarantined.data["error"]
    assert not server.mails("office", "INBOX")
    assert [row["reason"] for row in application.ask.open_items("bounces")] == ["quarantined"]
    assert_balanced(application)


def test_a_mail_that_the_server_breaks_off_at_does_not_undo_those_before(server: Dovecot, work: Work) -> None:
    for number in range(4):
        server.deliver("office", "INBOX", letter(number))
    application, service = work(server.port)
    fetch = service.grabber.mailbox.fetch

    def breaking(uids: Sequence[str]) -> Iterator[FetchedMail]:
        mails: Iterable[FetchedMail] = fetch(uids)
        for mail in mails:
            if mail.uid == uids[2]:
                raise MailboxUnavailable("cut")
            yield mail

    service.grabber.mailbox.fetch = breaking  # type: ignore[method-assign]
    with pytest.raises(MailboxUnavailable, match="cut"):
        service.once()
    assert types(application)["MailMoved"] == 2
    service.grabber.mailbox.fetch = fetch  # type: ignore[method-assign]
    service.once()
    assert types(application)["MailMoved"] == 4


@pytest.mark.parametrize("days", [-400, 400], ids=["back", "ahead"])
def test_a_clock_that_jumps_by_a_year_between_two_rounds_changes_nothing(
    server: Dovecot, work: Work, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    server.deliver("office", "INBOX", letter(1))
    application, service = work(server.port)
    service.once()
    now = time.time_ns
    real = time.time
    monkeypatch.setattr(time, "time_ns", lambda: now() + days * 86_400 * 10**9)
    monkeypatch.setattr(time, "time", lambda: real() + days * 86_400)
    server.deliver("office", "INBOX", letter(2))
    service.once()
    found = types(application)
    assert (found["MailFetched"], found["MailMoved"], found["MailMetAgain"]) == (2, 2, 0)
    assert not server.mails("office", "INBOX")
    assert_balanced(application)
