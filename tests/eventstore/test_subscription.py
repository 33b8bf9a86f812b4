"""Followers of the log miss nothing, repeat nothing, and don't run in circles."""

from itertools import islice
from threading import Thread

from eventstore import MemoryStore, subscribe
from tests.eventstore.sample import SHOP_EVENTS, placed, shipped


def test_what_is_there_comes_first_and_then_what_is_appended() -> None:
    store = MemoryStore(SHOP_EVENTS)
    store.append("order-1", [placed(1), shipped(1)])
    batches = subscribe(store, patience=10.0)
    assert [event.position for event in next(batches).events] == [1, 2]
    writer = Thread(target=store.append, args=("order-2", [placed(2)]))
    writer.start()
    assert [event.position for event in next(batches).events] == [3]
    writer.join()


def test_batches_have_a_size_and_go_on_where_the_last_ended() -> None:
    store = MemoryStore(SHOP_EVENTS)
    store.append("order-1", [shipped(1)] * 7)
    positions = [
        [event.position for event in batch.events] for batch in islice(subscribe(store, 2, size=2), 3)
    ]
    assert positions == [[3, 4], [5, 6], [7]]


def test_the_position_moves_on_past_events_that_nobody_wants() -> None:
    store = MemoryStore(SHOP_EVENTS)
    store.append("order-1", [placed(1), *[shipped(1)] * 5])
    batches = subscribe(store, types=["OrderPlaced"], patience=0.0)
    first, second = next(batches), next(batches)
    assert ([event.position for event in first.events], first.position) == ([1], 6)
    assert (second.events, second.position) == ((), 6)


def test_a_follower_stops_when_told_to() -> None:
    assert list(subscribe(MemoryStore(SHOP_EVENTS), stop=lambda: True)) == []
