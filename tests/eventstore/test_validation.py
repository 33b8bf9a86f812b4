"""Whole logs are held against their event types."""

from dataclasses import replace

from eventstore import MemoryStore, invalid_events
from tests.eventstore.sample import SHOP_EVENTS, OrderPlaced, placed, shipped


def test_events_that_their_model_refuses_are_named() -> None:
    store = MemoryStore(SHOP_EVENTS)
    store.append("order-1", [placed(1), shipped(1), placed(1), placed(1)])
    good, unknown, bad, gone = store.read()
    assert list(invalid_events([good], SHOP_EVENTS)) == []
    bad = replace(bad, data={**bad.data, "amount": "much"})
    gone = replace(gone, data={"erased": 9})
    found = dict(invalid_events([good, unknown, bad, gone], [OrderPlaced]))
    assert found.keys() == {2, 3}
    assert found[2] == "OrderShipped is unknown"
    assert found[3].startswith("OrderPlaced: Expected `int`")
