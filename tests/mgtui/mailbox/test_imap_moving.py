"""Moving on servers of all kinds, with an eye on the wire."""

from collections.abc import Callable, Iterator

import pytest

from mgtui.mailbox import ImapMailbox, MailboxRefused, MailboxUnavailable
from tests.mgtui.mailbox.mails import mail
from tests.servers.dovecot import Dovecot
from tests.servers.proxy import Proxy
from tests.servers.scripted import ScriptedServer

Connect = Callable[..., ImapMailbox]
ServerWith = Callable[..., Dovecot]

EVERYTHING = "IMAP4rev1 IDLE NAMESPACE UNSELECT MOVE UIDPLUS"
NO_MOVE = "IMAP4rev1 IDLE NAMESPACE UNSELECT UIDPLUS"
NO_UIDPLUS = "IMAP4rev1 IDLE NAMESPACE UNSELECT MOVE"
NEITHER = "IMAP4rev1 IDLE NAMESPACE"

DANGEROUS = {b"EXPUNGE", b"CLOSE", b"DELETE"}


@pytest.fixture(
    params=[EVERYTHING, NO_MOVE, NO_UIDPLUS, NEITHER], ids=["all", "no-move", "no-uidplus", "neither"]
)
def watched(request: pytest.FixtureRequest, server_with: ServerWith) -> Iterator[tuple[Dovecot, Proxy]]:
    """A server that can do so much, and the proxy before it."""
    server = server_with(capability=request.param)
    with Proxy(server.port) as proxy:
        yield server, proxy


def opened(connect: Connect, port: int, **changes: object) -> ImapMailbox:
    mailbox = connect(port, **changes)
    mailbox.ensure_folder("Processed")
    mailbox.select("INBOX")
    return mailbox


def test_a_thousand_mails_marked_by_others_survive_and_no_plain_expunge_is_on_the_wire(
    watched: tuple[Dovecot, Proxy], connect: Connect
) -> None:
    server, proxy = watched
    marked = [mail(number) for number in range(1000)]
    for raw in marked:
        server.deliver("office", "INBOX", raw, flags="T")
    ours = [mail(number) for number in range(2000, 2030)]
    for raw in ours:
        server.deliver("office", "INBOX", raw)
    mailbox = opened(connect, proxy.port, allow_deleted_marks=True)
    uids = [str(uid) for uid in range(1001, 1031)]
    assert [each.raw for each in mailbox.fetch(uids)] == ours
    moved = mailbox.move(uids, "Processed")
    mailbox.select("Processed")
    mailbox.select("INBOX")
    mailbox.close()
    assert [each.uid for each in moved] == uids
    assert server.mails("office", "INBOX")[:1000] == marked
    assert sorted(server.mails("office", "Processed")) == sorted(ours)
    assert not proxy.words() & DANGEROUS


def test_each_server_is_asked_in_the_best_way_it_knows(
    watched: tuple[Dovecot, Proxy], connect: Connect
) -> None:
    server, proxy = watched
    server.deliver("office", "INBOX", mail(1))
    mailbox = opened(connect, proxy.port, allow_deleted_marks=True)
    mailbox.move(mailbox.uids(), "Processed")
    used = proxy.words() & {b"UID MOVE", b"UID COPY", b"UID STORE", b"UID EXPUNGE"}
    announced = server.options.capability.split()
    if "MOVE" in announced:
        assert used == {b"UID MOVE"}
    elif "UIDPLUS" in announced:
        assert used == {b"UID COPY", b"UID STORE", b"UID EXPUNGE"}
    else:
        assert used == {b"UID COPY", b"UID STORE"}


def test_a_moved_mail_is_not_listed_again_whatever_the_server_can(
    watched: tuple[Dovecot, Proxy], connect: Connect
) -> None:
    server, proxy = watched
    for number in range(3):
        server.deliver("office", "INBOX", mail(number))
    mailbox = opened(connect, proxy.port, allow_deleted_marks=True)
    uids = mailbox.uids()
    mailbox.move(uids[:2], "Processed")
    assert mailbox.uids() == uids[2:]
    assert mailbox.uids(since_uid=uids[0]) == uids[2:]


