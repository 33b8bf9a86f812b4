"""What every mailbox must do, run against Maildir and against a real Dovecot."""

import itertools
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mgtui.mailbox import (
    ImapMailbox,
    Mailbox,
    MailboxError,
    MailboxRefused,
    MaildirMailbox,
)
from tests.mgtui.mailbox.conftest import settings_for
from tests.mgtui.mailbox.mails import mail
from tests.servers import maildirs


@dataclass
class Office:
    """A mailbox, and what happens to it from outside."""

    mailbox: ImapMailbox | MaildirMailbox
    maildir: Path
    owner: str

    def deliver(self, folder: str, *raws: bytes, flags: str = "") -> list[Path]:
        return [
            maildirs.deliver(maildirs.folder_path(self.maildir, folder), raw, self.owner, flags=flags)
            for raw in raws
        ]

    def mails(self, folder: str) -> list[bytes]:
        return maildirs.mails(maildirs.folder_path(self.maildir, folder))

    def folders(self) -> list[str]:
        return maildirs.folders(self.maildir)


@pytest.fixture(params=["maildir", "imap"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    if request.param == "maildir":
        maildirs.make(tmp_path / "office", "root")
        yield Office(MaildirMailbox(tmp_path / "office", poll_seconds=0.02), tmp_path / "office", "root")
        return
    server = request.getfixturevalue("dovecot")
    mailbox = ImapMailbox(settings_for(server.port))
    yield Office(mailbox, server.maildir("office"), server.accounts.mail)
    mailbox.close()


def opened(office: Office, *raws: bytes) -> ImapMailbox | MaildirMailbox:
    """Give the mailbox with these mails in its INBOX and a folder for what is done."""
    office.deliver("INBOX", *raws)
    office.mailbox.connect()
    office.mailbox.ensure_folder("Processed")
    office.mailbox.select("INBOX")
    return office.mailbox


def contents(mailbox: Mailbox) -> list[bytes]:
    fetched = {each.uid: each.raw for each in mailbox.fetch(mailbox.uids())}
    return [fetched[uid] for uid in mailbox.uids()]


class TestMailbox:
    def test_mails_are_listed_oldest_first_and_fetched_as_they_are(self, office: Office) -> None:
        raws = [mail(number) for number in range(12)]
        assert contents(opened(office, *raws)) == raws

    def test_fetching_leaves_the_flags_alone(self, office: Office) -> None:
        path = office.deliver("INBOX", mail(1), flags="F")[0]
        mailbox = opened(office)
        list(mailbox.fetch(mailbox.uids()))
        assert path.exists()

    def test_new_mails_and_seen_mails_are_both_listed(self, office: Office) -> None:
        office.deliver("INBOX", mail(1), flags="S")
        assert contents(opened(office, mail(2))) == [mail(1), mail(2)]

    def test_a_moved_mail_is_in_the_target_only_and_has_its_uid_there(self, office: Office) -> None:
        mailbox = opened(office, mail(1), mail(2))
        first, second = mailbox.uids()
        [moved] = mailbox.move([first], "Processed")
        assert moved.uid == first
        assert mailbox.uids() == [second]
        mailbox.select("Processed")
        assert [(each.uid, each.raw) for each in mailbox.fetch(mailbox.uids())] == [
            (moved.target_uid, mail(1))
        ]

    def test_a_move_keeps_flags_and_bytes(self, office: Office) -> None:
        office.deliver("INBOX", mail(1), flags="FS")
        mailbox = opened(office)
        mailbox.move(mailbox.uids(), "Processed")
        folder = maildirs.folder_path(office.maildir, "Processed")
        assert [path.name[-2:] for path in (folder / "cur").iterdir()] == ["FS"]
        assert office.mails("Processed") == [mail(1)]

    def test_a_mail_moved_twice_is_moved_once(self, office: Office) -> None:
        mailbox = opened(office, mail(1))
        uids = mailbox.uids()
        assert len(mailbox.move([*uids, *uids], "Processed")) == 1
        assert mailbox.move(uids, "Processed") == []
        assert office.mails("Processed") == [mail(1)]

    def test_a_mail_that_vanished_is_left_out_of_fetch_and_move(self, office: Office) -> None:
        paths = office.deliver("INBOX", mail(1), mail(2), mail(3))
        mailbox = opened(office)
        uids = mailbox.uids()
        for path in office.maildir.glob(f"*/{paths[1].name}*"):
            path.unlink()
        assert [each.raw for each in mailbox.fetch(uids)] == [mail(1), mail(3)]
        moved = mailbox.move(uids, "Processed")
        assert [each.uid for each in moved] == [uids[0], uids[2]]
        assert office.mails("Processed") == [mail(1), mail(3)]

    def test_flags_changed_from_outside_lose_no_mail(self, office: Office) -> None:
        mailbox = opened(office, mail(1), mail(2))
        uids = mailbox.uids()
        for path in [*(office.maildir / "new").iterdir(), *(office.maildir / "cur").iterdir()]:
            path.rename(office.maildir / "cur" / f"{path.name.partition(':')[0]}:2,FS")
        assert [each.raw for each in mailbox.fetch(uids)] == [mail(1), mail(2)]
        assert len(mailbox.move(uids, "Processed")) == 2

    def test_mails_marked_deleted_by_others_survive_every_move(self, office: Office) -> None:
        office.deliver("INBOX", *[mail(number) for number in range(20)], flags="T")
        mailbox = opened(office, mail(100), mail(101))
        mailbox.move(mailbox.uids()[-2:], "Processed")
        assert office.mails("INBOX") == [mail(number) for number in range(20)]

    def test_only_copied_mails_are_removed(self, office: Office) -> None:
        office.deliver("INBOX", mail(1), flags="T")
        mailbox = opened(office, mail(2), mail(3))
        mailbox.remove_copied(mailbox.uids()[1:2])
        assert office.mails("INBOX") == [mail(1), mail(3)]

    def test_removing_what_is_gone_is_no_error(self, office: Office) -> None:
        mailbox = opened(office, mail(1))
        uids = mailbox.uids()
        mailbox.remove_copied(uids)
        mailbox.remove_copied(uids)
        assert office.mails("INBOX") == []

    def test_uids_can_begin_at_one_of_them(self, office: Office) -> None:
        mailbox = opened(office, *[mail(number) for number in range(5)])
        uids = mailbox.uids()
        assert mailbox.uids(since_uid=uids[3]) == uids[3:]

    def test_what_arrives_in_a_folder_is_listed_from_its_noted_uid_next(self, office: Office) -> None:
        mailbox = opened(office, mail(1), mail(2))
        mailbox.move(mailbox.uids()[:1], "Processed")
        noted = mailbox.state("Processed").uid_next
        [moved] = mailbox.move(mailbox.uids(), "Processed")
        mailbox.select("Processed")
        assert moved.target_uid in mailbox.uids(since_uid=noted)

    def test_nothing_is_listed_from_the_uid_next_of_a_quiet_folder(self, office: Office) -> None:
        mailbox = opened(office)
        assert mailbox.uids(since_uid=mailbox.state("INBOX").uid_next) == []

    def test_state_agrees_with_select(self, office: Office) -> None:
        mailbox = opened(office, mail(1))
        selected = mailbox.select("INBOX")
        assert mailbox.state("INBOX") == selected
        assert not selected.read_only
        assert selected.uid_validity

    def test_state_does_not_change_the_current_folder(self, office: Office) -> None:
        mailbox = opened(office, mail(1))
        mailbox.state("Processed")
        assert contents(mailbox) == [mail(1)]

    def test_folders_are_created_once_with_umlauts_ampersands_and_levels(self, office: Office) -> None:
        mailbox = opened(office, mail(1))
        for name in ("Müll & Söhne", "Erledigt/2026/Mai", "日本語", 'quo"te', "back\\slash"):
            mailbox.ensure_folder(name)
            mailbox.ensure_folder(name)
            assert name in office.folders()
            assert mailbox.state(name).folder == name
        mailbox.move(mailbox.uids(), "Müll & Söhne")
        assert office.mails("Müll & Söhne") == [mail(1)]

    def test_the_inbox_has_no_upper_and_lower_case(self, office: Office) -> None:
        mailbox = opened(office, mail(1))
        mailbox.ensure_folder("Inbox")
        assert mailbox.select("inbox").uid_validity == mailbox.select("INBOX").uid_validity
        assert contents(mailbox) == [mail(1)]

    @pytest.mark.parametrize(
        "name",
        [
            "",
            "/",
            "a//b",
            "../x",
            "a/..",
            ".",
            "a\r\nb",
            "a\nA1 DELETE INBOX",
            "a\0",
            "a\x7f",
            "a/",
            "\ud800",
        ],
    )
    def test_a_folder_name_that_could_do_harm_is_refused(self, office: Office, name: str) -> None:
        mailbox = opened(office, mail(1))
        uids = mailbox.uids()
        before = office.folders()
        for call in (mailbox.select, mailbox.state, mailbox.ensure_folder):
            with pytest.raises(MailboxRefused):
                call(name)
        mailbox.select("INBOX")
        with pytest.raises(MailboxRefused):
            mailbox.move(uids, name)
        assert office.folders() == before
        assert office.mails("INBOX") == [mail(1)]

    def test_a_missing_folder_is_refused_by_name(self, office: Office) -> None:
        mailbox = opened(office, mail(1))
        uids = mailbox.uids()
        with pytest.raises(MailboxRefused, match="Nowhere"):
            mailbox.move(uids, "Nowhere")
        assert office.mails("INBOX") == [mail(1)]
        for call in (mailbox.select, mailbox.state):
            with pytest.raises(MailboxRefused, match="Nowhere"):
                call("Nowhere")

    def test_a_mail_is_not_moved_to_where_it_is(self, office: Office) -> None:
        mailbox = opened(office, mail(1))
        with pytest.raises(MailboxRefused):
            mailbox.move(mailbox.uids(), "inbox")
        assert office.mails("INBOX") == [mail(1)]

    def test_nothing_works_without_a_folder_and_the_error_says_so(self, office: Office) -> None:
        office.deliver("INBOX", mail(1))
        office.mailbox.connect()
        calls: list[Any] = [
            lambda: office.mailbox.uids(),
            lambda: list(office.mailbox.fetch(["1"])),
            lambda: office.mailbox.move(["1"], "Processed"),
            lambda: office.mailbox.wait(0.0),
        ]
        for call in calls:
            with pytest.raises(MailboxError, match="no folder is selected"):
                call()

    def test_waiting_without_new_mail_ends_with_the_time(self, office: Office) -> None:
        mailbox = opened(office, mail(1))
        mailbox.uids()
        assert mailbox.wait(0.05) is False

    def test_mail_that_came_before_the_waiting_began_is_noticed(self, office: Office) -> None:
        mailbox = opened(office, mail(1))
        mailbox.uids()
        office.deliver("INBOX", mail(2))
        assert mailbox.wait(10.0) is True
        assert contents(mailbox) == [mail(1), mail(2)]

    def test_mail_that_comes_while_waiting_is_noticed(self, office: Office) -> None:
        mailbox = opened(office)
        mailbox.uids()
        timer = threading.Timer(0.2, office.deliver, ("INBOX", mail(1)))
        timer.start()
        try:
            assert mailbox.wait(30.0) is True
        finally:
            timer.join()

    def test_another_thread_can_end_a_wait_once(self, office: Office) -> None:
        mailbox = opened(office, mail(1))
        mailbox.uids()
        timer = threading.Timer(0.1, mailbox.wake)
        timer.start()
        start = time.monotonic()
        assert mailbox.wait(60.0) is False
        timer.join()
        mailbox.wake()
        assert mailbox.wait(60.0) is False
        assert time.monotonic() - start < 30
        office.deliver("INBOX", mail(2))
        assert mailbox.wait(30.0) is True

    def test_a_fetch_left_half_way_disturbs_nothing(self, office: Office) -> None:
        raws = [mail(number, size=40_000) for number in range(250)]
        mailbox = opened(office, *raws)
        uids = mailbox.uids()
        unfinished = mailbox.fetch(uids)
        begun = [each.raw for each in itertools.islice(unfinished, 3)]
        assert begun == raws[:3]
        assert len(mailbox.move(uids[:2], "Processed")) == 2
        assert mailbox.uids() == uids[2:]
        assert [each.raw for each in mailbox.fetch(uids[200:])] == raws[200:]
        assert len(list(unfinished)) >= 200

    def test_closing_twice_is_no_error_and_connecting_again_works(self, office: Office) -> None:
        mailbox = opened(office, mail(1))
        mailbox.close()
        mailbox.close()
        mailbox.connect()
        mailbox.connect()
        mailbox.select("INBOX")
        assert contents(mailbox) == [mail(1)]

    def test_a_mail_of_twenty_megabytes_and_an_empty_one_pass_unharmed(self, office: Office) -> None:
        raws = [mail(1), mail(2, size=20_000_000), b"\r\n", mail(3)]
        assert contents(opened(office, *raws)) == raws

    def test_bytes_that_are_no_text_pass_unharmed(self, office: Office) -> None:
        letters = bytes(letter for letter in range(1, 256) if letter not in b"\r\n")
        raw = b"Subject: \xff\xfe {12}\r\n\r\n" + letters + b"\r\n) A1 OK {5}\r\n* BYE\r\n"
        assert contents(opened(office, raw)) == [raw]

    def test_moves_of_many_mails_are_all_proved(self, office: Office) -> None:
        raws = [mail(number) for number in range(1200)]
        mailbox = opened(office, *raws)
        uids = mailbox.uids()
        moved = mailbox.move(uids, "Processed")
        assert [each.uid for each in moved] == uids
        assert len({each.target_uid for each in moved}) == 1200
        assert office.mails("INBOX") == []
