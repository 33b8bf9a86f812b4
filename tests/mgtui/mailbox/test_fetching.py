"""What servers send in answer to a FETCH, odd and damaged answers included."""

import contextlib
import select
import tracemalloc
from collections.abc import Callable

import pytest

from mgtui.mailbox import FetchedMail, ImapMailbox, MailboxRefused, MailboxUnavailable
from tests.mgtui.mailbox.mails import mail
from tests.servers.dovecot import Dovecot
from tests.servers.proxy import Fault, Proxy
from tests.servers.scripted import ScriptedServer

Connect = Callable[..., ImapMailbox]

SIZES = b"* 1 FETCH (UID 5 RFC822.SIZE 10)\r\n* 2 FETCH (RFC822.SIZE 10 UID 6)"


class Server(ScriptedServer):
    """Answers the first FETCH with sizes and the second with bodies."""

    def __init__(self, *bodies: bytes) -> None:
        super().__init__()
        self._steps = [[SIZES, b"%TAG% OK done"], [*bodies, b"%TAG% OK done"]]

    def _answers(self, command: bytes) -> list[bytes]:
        if command.startswith(b"UID FETCH"):
            return self._steps.pop(0)
        return super()._answers(command)


def fetched(connect: Connect, *bodies: bytes) -> list[FetchedMail]:
    with Server(*bodies) as server:
        mailbox = connect(server.port)
        mailbox.select("INBOX")
        found = list(mailbox.fetch(["5", "6"]))
        mailbox.close()
        return found


FIVE, SIX = FetchedMail("5", b"five\r\n"), FetchedMail("6", b"six\r\n.")


@pytest.mark.parametrize(
    "bodies",
    [
        [b"* 1 FETCH (UID 5 BODY[] {6}\r\nfive\r\n)", b"* 2 FETCH (UID 6 BODY[] {6}\r\nsix\r\n.)"],
        [b"* 1 FETCH (BODY[] {6}\r\nfive\r\n UID 5)", b"* 2 FETCH (BODY[] {6}\r\nsix\r\n. UID 6)"],
        [
            b"* 1 FETCH (BODY[] {6}\r\nfive\r\n FLAGS (\\Seen ]odd) UID 5)",
            b"* 3 FETCH (FLAGS (\\Seen) UID 6)",
            b"* 2 EXISTS",
            b"* 2 FETCH (FLAGS ($a) BODY[] {6}\r\nsix\r\n. UID 6)",
        ],
        [b"* 1 fetch (uid 5 body[] {6}\r\nfive\r\n)", b"* 2 Fetch (Uid 6 Body[] ~{6}\r\nsix\r\n.)"],
        [b"* 2 FETCH (UID 6 BODY[] {6}\r\nsix\r\n.)", b"* 1 FETCH (UID 5 BODY[] {6}\r\nfive\r\n)"],
        [
            b"* 9 FETCH (UID 99 BODY[] {3}\r\nxxx)",
            b"* 1 FETCH (UID 5 BODY[] {6}\r\nfive\r\n)",
            b"* 2 FETCH (UID 6 BODY[] {6}\r\nsix\r\n.)",
            b"* 2 FETCH (UID 6 BODY[] {3}\r\nyyy)",
        ],
    ],
    ids=["usual", "uid-last", "unsolicited-between", "lower-case", "order", "not-asked-for-and-twice"],
)
def test_every_body_is_paired_with_its_own_uid(connect: Connect, bodies: list[bytes]) -> None:
    assert sorted(fetched(connect, *bodies), key=lambda each: each.uid) == [FIVE, SIX]


@pytest.mark.parametrize(
    "gone",
    [
        b"* 1 FETCH (UID 5 BODY[] NIL)",
        b"* 1 FETCH (UID 5)",
        b"* 1 FETCH (BODY[] {6}\r\nfive\r\n)",
        b"* 1 FETCH (UID 5 BODY[] {0}\r\n)",
        b'* 1 FETCH (UID 5 BODY[] "")',
        b"* 1 FETCH (UID x BODY[] {6}\r\nfive\r\n)",
        b"* 1 FETCH (UID (5) BODY[] (a b))",
        b"* 1 FETCH ((((",
        b"* 1 FETCH )))",
        b"* 1 FETCH",
        b"* 1 FETCH NIL",
        b"* OK",
    ],
)
def test_a_mail_without_a_body_is_left_out_and_the_others_are_not(connect: Connect, gone: bytes) -> None:
    assert fetched(connect, gone, b"* 2 FETCH (UID 6 BODY[] {6}\r\nsix\r\n.)") == [SIX]


def test_a_body_may_come_as_a_quoted_string(connect: Connect) -> None:
    assert fetched(connect, b'* 1 FETCH (UID 5 BODY[] "a \\"b\\" \\\\ c")') == [
        FetchedMail("5", b'a "b" \\ c')
    ]


