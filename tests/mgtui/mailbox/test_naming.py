"""Names of folders as servers of many makes have them."""

from collections.abc import Callable

import pytest

from mgtui.mailbox import ImapMailbox, MailboxRefused
from tests.mgtui.mailbox.mails import mail
from tests.servers.dovecot import Dovecot
from tests.servers.scripted import ScriptedServer

Connect = Callable[..., ImapMailbox]

DOVECOT = b'* NAMESPACE (("" "/")) NIL NIL'
COURIER = b'* NAMESPACE (("INBOX." ".")) NIL (("#shared." ".")("shared." "."))'
CYRUS = b'* NAMESPACE (("INBOX." ".")) (("user." ".")) (("" "."))'
EXTENDED = b'* NAMESPACE (("" "/" "X-PARAM" ("FLAG1" "FLAG2"))) NIL NIL'
FLAT = b'* NAMESPACE (("" NIL)) NIL NIL'
ODD = b"* NAMESPACE NIL NIL NIL"
BACKSLASH = b'* NAMESPACE (("" "\\\\")) NIL NIL'


@pytest.mark.parametrize(
    ("namespace", "folder", "on_wire"),
    [
        (DOVECOT, "Erledigt/2026", b'"Erledigt/2026"'),
        (DOVECOT, "Müll", b'"M&APw-ll"'),
        (DOVECOT, "a & b", b'"a &- b"'),
        (DOVECOT, 'say "x"', b'"say \\"x\\""'),
        (COURIER, "Erledigt/2026", b'"INBOX.Erledigt.2026"'),
        (COURIER, "INBOX/Erledigt", b'"INBOX.Erledigt"'),
        (COURIER, "inbox", b'"INBOX"'),
        (COURIER, "shared/Team", b'"shared.Team"'),
        (CYRUS, "Done", b'"INBOX.Done"'),
        (CYRUS, "user/boss/Done", b'"user.boss.Done"'),
        (EXTENDED, "a/b", b'"a/b"'),
        (FLAT, "a/b", b'"a/b"'),
        (ODD, "a/b", b'"a/b"'),
        (BACKSLASH, "a/b", b'"a\\\\b"'),
    ],
)
def test_a_name_is_written_as_the_server_wants_it(
    connect: Connect, namespace: bytes, folder: str, on_wire: bytes
) -> None:
    script = {b"NAMESPACE": [namespace, b"%TAG% OK done"]}
    with ScriptedServer(script, capability="IMAP4rev1 NAMESPACE") as server:
        mailbox = connect(server.port)
        mailbox.select(folder)
        mailbox.close()
        assert b"SELECT " + on_wire in server.lines


@pytest.mark.parametrize(
    ("listed", "on_wire"),
    [
        (b'* LIST (\\Noselect) "." ""', b'"a.b"'),
        (b'* LIST (\\Noselect \\HasChildren) "/" {0}\r\n', b'"a/b"'),
        (b"* LIST (\\Noselect) NIL INBOX", b'"a/b"'),
        (b"* LIST", b'"a/b"'),
    ],
)
def test_without_namespaces_the_delimiter_is_listed(connect: Connect, listed: bytes, on_wire: bytes) -> None:
    script = {b"LIST": [listed, b"%TAG% OK done"]}
    with ScriptedServer(script, capability="IMAP4rev1") as server:
        mailbox = connect(server.port)
        mailbox.select("a/b")
        mailbox.close()
        assert b"SELECT " + on_wire in server.lines


def test_a_folder_is_found_by_its_special_use(server_with: Callable[..., Dovecot], connect: Connect) -> None:
    name = "Gesendete & Co"
    extra = (
        f'namespace inbox {{\n  mailbox "{name}" {{\n    special_use = \\Sent\n    auto = create\n  }}\n}}'
    )
    server = server_with(extra=extra)
    server.deliver("office", name, mail(1))
    mailbox = connect(server.port)
    mailbox.select("\\Sent")
    assert [each.raw for each in mailbox.fetch(mailbox.uids())] == [mail(1)]
    mailbox.ensure_folder("\\sent")
    assert server.folders("office") == ["INBOX", name]
    with pytest.raises(MailboxRefused, match="give its name"):
        mailbox.select("\\Junk")


def test_what_gmail_lists_is_understood(connect: Connect) -> None:
    script = {
        b"LIST": [
            b'* LIST (\\All \\HasNoChildren) "/" "[Gmail]/Alle Nachrichten"',
            b'* LIST (\\HasNoChildren \\Trash) "/" "[Gmail]/M&APw-ll"',
            b"%TAG% OK Success",
        ]
    }
    with ScriptedServer(script, capability="IMAP4rev1 SPECIAL-USE") as server:
        mailbox = connect(server.port)
        mailbox.select("\\Trash")
        with pytest.raises(MailboxRefused, match=r"it knows: \\ALL, \\TRASH\)"):
            mailbox.select("\\Junk")
        mailbox.close()
        assert b'SELECT "[Gmail]/M&APw-ll"' in server.lines
