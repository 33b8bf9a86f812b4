"""A connection that is made ahead, while somebody does something else."""

from collections.abc import Callable
from contextlib import ExitStack

import pytest

from mgtui.mailbox import ImapMailbox, MailboxRefused, MailboxUnavailable, PasswordFrom
from tests.mgtui.mailbox.conftest import settings_for
from tests.servers.dovecot import Dovecot


def test_connect_waits_for_it_and_the_mailbox_is_used_as_ever(dovecot: Dovecot, cleanup: ExitStack) -> None:
    dovecot.deliver("office", "INBOX", b"Subject: one\r\n\r\nHello\r\n")
    mailbox = ImapMailbox(settings_for(dovecot.port))
    cleanup.callback(mailbox.close)
    mailbox.connect_ahead("INBOX")
    mailbox.connect()
    assert not mailbox.select("INBOX").read_only
    [mail] = mailbox.fetch(mailbox.uids())
    mailbox.ensure_folder("Processed")
    assert [moved.uid for moved in mailbox.move([mail.uid], "Processed")] == [mail.uid]


def test_a_folder_that_is_missing_is_met_when_it_is_selected(dovecot: Dovecot, cleanup: ExitStack) -> None:
    mailbox = ImapMailbox(settings_for(dovecot.port))
    cleanup.callback(mailbox.close)
    mailbox.connect_ahead("Nowhere")
    mailbox.connect()
    with pytest.raises(MailboxRefused):
        mailbox.select("Nowhere")


def test_what_fails_ahead_is_raised_once_and_the_next_try_is_a_new_one(
    own_server: Callable[..., Dovecot], cleanup: ExitStack
) -> None:
    server = own_server()
    server.stop()
    mailbox = ImapMailbox(settings_for(server.port))
    cleanup.callback(mailbox.close)
    mailbox.connect_ahead("INBOX")
    with pytest.raises(MailboxUnavailable):
        mailbox.connect()
    server.start()
    mailbox.connect()
    refused = ImapMailbox(settings_for(server.port, password=PasswordFrom(environment="NOT_SET_ANYWHERE")))
    cleanup.callback(refused.close)
    refused.connect_ahead("INBOX")
    with pytest.raises(MailboxRefused):
        refused.connect()


def test_closing_waits_for_the_connection_and_closes_it(dovecot: Dovecot) -> None:
    mailbox = ImapMailbox(settings_for(dovecot.port))
    mailbox.connect_ahead("INBOX")
    mailbox.close()
    with pytest.raises(MailboxUnavailable, match="not connected"):
        mailbox.select("INBOX")
    mailbox.connect()
    assert mailbox.select("INBOX").folder == "INBOX"
    mailbox.close()
