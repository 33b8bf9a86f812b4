"""The log and its read models as of an earlier position."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from threading import Thread

import pytest

from eventstore import ANY, DataErased, SqliteStore, StoredFact, StoreUnavailable, open_store, verify
from projections import Fact, Projection, Rows, Table, inline
from tests.eventstore.sample import SHOP_EVENTS, OrderPaid, OrderPlaced, placed, shipped

CUSTOMERS = Table("customers", {"customer": "TEXT", "orders": "INTEGER"}, ("customer",), (("orders",),))
QUERY = "SELECT customer, orders FROM customers ORDER BY customer"


def count_orders(tables: Mapping[str, Rows], fact: Fact) -> None:
    if fact.type == "OrderPaid":
        tables["customers"].delete(fact.data["order"])
        return
    name = fact.data["customer"]
    row = tables["customers"].get(name) or {"customer": name, "orders": 0}
    tables["customers"].put({**row, "orders": row["orders"] + 1})


READS = {OrderPlaced: ("customer",), OrderPaid: ("order",)}
ORDERS = Projection("orders", 1, (CUSTOMERS,), READS, count_orders)


class Seen:
    """An inline projection that knows no building beside."""

    name, version, event_types = "seen", 1, frozenset({"OrderShipped"})

    def prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE IF NOT EXISTS seen (position INTEGER PRIMARY KEY) STRICT")

    def clear(self, connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE IF EXISTS seen")

    def apply(self, connection: sqlite3.Connection, facts: Sequence[StoredFact]) -> None:
        connection.executemany("INSERT INTO seen VALUES (?)", [(fact.position,) for fact in facts])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    followers = [*inline([ORDERS]), Seen()]
    with open_store(tmp_path / "events.db", (*SHOP_EVENTS, DataErased), followers) as store:
        yield store


State = tuple[list[tuple[object, ...]], list[tuple[object, ...]]]


def state(log: object) -> State:
    """Give what both read models hold."""
    tables = (QUERY, "SELECT position FROM seen ORDER BY position")
    rows, seen = ([tuple(row) for row in log.query(sql)] for sql in tables)  # type: ignore[attr-defined]
    return rows, seen


def lived(store: SqliteStore, orders: int) -> dict[int, State]:
    """Append, noting the state after each append."""
    states = {0: state(store)}
    for number in range(orders):
        events = [placed(number, f"customer {number % 5}"), shipped(number)]
        if number % 7 == 6:
            events.append(OrderPaid(order=f"customer {number % 3}", amount=1))
        store.append(f"order-{number % 11}", events, ANY)
        states[store.head()] = state(store)
    return states


def test_every_position_has_the_state_that_was_live_then(store: SqliteStore) -> None:
    states = lived(store, 40)
    for position, then in states.items():
        with store.as_of(position) as past:
            assert (past.position, past.head(), state(past)) == (position, position, then)


def test_steps_in_both_directions_lead_to_the_same_states(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventstore.sqlite.past.STEPS", 6)
    monkeypatch.setattr("eventstore.sqlite.past.MOST_STEPS", 20)
    states = lived(store, 60)
    positions = list(states)
    with store.as_of(positions[20]) as past:
        for index in (19, 18, 21, 22, 40, 39, 38, 37, 59, 60, 59, 1, 0, 3, 30):
            past.go_to(positions[index])
            assert state(past) == states[positions[index]]


def test_the_log_of_the_past_ends_at_its_position(store: SqliteStore) -> None:
    lived(store, 30)
    with store.as_of(20) as past:
        assert [event.position for event in past.read()] == list(range(1, 21))
        assert next(past.read(backwards=True)).position == 20
        assert [event.position for event in past.read(before=5)] == [1, 2, 3, 4]
        stream = next(store.read(after=25, limit=1)).stream
        then = [event for event in store.read_stream(stream) if event.position <= 20]
        assert list(past.read_stream(stream)) == then
        assert list(past.read_stream(stream, backwards=True, limit=1)) == then[-1:]
        assert past.stream_version(stream) == len(then) < store.stream_version(stream)
        assert past.stream_version("order-none") == 0
        assert past.wait(19, 1000.0)
        assert not past.wait(20, 1000.0)


def test_nothing_is_appended_to_the_past(store: SqliteStore) -> None:
    lived(store, 3)
    with store.as_of(4) as past:
        with pytest.raises(StoreUnavailable, match="as of position 4"):
            past.append("order-1", [placed()])
        with pytest.raises(StoreUnavailable, match="as of position 4"):
            past.append_many([])
    assert verify(store.path).whole


@pytest.mark.parametrize("position", [-1, 3])
def test_a_position_that_is_not_there_is_refused(store: SqliteStore, position: int) -> None:
    store.append("order-1", [placed(), shipped()])
    with pytest.raises(ValueError, match="positions 1 to 2"):
        store.as_of(position)
    with store.as_of(2) as past:
        with pytest.raises(ValueError, match="positions 1 to 2"):
            past.go_to(position)
        assert state(past) == state(store)


def test_writers_go_on_and_the_past_stays_as_it_was(store: SqliteStore) -> None:
    states = lived(store, 10)
    with store.as_of(8) as past:
        store.append("order-99", [placed(99, "late")])
        assert state(past) == states[8]
        past.go_to(store.head())
        assert state(past) == state(store)


def test_what_was_erased_since_is_not_in_the_past(store: SqliteStore) -> None:
    store.append("order-1", [placed(1, "Ada")])
    store.append("order-2", [placed(2, "Bob")])
    erased = DataErased(subject="order-1", positions=(1,), mails=(), why="asked for it")
    store.erase("order-1", erased)
    with store.as_of(2) as past:
        assert [tuple(row) for row in past.query(QUERY)] == [("Bob", 1)]


def test_a_fold_that_fails_on_the_way_leaves_a_state_that_was(store: SqliteStore, tmp_path: Path) -> None:
    def brittle(tables: Mapping[str, Rows], fact: Fact) -> None:
        if failing and fact.position > 15:
            raise ArithmeticError(fact.position)
        count_orders(tables, fact)

    states, failing = lived(store, 10), False
    projection = Projection("orders", 2, (CUSTOMERS,), READS, brittle)
    followers = [*inline([projection]), Seen()]
    with (
        open_store(tmp_path / "events.db", (*SHOP_EVENTS, DataErased), followers) as other,
        other.as_of(12) as past,
    ):
        failing = True
        with pytest.raises(ArithmeticError):
            past.go_to(19)
        assert state(past) == states[past.position]
        past.go_to(15)
        assert state(past) == states[15]


def test_the_past_is_asked_by_several_threads_at_once(store: SqliteStore) -> None:
    states = lived(store, 30)
    answers: list[bool] = []
    with store.as_of(21) as past:
        threads = [
            Thread(target=lambda: answers.extend(state(past) == states[21] for _ in range(50)))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == [True] * 200


def test_threads_that_move_the_past_at_once_leave_it_at_a_state_that_was(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventstore.sqlite.past.STEPS", 4)
    monkeypatch.setattr("eventstore.sqlite.past.MOST_STEPS", 10)
    states = lived(store, 60)
    positions = list(states)
    with store.as_of(positions[30]) as past:

        def wander(seed: int) -> None:
            chance = Random(seed)
            for _ in range(20):
                past.go_to(chance.choice(positions))

        threads = [Thread(target=wander, args=(seed,)) for seed in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert state(past) == states[past.position]


def test_a_log_that_can_only_be_read_has_a_past_too(store: SqliteStore) -> None:
    states = lived(store, 5)
    followers = [*inline([ORDERS]), Seen()]
    with open_store(store.path, SHOP_EVENTS, followers, read_only=True) as reader, reader.as_of(6) as past:
        assert state(past) == states[6]
