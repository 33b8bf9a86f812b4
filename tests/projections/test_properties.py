"""Rebuild equals follow, for a projection that loads, changes and deletes rows; cheats are found."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections import Fact, Projection, Rows, Table
from tests.eventstore.sample import SHOP_EVENTS, OrderPaid, OrderPlaced, OrderShipped
from tests.projections.properties import PROPERTY, Step, any_event, histories, rebuild_equals_follow

OPEN = Table(
    "open_orders",
    {"customer": "TEXT", "order_id": "TEXT", "due": "INTEGER", "by": "TEXT", "at": "TEXT"},
    ("customer", "order_id"),
    (("due",),),
)
WHOSE = Table("whose", {"order_id": "TEXT", "customer": "TEXT", "last": "INTEGER"}, ("order_id",))


def fold(tables: Mapping[str, Rows], fact: Fact) -> None:
    orders, whose = tables["open_orders"], tables["whose"]
    order = fact.data["order"]
    if fact.type == "OrderPlaced":
        customer = fact.data["customer"]
        whose.put({"order_id": order, "customer": customer, "last": fact.position})
        row = orders.get(customer, order) or {"customer": customer, "order_id": order, "due": 0}
        due = row["due"] + fact.data["amount"] % 1000
        orders.put({**row, "due": due, "by": fact.actor, "at": fact.recorded_at})
    elif owner := whose.get(order):
        whose.put({**owner, "last": fact.position})
        if fact.type == "OrderPaid":
            orders.delete(owner["customer"], order)


READS = {OrderPlaced: ("order", "customer", "amount"), OrderPaid: ("order",), OrderShipped: ("order",)}
OPEN_ORDERS = Projection("open orders", 1, (OPEN, WHOSE), READS, fold)
EVENTS = st.one_of(
    any_event(OrderPlaced, amount=st.integers(0, 5)),
    any_event(OrderPaid, amount=st.integers(0, 5)),
    any_event(OrderShipped),
)


@given(history=histories(EVENTS, streams=("order-1", "order-2")))
@PROPERTY
def test_rebuild_equals_follow(history: Sequence[Step]) -> None:
    rebuild_equals_follow([OPEN_ORDERS], SHOP_EVENTS, history)


def test_a_fold_with_a_memory_of_its_own_is_found_out() -> None:
    seen: list[int] = []

    def cheat(tables: Mapping[str, Rows], fact: Fact) -> None:
        seen.append(fact.position)
        tables["whose"].put({"order_id": fact.data["order"], "customer": "", "last": len(seen)})

    history = [Step("order-1", (OrderPaid(order="1", amount=1),))]
    with pytest.raises(AssertionError, match="rebuilding gave other rows"):
        rebuild_equals_follow([replace(OPEN_ORDERS, fold=cheat)], SHOP_EVENTS, history)
