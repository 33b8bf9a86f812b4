"""Projections follow the log in its own transaction."""

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from eventstore import Event, StoreTooNew, open_store
from projections import Fact, Projection, Rows, Table, inline, rebuild
from tests.eventstore.sample import SHOP_EVENTS, OrderPaid, OrderPlaced, OrderShipped, placed, shipped

CUSTOMERS = Table("customers", {"customer": "TEXT", "orders": "INTEGER", "amount": "INTEGER"}, ("customer",))


def count_orders(tables: Mapping[str, Rows], fact: Fact) -> None:
    rows = tables["customers"]
    if fact.type == "OrderPlaced":
        name = fact.data["customer"]
        row = rows.get(name) or {"customer": name, "orders": 0, "amount": 0}
        rows.put({**row, "orders": row["orders"] + 1, "amount": row["amount"] + fact.data["amount"]})


ORDERS = Projection(
    "orders", 1, (CUSTOMERS,), {OrderPlaced: ("customer", "amount"), OrderPaid: ()}, count_orders
)
QUERY = "SELECT customer, orders, amount FROM customers ORDER BY customer"


def test_a_projection_is_up_to_date_when_append_returns(tmp_path: Path) -> None:
    with open_store(tmp_path / "events.db", SHOP_EVENTS, inline([ORDERS])) as store:
        store.append("order-1", [placed(1), shipped(1), placed(1, "Bob", 3)])
        store.append("order-2", [placed(2)])
        assert [tuple(row) for row in store.query(QUERY)] == [("Ada", 2, 200), ("Bob", 1, 3)]


def test_a_fold_that_raises_leaves_neither_event_nor_row(tmp_path: Path) -> None:
    def fold(tables: Mapping[str, Rows], fact: Fact) -> None:
        count_orders(tables, fact)
        if fact.data.get("amount") == 13:
            raise ArithmeticError("no thirteens")

    with open_store(tmp_path / "events.db", SHOP_EVENTS, inline([replace(ORDERS, fold=fold)])) as store:
        store.append("order-1", [placed(1)])
        with pytest.raises(ArithmeticError):
            store.append("order-2", [placed(2), placed(2, amount=13)])
        assert store.head() == 1
        assert [tuple(row) for row in store.query(QUERY)] == [("Ada", 1, 100)]
        store.append("order-3", [placed(3)])
        assert [tuple(row) for row in store.query(QUERY)] == [("Ada", 2, 200)]


def test_a_new_projection_is_caught_up_when_the_store_opens(tmp_path: Path) -> None:
    with open_store(tmp_path / "events.db", SHOP_EVENTS) as store:
        store.append("order-1", [placed(1)])
    with open_store(tmp_path / "events.db", SHOP_EVENTS, inline([ORDERS])) as store:
        assert [tuple(row) for row in store.query(QUERY)] == [("Ada", 1, 100)]


def test_a_projection_is_caught_up_after_a_program_without_it_appended(tmp_path: Path) -> None:
    with (
        open_store(tmp_path / "events.db", SHOP_EVENTS, inline([ORDERS])) as store,
        open_store(tmp_path / "events.db", SHOP_EVENTS) as other,
    ):
        store.append("order-1", [placed(1)])
        other.append("order-2", [placed(2)])
        store.append("order-3", [shipped(3)])
        assert [tuple(row) for row in store.query(QUERY)] == [("Ada", 2, 200)]


def test_a_changed_version_is_built_anew(tmp_path: Path) -> None:
    def double(tables: Mapping[str, Rows], fact: Fact) -> None:
        count_orders(tables, fact)
        count_orders(tables, fact)

    with open_store(tmp_path / "events.db", SHOP_EVENTS, inline([ORDERS])) as store:
        store.append("order-1", [placed(1)])
    with open_store(
        tmp_path / "events.db", SHOP_EVENTS, inline([replace(ORDERS, version=2, fold=double)])
    ) as store:
        assert [tuple(row) for row in store.query(QUERY)] == [("Ada", 2, 200)]
        store.append("order-2", [placed(2)])
        assert [tuple(row) for row in store.query(QUERY)] == [("Ada", 4, 400)]


def test_a_rebuild_gives_what_following_gave(tmp_path: Path) -> None:
    with open_store(tmp_path / "events.db", SHOP_EVENTS, inline([ORDERS])) as store:
        for number in range(20):
            store.append(f"order-{number}", [placed(number, f"customer {number % 3}"), shipped(number)])
        followed = [tuple(row) for row in store.query(QUERY)]
        rebuild(store, ["orders"])
        assert [tuple(row) for row in store.query(QUERY)] == followed


def test_a_field_that_the_event_type_has_not_is_refused_at_once() -> None:
    with pytest.raises(KeyError):
        inline([replace(ORDERS, reads={OrderShipped: ("weight",)})])


def many_orders(path: Path, customers: int = 40) -> None:
    with open_store(path, SHOP_EVENTS) as store:
        for number in range(6):
            events = [placed(number, f"customer {index % customers}", index % 7) for index in range(1000)]
            store.append(f"order-{number}", events, actor=f"actor {number}")


