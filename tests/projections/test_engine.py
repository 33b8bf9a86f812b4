"""Projections follow the log in its own transaction."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from eventstore import open_store
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
