"""Fixtures of the mailbox tests."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from mgtui.mailbox import ImapMailbox, ImapSettings, PasswordFrom
from tests.servers.dovecot import PASSWORD, Dovecot, Pool, skip_without_dovecot
from tests.servers.dovecot_config import DovecotOptions

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


@pytest.fixture(scope="session")
def pool() -> Iterator[Pool]:
    """Servers that tests share, for a start takes longer than most of them."""
    pool = Pool()
    yield pool
    pool.close()


@pytest.fixture
def server_with(pool: Pool) -> Callable[..., Dovecot]:
    """Give servers with options of `DovecotOptions`, to be left as they are."""
    skip_without_dovecot()
    return lambda **options: pool.take(DovecotOptions(**options), "office")


@pytest.fixture
def dovecot(server_with: Callable[..., Dovecot]) -> Dovecot:
    """Give a plain server, to be left as it is."""
    return server_with()


@pytest.fixture
def own_server(cleanup: ExitStack) -> Callable[..., Dovecot]:
    """Start servers that belong to one test alone."""
    skip_without_dovecot()
    return lambda **options: cleanup.enter_context(Dovecot(DovecotOptions(**options)))


@pytest.fixture
def connect(cleanup: ExitStack) -> Callable[..., ImapMailbox]:
    """Connect to a port; keywords change the settings."""

    def open_mailbox(port: int, **changes: object) -> ImapMailbox:
        mailbox = ImapMailbox(settings_for(port, **changes))
        cleanup.callback(mailbox.close)
        mailbox.connect()
        return mailbox

    return open_mailbox