def test_the_literal_comes_as_it_is_and_flags_stay(dovecot: Dovecot, connect: Connect) -> None:
    raw = b"Subject: =?utf-8?b?AAAAA?=\r\nX: {3}\r\n\r\nabc) BODY[] NIL\r\n"
    dovecot.deliver("office", "INBOX", raw)
    with Proxy(dovecot.port) as proxy:
        mailbox = connect(proxy.port)
        mailbox.select("INBOX")
        assert [each.raw for each in mailbox.fetch(mailbox.uids())] == [raw]
        mailbox.close()
        bodies = [line for line in proxy.commands if b"BODY" in line]
    assert bodies
    assert all(b"BODY.PEEK[]" in line for line in bodies)


def test_batches_are_bounded_by_count_and_bytes(dovecot: Dovecot, connect: Connect) -> None:
    raws = [mail(number, size=1000 if number % 7 else 60_000) for number in range(60)]
    for raw in raws:
        dovecot.deliver("office", "INBOX", raw)
    with Proxy(dovecot.port) as proxy:
        mailbox = connect(proxy.port, batch_mails=10, batch_bytes=50_000)
        mailbox.select("INBOX")
        assert [each.raw for each in mailbox.fetch(mailbox.uids())] == raws
        mailbox.close()
        fetches = [line.split()[2] for line in proxy.commands if b"BODY.PEEK" in line]
    assert fetches[:4] == [b"1", b"2:7", b"8", b"9:14"]


def test_twenty_thousand_uids_make_no_command_that_is_too_long(dovecot: Dovecot, connect: Connect) -> None:
    dovecot.deliver("office", "INBOX", mail(1))
    with Proxy(dovecot.port) as proxy:
        mailbox = connect(proxy.port)
        mailbox.select("INBOX")
        assert [each.raw for each in mailbox.fetch([str(uid) for uid in range(1, 40_000, 2)])] == [mail(1)]
        mailbox.close()
        assert max(len(line) for line in proxy.commands) < 8000


def test_mails_behind_many_that_are_gone_still_come(dovecot: Dovecot, connect: Connect) -> None:
    paths = [dovecot.deliver("office", "INBOX", mail(number)) for number in range(12)]
    mailbox = connect(dovecot.port, batch_mails=2)
    mailbox.select("INBOX")
    uids = mailbox.uids()
    for path in paths[:7]:
        [found] = dovecot.maildir("office").glob(f"*/{path.name}*")
        found.unlink()
    assert [each.raw for each in mailbox.fetch(uids)] == [mail(number) for number in range(7, 12)]
    mailbox.close()


def test_a_large_mail_is_in_memory_once(dovecot: Dovecot, connect: Connect) -> None:
    for number in range(3):
        dovecot.deliver("office", "INBOX", mail(number, size=30_000_000))
    mailbox = connect(dovecot.port)
    mailbox.select("INBOX")
    uids = mailbox.uids()
    tracemalloc.start()
    try:
        sizes = [len(each.raw) for each in mailbox.fetch(uids)]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(sizes) == 3
    assert peak < 2.2 * sizes[0]


@pytest.mark.parametrize("uid", ["", "0", "-1", "1:*", "*", "1 2", "a", "١", "4294967296", "1\r\nA2 NOOP"])
def test_what_is_no_uid_is_refused(dovecot: Dovecot, connect: Connect, uid: str) -> None:
    mailbox = connect(dovecot.port)
    mailbox.ensure_folder("Processed")
    mailbox.select("INBOX")
    with pytest.raises(MailboxRefused):
        list(mailbox.fetch([uid]))
    with pytest.raises(MailboxRefused):
        mailbox.move([uid], "Processed")
    with pytest.raises(MailboxRefused):
        mailbox.uids(since_uid=uid)


def test_an_answer_to_a_search_may_come_in_pieces(connect: Connect) -> None:
    script = {b"UID SEARCH": [b"* SEARCH 9 3", b"* SEARCH", b"* SEARCH 12 x", b"%TAG% OK done"]}
    with ScriptedServer(script) as server:
        mailbox = connect(server.port)
        mailbox.select("INBOX")
        assert mailbox.uids() == ["3", "9", "12"]
        mailbox.close()


def test_what_came_whole_is_handed_out_before_the_error(dovecot: Dovecot, connect: Connect) -> None:
    raws = [mail(number, size=20_000) for number in range(10)]
    for raw in raws:
        dovecot.deliver("office", "INBOX", raw)
    with Proxy(dovecot.port) as proxy:
        mailbox = connect(proxy.port)
        mailbox.select("INBOX")
        proxy.fault = Fault("cut", match=b"BODY.PEEK", answer_bytes=70_000)
        found: list[bytes] = []
        with pytest.raises(MailboxUnavailable):
            for each in mailbox.fetch(mailbox.uids()):
                found.append(each.raw)
        assert found == raws[:3]
        mailbox.close()


