"""Fixtures of the grabber tests."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from mgtui.application import Application
from mgtui.bootstrap import build_grabber
from mgtui.grabber import Service
from tests.mgtui.grabber.states import office_on, opened
from tests.servers.dovecot import PASSWORD, Dovecot, Pool, dovecot, skip_without_dovecot
from tests.servers.dovecot_config import DovecotOptions

__all__ = ["dovecot"]

os.environ["MGTUI_TEST_PASSWORD"] = PASSWORD

Work = Callable[..., tuple[Application, Service]]


@pytest.fixture(scope="session")
def pool() -> Iterator[Pool]:
    """Servers that tests share, to be left as they are; users are forgotten between tests."""
    pool = Pool()
    yield pool
    pool.close()


@pytest.fixture
def server(pool: Pool) -> Dovecot:
    """Give a plain server on which nothing happened yet, to be left running."""
    skip_without_dovecot()
    return pool.take(DovecotOptions(), "office")


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    """Open an office with a grabber on a port, in this process."""
    with ExitStack() as stack:

        def open_work(port: int, folder: str = "office", batch: int = 200) -> tuple[Application, Service]:
            office = office_on(tmp_path / folder, port, batch)
            application = stack.enter_context(opened(office))
            service = build_grabber(application, "bounces", lambda *_: None)
            stack.callback(service.grabber.mailbox.close)
            return application, service

        yield open_work