def test_a_uid_that_vanished_is_not_proved_and_the_others_are(
    watched: tuple[Dovecot, Proxy], connect: Connect
) -> None:
    server, proxy = watched
    paths = [server.deliver("office", "INBOX", mail(number)) for number in range(4)]
    mailbox = opened(connect, proxy.port, allow_deleted_marks=True)
    uids = mailbox.uids()
    for path in server.folder("office", "INBOX").glob(f"*/{paths[2].name}*"):
        path.unlink()
    moved = mailbox.move(uids, "Processed")
    assert [each.uid for each in moved] == [uids[0], uids[1], uids[3]]
    assert server.mails("office", "Processed") == [mail(0), mail(1), mail(3)]
    assert mailbox.move(uids[2:3], "Processed") == []


def test_the_same_mail_delivered_twice_is_moved_twice_and_paired_one_to_one(
    watched: tuple[Dovecot, Proxy], connect: Connect
) -> None:
    server, proxy = watched
    for raw in (mail(1), mail(1), mail(1)):
        server.deliver("office", "INBOX", raw)
    mailbox = opened(connect, proxy.port, allow_deleted_marks=True)
    moved = mailbox.move(mailbox.uids(), "Processed")
    assert len({each.target_uid for each in moved}) == 3


def test_a_target_uid_names_the_very_mail(watched: tuple[Dovecot, Proxy], connect: Connect) -> None:
    server, proxy = watched
    for number in range(5):
        server.deliver("office", "INBOX", mail(number))
        server.deliver("office", "Processed", mail(100 + number))
    mailbox = opened(connect, proxy.port, allow_deleted_marks=True)
    before = {each.uid: each.raw for each in mailbox.fetch(mailbox.uids())}
    moved = mailbox.move([*reversed(before)][:3], "Processed")
    mailbox.select("Processed")
    there = {each.uid: each.raw for each in mailbox.fetch([each.target_uid for each in moved])}
    assert {each.uid: there[each.target_uid] for each in moved} == {
        each.uid: before[each.uid] for each in moved
    }


def test_without_any_safe_way_a_move_is_refused_and_says_what_to_set(
    server_with: ServerWith, connect: Connect
) -> None:
    server = server_with(capability=NEITHER)
    server.deliver("office", "INBOX", mail(1))
    mailbox = opened(connect, server.port)
    with pytest.raises(MailboxRefused, match="allow_deleted_marks"):
        mailbox.move(mailbox.uids(), "Processed")
    with pytest.raises(MailboxRefused, match="allow_deleted_marks"):
        mailbox.remove_copied(mailbox.uids())
    assert server.mails("office", "INBOX") == [mail(1)]
    assert server.mails("office", "Processed") == []


def test_move_is_used_though_it_is_announced_only_after_login(dovecot: Dovecot, connect: Connect) -> None:
    dovecot.deliver("office", "INBOX", mail(1))
    with Proxy(dovecot.port) as proxy:
        mailbox = opened(connect, proxy.port)
        assert "MOVE" not in mailbox._connection.box.client.capabilities  # type: ignore[union-attr]
        assert "MOVE" in mailbox.capabilities
        mailbox.move(mailbox.uids(), "Processed")
        mailbox.close()
        assert b"UID MOVE" in proxy.words()


def test_a_full_mailbox_is_told_in_plain_words_and_nothing_is_lost(
    server_with: ServerWith, connect: Connect
) -> None:
    server = server_with(capability=NO_MOVE, quota_bytes=20_000)
    server.deliver("office", "INBOX", mail(1, size=15_000))
    mailbox = opened(connect, server.port)
    with pytest.raises(MailboxUnavailable, match="the mailbox is full"):
        mailbox.move(mailbox.uids(), "Processed")
    assert server.mails("office", "INBOX") == [mail(1, size=15_000)]
    assert mailbox.uids() == ["1"]


