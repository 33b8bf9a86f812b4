"""The private Dovecot does what tests rely on."""

import imaplib
import os
import ssl

import pytest

from tests.servers.dovecot import PASSWORD, Dovecot, skip_without_dovecot
from tests.servers.dovecot_config import DovecotOptions

MAIL = b"Subject: one\r\n\r\nHello\r\n"


def folder_count(client: imaplib.IMAP4, folder: str) -> int:
    client.login("office", PASSWORD)
    return int(client.select(folder)[1][0] or b"-1")


def test_a_delivered_mail_is_seen_over_imap(dovecot: Dovecot) -> None:
    dovecot.deliver("office", "INBOX", MAIL)
    dovecot.deliver("office", "Müll/Alt", MAIL)
    with imaplib.IMAP4("127.0.0.1", dovecot.port, timeout=10) as client:
        assert folder_count(client, "INBOX") == 1
        assert int(client.select('"M&APw-ll/Alt"')[1][0] or b"") == 1
    assert dovecot.mails("office", "INBOX") == [MAIL]
    assert dovecot.folders("office") == ["INBOX", "Müll/Alt"]


def test_its_certificate_is_its_own_authority(dovecot: Dovecot) -> None:
    context = ssl.create_default_context(cafile=str(dovecot.ca_file))
    with imaplib.IMAP4_SSL("127.0.0.1", dovecot.tls_port, ssl_context=context, timeout=10) as client:
        assert folder_count(client, "INBOX") == 0


def test_a_wrong_password_is_refused(dovecot: Dovecot) -> None:
    with imaplib.IMAP4("127.0.0.1", dovecot.port, timeout=10) as client, pytest.raises(imaplib.IMAP4.error):
        client.login("office", "wrong")


def test_a_restart_keeps_ports_and_mails(dovecot: Dovecot) -> None:
    dovecot.deliver("office", "INBOX", MAIL)
    dovecot.stop()
    with pytest.raises(ConnectionRefusedError):
        imaplib.IMAP4("127.0.0.1", dovecot.port, timeout=10)
    dovecot.start()
    with imaplib.IMAP4("127.0.0.1", dovecot.port, timeout=10) as client:
        assert folder_count(client, "INBOX") == 1


def test_every_option_is_a_configuration_that_starts_and_nothing_is_left_after_close() -> None:
    skip_without_dovecot()
    options = DovecotOptions(
        capability="+IDLE",
        prefix="INBOX.",
        separator=".",
        folders=("Done",),
        quota_bytes=9000,
        access_lists=True,
    )
    with Dovecot(options) as server:
        root, group = server.root, server.pid
        with imaplib.IMAP4("127.0.0.1", server.port, timeout=10) as client:
            assert folder_count(client, "INBOX.Done") == 0
    assert not root.exists()
    with pytest.raises(ProcessLookupError):
        os.killpg(group, 0)