def test_a_refused_fetch_is_told_after_what_came(connect: Connect) -> None:
    bodies = [b"* 1 FETCH (UID 5 BODY[] {6}\r\nfive\r\n)", b"%TAG% NO [UNAVAILABLE] mail 6 is damaged"]
    with Server(*bodies) as server:
        mailbox = connect(server.port)
        mailbox.select("INBOX")
        fetching = mailbox.fetch(["5", "6"])
        assert next(fetching) == FIVE
        with pytest.raises(MailboxUnavailable, match="mail 6 is damaged"):
            next(fetching)
        mailbox.close()


class Watchful(ScriptedServer):
    """Before it answers the second FETCH of bodies, looks whether the client has sent more already."""

    def __init__(self) -> None:
        super().__init__()
        self.bodies = 0
        self.overtaken = False

    def _answers(self, command: bytes) -> list[bytes]:
        if command.startswith(b"UID FETCH") and b"SIZE" in command:
            return [SIZES, b"%TAG% OK done"]
        if command.startswith(b"UID FETCH"):
            self.bodies += 1
            if self.bodies == 1:
                return [b"* 1 FETCH (UID 5 BODY[] {6}\r\nfive\r\n)", b"%TAG% OK done"]
            assert self._client is not None
            self.overtaken = bool(select.select([self._client], [], [], 0.3)[0])
            return [b"* 2 FETCH (UID 6 BODY[] {6}\r\nsix\r\n.)", b"%TAG% OK done"]
        return super()._answers(command)


def test_no_other_command_is_sent_while_a_fetch_is_not_answered(connect: Connect) -> None:
    with Watchful() as server:
        mailbox = connect(server.port, batch_mails=1)
        mailbox.select("INBOX")
        fetching = mailbox.fetch(["5", "6"])
        assert next(fetching) == FIVE
        mailbox.move(["5"], "Processed")
        assert list(fetching) == [SIX]
        assert server.bodies == 2
        assert not server.overtaken
        mailbox.close()


def test_nothing_with_a_line_end_is_sent(connect: Connect) -> None:
    with ScriptedServer() as server:
        mailbox = connect(server.port)
        wire = mailbox._connection.wire  # type: ignore[union-attr]
        for text in ("NOOP\r\nx LOGOUT", "NOOP\n", "NO\0OP"):
            with pytest.raises(MailboxRefused):
                wire.run(text)
        mailbox.close()
        assert [line for line in server.lines if b"NO" in line] == []


def test_a_mail_that_the_server_cannot_read_holds_up_no_other(dovecot: Dovecot, connect: Connect) -> None:
    raws = [mail(number) for number in range(5)]
    paths = [dovecot.deliver("office", "INBOX", raw) for raw in raws]
    mailbox = connect(dovecot.port)
    mailbox.select("INBOX")
    uids = mailbox.uids()
    [damaged] = dovecot.folder("office", "INBOX").glob(f"*/{paths[2].name}*")
    damaged.chmod(0)
    found: list[FetchedMail] = []
    for _ in range(3):
        mailbox.connect()
        mailbox.select("INBOX")
        with pytest.raises(MailboxUnavailable, match=r"\(at the mail with UID 3\)"):
            for each in mailbox.fetch(uids):
                found.append(each)
    assert {each.raw for each in found} == set(raws) - {raws[2]}
    damaged.chmod(0o600)
    mailbox.connect()
    mailbox.select("INBOX")
    assert {each.raw for each in mailbox.fetch(uids)} == set(raws)


def test_a_mail_at_which_a_connection_breaks_twice_is_fetched_last_and_then_as_usual(
    dovecot: Dovecot, connect: Connect
) -> None:
    raws = [mail(number, size=20_000) for number in range(5)]
    for raw in raws:
        dovecot.deliver("office", "INBOX", raw)
    with Proxy(dovecot.port) as proxy:
        mailbox = connect(proxy.port)
        mailbox.select("INBOX")
        everything = ["1", "2", "3", "4", "5"]
        for expected in (everything[:1], everything[:1], ["1", "3", "4", "5", "2"], everything):
            if len(expected) == 1:
                proxy.fault = Fault("cut", match=b"BODY.PEEK", answer_bytes=30_000)
            assert [each.uid for each in as_far_as_it_goes(mailbox)] == expected
            mailbox.connect()
            mailbox.select("INBOX")
        mailbox.close()


def as_far_as_it_goes(mailbox: ImapMailbox) -> list[FetchedMail]:
    found: list[FetchedMail] = []
    with contextlib.suppress(MailboxUnavailable):
        for each in mailbox.fetch(mailbox.uids()):
            found.append(each)
    return found