def test_in_a_full_mailbox_move_still_works(server_with: ServerWith, connect: Connect) -> None:
    server = server_with(quota_bytes=20_000)
    server.deliver("office", "INBOX", mail(1, size=15_000))
    mailbox = opened(connect, server.port)
    assert len(mailbox.move(mailbox.uids(), "Processed")) == 1


def allow(server: Dovecot, folder: str, rights: str) -> None:
    """Write an access list; the account stays the owner, so it is the owner who loses rights."""
    server.deliver("office", folder, mail(0))
    (server.folder("office", folder) / "dovecot-acl").write_text(f"owner {rights}\n", encoding="ascii")


def test_a_read_only_folder_is_refused_when_it_is_opened(server_with: ServerWith, connect: Connect) -> None:
    server = server_with(access_lists=True)
    allow(server, "Archive", "lr")
    mailbox = connect(server.port)
    with pytest.raises(MailboxRefused, match="read-only"):
        mailbox.select("Archive")
    assert mailbox.select("INBOX").uid_next == "1"


def test_a_folder_whose_mails_may_not_be_deleted_is_refused_when_it_is_opened(
    server_with: ServerWith, connect: Connect
) -> None:
    server = server_with(access_lists=True)
    allow(server, "Archive", "lrswi")
    mailbox = connect(server.port)
    with pytest.raises(MailboxRefused, match="read-only"):
        mailbox.select("Archive")


def test_a_target_without_the_right_to_insert_is_refused(server_with: ServerWith, connect: Connect) -> None:
    server = server_with(access_lists=True)
    allow(server, "Archive", "lr")
    server.deliver("office", "INBOX", mail(1))
    mailbox = connect(server.port)
    mailbox.select("INBOX")
    with pytest.raises(MailboxRefused, match="no right"):
        mailbox.move(mailbox.uids(), "Archive")
    assert server.mails("office", "INBOX") == [mail(1)]


@pytest.mark.parametrize("announced", [EVERYTHING, "IMAP4rev1 MOVE UIDPLUS"], ids=["namespace", "list"])
def test_prefix_and_delimiter_of_the_server_are_found_out(
    server_with: ServerWith, connect: Connect, announced: str
) -> None:
    server = server_with(prefix="INBOX.", separator=".", capability=announced)
    server.deliver("office", "INBOX", mail(1))
    mailbox = connect(server.port)
    has_namespace = "NAMESPACE" in announced
    folder = "Müll/Alt" if has_namespace else "INBOX/Müll/Alt"
    mailbox.ensure_folder(folder)
    mailbox.ensure_folder(folder)
    mailbox.select("INBOX")
    assert len(mailbox.move(mailbox.uids(), folder)) == 1
    assert server.mails("office", "Müll.Alt") == [mail(1)]
    assert mailbox.select(folder).uid_next == "2"
    assert mailbox.select("INBOX.Müll.Alt").uid_next == "2"


def test_a_created_folder_is_subscribed(dovecot: Dovecot, connect: Connect) -> None:
    connect(dovecot.port).ensure_folder("Müll & mehr")
    subscribed = (dovecot.maildir("office") / "subscriptions").read_text(encoding="ascii")
    assert "M&APw-ll &- mehr" in subscribed.splitlines()


def test_many_mails_are_moved_in_commands_that_servers_take(dovecot: Dovecot, connect: Connect) -> None:
    for number in range(1500):
        dovecot.deliver("office", "INBOX", mail(number))
    with Proxy(dovecot.port) as proxy:
        mailbox = opened(connect, proxy.port)
        every_other = mailbox.uids()[::2]
        assert len(mailbox.move(every_other, "Processed")) == 750
        mailbox.close()
        assert max(len(line) for line in proxy.commands) < 8000
    assert len(dovecot.mails("office", "INBOX")) == 750


