"""The store in SQLite keeps the contract."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventstore import SqliteStore, open_store
from tests.eventstore.contract import Contract, Ticking
from tests.eventstore.sample import SHOP_EVENTS


class TestSqliteStore(Contract):
    @pytest.fixture
    def store(self, tmp_path: Path, clock: Ticking) -> Iterator[SqliteStore]:
        with open_store(tmp_path / "events.db", SHOP_EVENTS, clock=clock) as store:
            yield store