def test_a_rebuild_writes_in_portions_and_spills_when_rows_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_orders(tmp_path / "events.db", customers=400)
    with open_store(tmp_path / "events.db", SHOP_EVENTS, inline([ORDERS])) as store:
        in_one_go = [tuple(row) for row in store.query(QUERY)]
        monkeypatch.setattr("eventstore.sqlite.rebuild.MOST_ROWS", 150)
        monkeypatch.setattr("eventstore.sqlite.rebuild.CHUNK", 70)
        monkeypatch.setattr("eventstore.sqlite.facts.SPAN", 100)
        rebuild(store, ["orders"])
        assert [tuple(row) for row in store.query(QUERY)] == in_one_go
        assert len(in_one_go) == 400


def test_writers_go_on_while_a_projection_is_built_beside_the_live_one(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    many_orders(path)
    with open_store(path, SHOP_EVENTS, inline([ORDERS])) as old:
        before = [tuple(row) for row in old.query(QUERY)]
        seen: list[int] = []

        def append_meanwhile(tables: Mapping[str, Rows], fact: Fact) -> None:
            count_orders(tables, fact)
            if fact.position % 1000 == 0 and fact.position < 6000:
                assert [tuple(row) for row in old.query(QUERY)] != []
                seen.append(old.append("order-77", [placed(77, "late", 1)]).last_position)  # type: ignore[union-attr]

        changed = replace(ORDERS, version=2, fold=append_meanwhile)
        with open_store(path, SHOP_EVENTS, inline([changed])) as new:
            rows = [tuple(row) for row in new.query(QUERY)]
            assert seen == [6001, 6002, 6003, 6004, 6005]
            assert rows == sorted([*before, ("late", 5, 5)])
            new.append("order-78", [placed(78, "late", 1)])
            with pytest.raises(StoreTooNew, match="orders"):
                old.append("order-79", [placed(79)])
            assert [tuple(row) for row in old.query(QUERY)][-1] == ("late", 6, 6)


def test_an_older_program_does_not_turn_a_projection_back(tmp_path: Path) -> None:
    with open_store(tmp_path / "events.db", SHOP_EVENTS, inline([replace(ORDERS, version=2)])):
        pass
    with pytest.raises(StoreTooNew, match="orders"):
        open_store(tmp_path / "events.db", SHOP_EVENTS, inline([ORDERS]))


def test_what_a_crash_left_of_a_rebuild_is_swept_away(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    many_orders(path)

    def fail(tables: Mapping[str, Rows], fact: Fact) -> None:
        count_orders(tables, fact)
        if fact.position == 5900:
            raise ArithmeticError("crash")

    with pytest.raises(ArithmeticError):
        open_store(path, SHOP_EVENTS, inline([replace(ORDERS, fold=fail)]))
    with open_store(path, SHOP_EVENTS, inline([ORDERS])) as store:
        assert store.query("SELECT sum(orders) AS n FROM customers")[0]["n"] == 6000
        assert store.query("SELECT count(*) AS n FROM sqlite_master WHERE name LIKE '%beside%'")[0]["n"] == 0


def test_a_value_that_no_table_can_hold_is_the_fold_s_mistake_and_no_damage(tmp_path: Path) -> None:
    def fold(tables: Mapping[str, Rows], _: Fact) -> None:
        tables["customers"].put({"customer": "x", "orders": [1], "amount": 0})

    with (
        open_store(tmp_path / "events.db", SHOP_EVENTS, inline([replace(ORDERS, fold=fold)])) as store,
        pytest.raises((sqlite3.InterfaceError, sqlite3.ProgrammingError)),
    ):
        store.append("order-1", [placed(1)])


def test_a_question_with_wrong_sql_is_no_damage(tmp_path: Path) -> None:
    with open_store(tmp_path / "events.db", SHOP_EVENTS) as store, pytest.raises(sqlite3.OperationalError):
        store.query("SELECT nothing FROM nowhere")


@pytest.mark.parametrize(
    "projections",
    [
        [ORDERS, replace(ORDERS, tables=())],
        [ORDERS, replace(ORDERS, name="others")],
        [replace(ORDERS, tables=(replace(CUSTOMERS, name="events"),))],
    ],
)
def test_a_name_is_taken_once(projections: list[Projection]) -> None:
    with pytest.raises(ValueError, match="taken"):
        inline(projections)


class OrderNoted(Event):
    """An order, with a field that came later and has a default."""

    order: str
    urgent: bool = False


NOTED = Table("noted", {"order": "TEXT", "urgent": "INTEGER"}, ("order",))


def test_a_field_that_came_later_has_its_default_in_a_rebuild_too(tmp_path: Path) -> None:
    def note(tables: Mapping[str, Rows], fact: Fact) -> None:
        tables["noted"].put({**fact.data, "urgent": int(fact.data["urgent"])})

    projection = Projection("noted", 1, (NOTED,), {OrderNoted: ("order", "urgent")}, note)
    before = type("OrderNoted", (Event,), {"__annotations__": {"order": str}})
    with open_store(tmp_path / "events.db", [before]) as store:
        store.append("order-1", [before(order="1")])
    with open_store(tmp_path / "events.db", [OrderNoted], inline([projection])) as store:
        store.append("order-2", [OrderNoted(order="2", urgent=True)])
        followed = [tuple(row) for row in store.query("SELECT * FROM noted")]
        rebuild(store, ["noted"])
        assert [tuple(row) for row in store.query("SELECT * FROM noted")] == followed == [("1", 0), ("2", 1)]