def test_after_a_failed_look_into_the_target_nobody_takes_it_for_the_source(connect: Connect) -> None:
    script = {
        b"STATUS": [b"* STATUS Processed (UIDVALIDITY 1 UIDNEXT 5)", b"%TAG% OK done"],
        b"UID FETCH": [b"* 1 FETCH (UID 1 RFC822.SIZE 3 BODY[HEADER] {3}\r\nabc)", b"%TAG% OK done"],
        b"UID SEARCH": [b"%TAG% NO [UNAVAILABLE] not now"],
    }
    with ScriptedServer(script, capability="IMAP4rev1 MOVE") as server:
        mailbox = connect(server.port)
        mailbox.select("INBOX")
        with pytest.raises(MailboxUnavailable, match="not now"):
            mailbox.move(["1"], "Processed")
        assert b'EXAMINE "Processed"' in server.lines
        with pytest.raises(MailboxUnavailable, match="not connected"):
            mailbox.uids()


def test_a_mail_that_does_not_show_up_in_the_target_is_not_proved(connect: Connect) -> None:
    script = {
        b"STATUS": [b"* STATUS Processed (UIDVALIDITY 1 UIDNEXT 5)", b"%TAG% OK done"],
        b"UID FETCH": [b"* 1 FETCH (UID 1 RFC822.SIZE 3 BODY[HEADER] {3}\r\nabc)", b"%TAG% OK done"],
        b"UID SEARCH": [b"* SEARCH 4", b"%TAG% OK done"],
    }
    with ScriptedServer(script, capability="IMAP4rev1 MOVE") as server:
        mailbox = connect(server.port)
        mailbox.select("INBOX")
        assert mailbox.move(["1"], "Processed") == []
        mailbox.close()


@pytest.mark.parametrize(
    "proof",
    [
        b"* OK [COPYUID 7 1 9] moved",
        b"%TAG% OK [COPYUID 7 1 9] moved",
        b"* OK [COPYUID 7 1:3 9:11] more than asked",
        b"* OK [COPYUID 7 1 9:10] no pair",
        b"* OK [COPYUID 7 * 9] odd",
        b"* OK [COPYUID 7] odd",
        b"* OK [COPYUID 7 2 9] another",
        b"* OK moved",
    ],
)
def test_only_a_copyuid_that_fits_is_a_proof(connect: Connect, proof: bytes) -> None:
    with ScriptedServer({b"UID MOVE": [proof, b"%TAG% OK done"][: 1 + proof.startswith(b"*")]}) as server:
        mailbox = connect(server.port)
        mailbox.select("INBOX")
        fits = b"7 1 9]" in proof
        assert [(each.uid, each.target_uid) for each in mailbox.move(["1"], "Processed")] == [
            ("1", "9")
        ] * fits
        mailbox.close()


def test_what_was_moved_before_a_refusal_is_told(connect: Connect) -> None:
    lines = [b"* OK [COPYUID 7 1 9] x", b"* 1 EXPUNGE", b"%TAG% NO [OVERQUOTA] full"]
    with ScriptedServer({b"UID MOVE": lines}) as server:
        mailbox = connect(server.port)
        mailbox.select("INBOX")
        assert [each.uid for each in mailbox.move(["1", "2"], "Processed")] == ["1"]
        mailbox.close()


def test_mails_that_the_server_keeps_though_they_were_removed_are_told(connect: Connect) -> None:
    with ScriptedServer({b"UID SEARCH": [b"* SEARCH 1", b"%TAG% OK done"]}) as server:
        mailbox = connect(server.port)
        mailbox.select("INBOX")
        with pytest.raises(MailboxRefused, match="keeps mails"):
            mailbox.remove_copied(["1"])
        mailbox.close()
