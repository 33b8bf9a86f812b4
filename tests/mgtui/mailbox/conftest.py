"""Fixtures of the mailbox tests."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from mgtui.mailbox import ImapMailbox, ImapSettings, PasswordFrom
from tests.servers.dovecot import PASSWORD, Dovecot, dovecot, skip_without_dovecot
from tests.servers.dovecot_config import DovecotOptions

__all__ = ["dovecot"]

os.environ["MGTUI_TEST_PASSWORD"] = PASSWORD


def settings_for(port: int, **changes: object) -> ImapSettings:
    """Give settings for a server on this machine, without encryption unless changed."""
    usual: dict[str, object] = {
        "host": "127.0.0.1",
        "user": "office",
        "password": PasswordFrom(environment="MGTUI_TEST_PASSWORD"),
        "port": port,
        "security": "plain",
        "timeout": 10.0,
    }
    return ImapSettings(**{**usual, **changes})  # type: ignore[arg-type]


@pytest.fixture
def cleanup() -> Iterator[ExitStack]:
    """What a test opened is closed at its end, the last one first."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def server_with(cleanup: ExitStack) -> Callable[..., Dovecot]:
    """Start servers with options of `DovecotOptions`."""
    skip_without_dovecot()

    def start(**options: object) -> Dovecot:
        return cleanup.enter_context(Dovecot(DovecotOptions(**options)))  # type: ignore[arg-type]

    return start


@pytest.fixture
def connect(cleanup: ExitStack) -> Callable[..., ImapMailbox]:
    """Connect to a port; keywords change the settings."""

    def open_mailbox(port: int, **changes: object) -> ImapMailbox:
        mailbox = ImapMailbox(settings_for(port, **changes))
        cleanup.callback(mailbox.close)
        mailbox.connect()
        return mailbox

    return open_mailbox
