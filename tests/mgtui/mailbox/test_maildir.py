"""What only a Maildir can suffer."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mgtui.mailbox import MailboxRefused, MaildirMailbox
from tests.mgtui.mailbox.mails import mail
from tests.servers import maildirs


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    maildirs.make(tmp_path / "office", "root")
    return tmp_path / "office"


@pytest.fixture
def mailbox(maildir: Path) -> Iterator[MaildirMailbox]:
    mailbox = MaildirMailbox(maildir)
    mailbox.connect()
    mailbox.ensure_folder("Processed")
    mailbox.select("INBOX")
    yield mailbox
    mailbox.close()


def write(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path


def test_mails_are_ordered_by_the_time_in_their_names(maildir: Path, mailbox: MaildirMailbox) -> None:
    names = ["1000.M9P1.h", "1000.M10P1.h", "999.V2I3M4.h", "20000.x", "no-time"]
    for name in names:
        write(maildir / "new" / name, name.encode())
    os.utime(maildir / "new" / "no-time", (15000, 15000))
    assert mailbox.uids() == ["999.V2I3M4.h", "1000.M9P1.h", "1000.M10P1.h", "no-time", "20000.x"]


def test_links_folders_pipes_and_hidden_files_are_no_mails(
    maildir: Path, mailbox: MaildirMailbox, tmp_path: Path
) -> None:
    secret = write(tmp_path / "secret", b"secret")
    (maildir / "new" / "1.link").symlink_to(secret)
    (maildir / "cur" / "2.folder").mkdir()
    os.mkfifo(maildir / "cur" / "3.pipe")
    write(maildir / "cur" / ".hidden", b"x")
    write(maildir / "tmp" / "4.unfinished", b"x")
    assert mailbox.uids() == []
    assert list(mailbox.fetch(["1.link", "2.folder", "3.pipe", "../../secret", "4.unfinished"])) == []
    assert mailbox.move(["1.link", "../../secret"], "Processed") == []
    assert secret.read_bytes() == b"secret"


def test_a_mail_replaced_by_a_link_after_it_was_listed_is_not_followed(
    maildir: Path, mailbox: MaildirMailbox, tmp_path: Path
) -> None:
    secret = write(tmp_path / "secret", b"secret")
    path = write(maildir / "new" / "1.a", b"mail")
    assert mailbox.uids() == ["1.a"]
    path.unlink()
    path.symlink_to(secret)
    assert [each.raw for each in mailbox.fetch(["1.a"])] == []


def test_a_name_that_is_no_utf8_can_be_listed_fetched_and_moved(
    maildir: Path, mailbox: MaildirMailbox
) -> None:
    write(maildir / "new" / os.fsdecode(b"5.\xff\xfe"), b"odd")
    [uid] = mailbox.uids()
    uid.encode("utf-8")
    assert [each.raw for each in mailbox.fetch([uid])] == [b"odd"]
    assert [each.uid for each in mailbox.move([uid], "Processed")] == [uid]


def test_a_mail_whose_name_the_target_has_already_overwrites_nothing(
    maildir: Path, mailbox: MaildirMailbox
) -> None:
    write(maildir / "new" / "1.a", b"second")
    write(maildir / ".Processed" / "cur" / "1.a:2,S", b"first")
    [moved] = mailbox.move(["1.a"], "Processed")
    mailbox.select("Processed")
    assert mailbox.uids() == ["1.a", moved.target_uid]
    assert [each.raw for each in mailbox.fetch(mailbox.uids())] == [b"first", b"second"]


def test_what_was_moved_is_found_though_the_clock_was_set_back(
    maildir: Path, mailbox: MaildirMailbox
) -> None:
    write(maildir / "new" / "1.a", b"x")
    later = 4_000_000_000
    for part in ("new", "cur"):
        os.utime(maildir / ".Processed" / part, (later, later))
    noted = mailbox.state("Processed").uid_next
    mailbox.move(["1.a"], "Processed")
    os.utime(maildir / ".Processed" / "new", (1, 1))
    mailbox.select("Processed")
    assert mailbox.uids(since_uid=noted) == ["1.a"]


def test_an_old_mail_of_the_target_is_not_among_what_was_moved(
    maildir: Path, mailbox: MaildirMailbox
) -> None:
    cur = maildir / ".Processed" / "cur"
    old = write(cur / "9999999999.old:2,", b"x")
    noted = mailbox.state("Processed").uid_next
    while int(noted[1:]) <= old.stat().st_ctime_ns:  # until the clock of the file system has ticked
        write(cur / "2.later:2,", b"x").unlink()
        noted = mailbox.state("Processed").uid_next
    write(maildir / "new" / "1.a", b"x")
    mailbox.move(["1.a"], "Processed")
    mailbox.select("Processed")
    found = mailbox.uids(since_uid=noted)
    assert "1.a" in found
    assert "9999999999.old" not in found


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder that every account can enter; as root pytest's own is closed to others."""
    path = Path(tempfile.mkdtemp())
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@contextlib.contextmanager
def as_nobody() -> Iterator[None]:
    """Let root obey the rights of files."""
    if os.geteuid() == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(os.getuid())


def test_a_folder_that_may_not_be_written_is_refused(open_folder: Path) -> None:
    mailbox = MaildirMailbox(open_folder / "mail")
    mailbox.ensure_folder("INBOX")
    for part in ("new", "cur"):
        (open_folder / "mail" / part).chmod(0o555)
    with as_nobody():
        assert mailbox.state("INBOX").read_only
        with pytest.raises(MailboxRefused, match="read-only"):
            mailbox.select("INBOX")
    for part in ("new", "cur"):
        (open_folder / "mail" / part).chmod(0o755)


def test_a_mail_that_cannot_be_read_holds_up_no_other(open_folder: Path) -> None:
    mailbox = MaildirMailbox(open_folder / "mail")
    mailbox.ensure_folder("INBOX")
    for part in ("new", "cur"):
        (open_folder / "mail" / part).chmod(0o777)
    for number in range(3):
        write(open_folder / "mail" / "new" / f"{number}.a", mail(number)).chmod(0o644)
    (open_folder / "mail" / "new" / "1.a").chmod(0)
    found: list[bytes] = []
    with as_nobody():
        mailbox.select("INBOX")
        with pytest.raises(MailboxRefused, match=r"at the mail 1\.a"):
            for each in mailbox.fetch(mailbox.uids()):
                found.append(each.raw)
    assert found == [mail(0), mail(2)]


def test_a_maildir_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(MailboxRefused, match="nowhere"):
        MaildirMailbox(tmp_path / "nowhere").connect()
    write(tmp_path / "file", b"")
    with pytest.raises(MailboxRefused, match="file"):
        MaildirMailbox(tmp_path / "file").connect()


def test_a_new_maildir_is_made_by_asking_for_its_inbox(tmp_path: Path) -> None:
    mailbox = MaildirMailbox(tmp_path / "new" / "mail")
    mailbox.ensure_folder("INBOX")
    mailbox.connect()
    mailbox.select("INBOX")
    write(tmp_path / "new" / "mail" / "new" / "1.a", mail(1))
    assert [each.raw for each in mailbox.fetch(mailbox.uids())] == [mail(1)]


def test_a_folder_name_longer_than_the_file_system_takes_is_refused(mailbox: MaildirMailbox) -> None:
    with pytest.raises(MailboxRefused):
        mailbox.ensure_folder("x" * 300)
