"""The store in memory keeps the contract."""

from collections.abc import Iterator

import pytest

from eventstore import MemoryStore
from tests.eventstore.contract import Contract, Ticking
from tests.eventstore.sample import SHOP_EVENTS


class TestMemoryStore(Contract):
    @pytest.fixture
    def store(self, clock: Ticking) -> Iterator[MemoryStore]:
        store = MemoryStore(SHOP_EVENTS, clock=clock)
        yield store
        store.close()
