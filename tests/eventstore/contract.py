"""What every backend of the log promises: its own test subclasses this and gives a `store`."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from eventstore import (
    NO_STREAM,
    STREAM_EXISTS,
    AlreadyAppended,
    Append,
    Appended,
    EventStore,
    InvalidEvent,
    KeyConflict,
    Sibling,
    UnknownEventType,
    WrongExpectedVersion,
)
from tests.eventstore.sample import NeverDeclared, OrderPlaced, placed, shipped


class Ticking:
    """A clock that goes where the test sends it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Contract:
    """Subclasses give the fixtures `clock` (a `Ticking`) and `store`, which must read that clock."""

    @pytest.fixture
    def clock(self) -> Ticking:
        return Ticking()

    def test_an_empty_log_has_head_zero_and_yields_nothing(self, store: EventStore) -> None:
        assert store.head() == 0
        assert list(store.read()) == []
        assert store.stream_version("order-1") == 0
        assert list(store.read_stream("order-1")) == []

    def test_positions_are_gapless_over_streams_and_versions_within_them(self, store: EventStore) -> None:
        assert store.append("order-1", [placed(1), shipped(1)]) == Appended(1, 2)
        assert store.append("order-2", [placed(2)]) == Appended(3, 3)
        assert store.append("order-1", [shipped(1)]) == Appended(4, 4)
        seen = [(event.position, event.stream, event.version) for event in store.read()]
        assert seen == [(1, "order-1", 1), (2, "order-1", 2), (3, "order-2", 1), (4, "order-1", 3)]
        assert store.head() == 4
        assert store.stream_version("order-1") == 3
        assert store.stream_versions(["order-2", "order-3", "order-1"]) == {
            "order-1": 3,
            "order-2": 1,
            "order-3": 0,
        }

    def test_an_event_comes_back_in_its_envelope(self, store: EventStore, clock: Ticking) -> None:
        store.append("order-1", [placed(1, "Ada", 7)], actor="anna", correlation="monday")
        (event,) = store.read()
        assert event.data == {"order": "1", "customer": "Ada", "amount": 7}
        assert (event.type, event.schema_version, event.category) == ("OrderPlaced", 1, "order")
        assert (event.actor, event.correlation, event.cause) == ("anna", "monday", None)
        assert event.recorded_at == clock.now
        assert len(event.digest) == 64

    def test_equal_personal_data_never_has_equal_digests(self, store: EventStore) -> None:
        store.append("order-1", [placed(1), placed(1), shipped(1), shipped(1)])
        digests = [event.digest for event in store.read()]
        assert digests[0] != digests[1]
        assert digests[2] == digests[3]

    def test_causes_are_positions_or_siblings(self, store: EventStore) -> None:
        store.append("order-1", [placed(1)])
        store.append_many(
            [
                Append("order-2", [placed(2), shipped(2)], causes=[1, Sibling(0)]),
                Append("order-3", [placed(3)], causes=[Sibling(1)]),
            ]
        )
        assert [event.cause for event in store.read()] == [None, 1, 2, 3]

    @pytest.mark.parametrize(
        ("expected", "exists", "appended"),
        [
            (NO_STREAM, False, True),
            (NO_STREAM, True, False),
            (STREAM_EXISTS, True, True),
            (STREAM_EXISTS, False, False),
            (0, False, True),
            (1, True, True),
            (0, True, False),
            (2, True, False),
        ],
    )
    def test_an_expected_version_is_kept_or_nothing_is_written(
        self, store: EventStore, expected: int, exists: bool, appended: bool
    ) -> None:
        if exists:
            store.append("order-1", [placed(1)])
        head = store.head()
        result = store.append("order-1", [shipped(1)], expected)
        if appended:
            assert result == Appended(head + 1, head + 1)
        else:
            assert result == WrongExpectedVersion("order-1", expected, head)
            assert store.head() == head

    def test_several_streams_are_appended_all_or_nothing(self, store: EventStore) -> None:
        store.append("order-2", [placed(2)])
        result = store.append_many(
            [Append("order-1", [placed(1)], NO_STREAM), Append("order-2", [placed(2)], NO_STREAM)]
        )
        assert result == WrongExpectedVersion("order-2", NO_STREAM, 1)
        assert store.head() == 1
        assert store.stream_version("order-1") == 0

    def test_a_stream_named_twice_in_one_append_counts_its_own_events(self, store: EventStore) -> None:
        result = store.append_many(
            [Append("order-1", [placed(1)], NO_STREAM), Append("order-1", [placed(1)], 1)]
        )
        assert result == Appended(1, 2)
        refused = store.append_many([Append("order-9", [placed(9)], 0), Append("order-9", [shipped(9)], 0)])
        assert refused == WrongExpectedVersion("order-9", 0, 1)

    def test_a_repeated_key_with_the_same_events_gives_the_first_positions(self, store: EventStore) -> None:
        store.append("order-1", [placed(1)])
        assert store.append("order-2", [placed(2), shipped(2)], NO_STREAM, key="two") == Appended(2, 3)
        assert store.append("order-2", [placed(2), shipped(2)], NO_STREAM, key="two") == AlreadyAppended(2, 3)
        assert store.head() == 3

    @pytest.mark.parametrize(
        ("stream", "events"),
        [
            ("order-2", [placed(2, "Eve")]),
            ("order-2", [placed(2), placed(2)]),
            ("order-2", [shipped(2)]),
            ("order-3", [placed(2)]),
        ],
    )
    def test_a_repeated_key_with_other_events_is_a_conflict(
        self, store: EventStore, stream: str, events: list[object]
    ) -> None:
        store.append("order-2", [placed(2)], key="two")
        assert store.append(stream, events, key="two") == KeyConflict("two", 1, 1)  # type: ignore[arg-type]
        assert store.head() == 1

    def test_an_undeclared_event_type_is_refused(self, store: EventStore) -> None:
        with pytest.raises(UnknownEventType, match="NeverDeclared"):
            store.append("order-1", [NeverDeclared()])
        assert store.head() == 0

    def test_an_event_that_is_not_what_its_type_says_is_refused_with_its_whole_append(
        self, store: EventStore
    ) -> None:
        wrong = OrderPlaced(order="1", customer="Ada", amount="7")  # type: ignore[arg-type]
        with pytest.raises(InvalidEvent, match="OrderPlaced: Expected `int`"):
            store.append_many([Append("order-2", [placed(2)]), Append("order-1", [placed(1), wrong])])
        assert store.head() == 0
        assert store.append("order-1", [placed(1)], NO_STREAM) == Appended(1, 1)

    @pytest.mark.parametrize("stream", ["order", "-1", "order-", "", "order-\n1", "order-\0"])
    def test_a_stream_without_category_and_id_is_refused(self, store: EventStore, stream: str) -> None:
        with pytest.raises(ValueError, match="category-id"):
            store.append(stream, [placed()])

    def test_an_append_without_events_is_refused(self, store: EventStore) -> None:
        with pytest.raises(ValueError, match="at least one"):
            store.append("order-1", [])

    def test_reading_goes_both_ways_between_positions(self, store: EventStore) -> None:
        store.append("order-1", [shipped(1)] * 2500)
        assert [event.position for event in store.read()] == list(range(1, 2501))
        assert [event.position for event in store.read(backwards=True)] == list(range(2500, 0, -1))
        assert [event.position for event in store.read(after=10, before=14)] == [11, 12, 13]
        assert [event.position for event in store.read(after=10, before=14, backwards=True)] == [13, 12, 11]
        assert [event.position for event in store.read(after=2400, limit=2)] == [2401, 2402]
        assert [event.position for event in store.read(backwards=True, limit=2)] == [2500, 2499]
        assert [event.position for event in store.read(limit=1500)] == list(range(1, 1501))
        assert list(store.read(after=2500)) == []
        assert list(store.read(limit=0)) == []

    def test_a_stream_is_read_both_ways_from_a_version(self, store: EventStore) -> None:
        store.append("order-2", [shipped(2)])
        store.append("order-1", [shipped(1)] * 1200)
        assert [event.version for event in store.read_stream("order-1")] == list(range(1, 1201))
        assert [event.version for event in store.read_stream("order-1", after=1198)] == [1199, 1200]
        assert [e.version for e in store.read_stream("order-1", backwards=True, limit=2)] == [
            1200,
            1199,
        ]
        assert [e.version for e in store.read_stream("order-1", after=1199, backwards=True)] == [1200]

    def test_reading_by_type_and_category(self, store: EventStore) -> None:
        store.append("order-1", [placed(1), shipped(1), shipped(1)])
        store.append("orderly-1", [placed(1)])
        store.append("stock-1", [shipped(1)])
        assert [e.position for e in store.read(types=["OrderPlaced"])] == [1, 4]
        assert [e.position for e in store.read(types=["OrderShipped"], backwards=True, limit=2)] == [
            5,
            3,
        ]
        assert [e.position for e in store.read(types={"OrderShipped", "OrderPlaced"})] == [
            1,
            2,
            3,
            4,
            5,
        ]
        assert [e.position for e in store.read(types=[])] == []
        assert [event.position for event in store.read(category="order")] == [1, 2, 3]
        assert [event.position for event in store.read(category="order", types=["OrderShipped"])] == [2, 3]

    def test_time_never_runs_backwards_in_the_log(self, store: EventStore, clock: Ticking) -> None:
        store.append("order-1", [placed(1)])
        clock.now -= timedelta(hours=1)
        store.append("order-1", [shipped(1)])
        first, second = store.read()
        assert second.recorded_at == first.recorded_at

    def test_waiting_ends_when_somebody_appends(self, store: EventStore) -> None:
        assert not store.wait(0, 0.0)
        writer = Thread(target=store.append, args=("order-1", [placed(1)]))
        writer.start()
        assert store.wait(0, 10.0)
        writer.join()
        assert store.wait(0, 0.0)
        assert not store.wait(1, 0.0)

    def test_many_threads_append_without_a_gap_or_a_lost_event(self, store: EventStore) -> None:
        def work(name: int) -> None:
            for _ in range(25):
                store.append(f"order-{name}", [shipped(name)])

        threads = [Thread(target=work, args=(name,)) for name in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        events = list(store.read())
        assert [event.position for event in events] == list(range(1, 201))
        for name in range(8):
            assert [e.version for e in store.read_stream(f"order-{name}")] == list(range(1, 26))
