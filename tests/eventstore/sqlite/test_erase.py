"""What was erased is gone from every page, and the log still proves itself."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from eventstore import (
    AlreadyAppended,
    Appended,
    DataErased,
    KeyConflict,
    SqliteStore,
    export_log,
    import_log,
    open_store,
    verify,
)
from projections import Projection, Table, inline
from tests.eventstore.sample import SHOP_EVENTS, OrderPlaced, placed, shipped
from tests.eventstore.sqlite.shop import tamper

SECRET = "Philomena Featherstonehaugh"
CUSTOMERS = Projection(
    "customers",
    1,
    (Table("customers", {"customer": "TEXT", "orders": "INTEGER"}, ("customer",), (("orders",),)),),
    {OrderPlaced: ("customer",)},
    lambda tables, fact: tables["customers"].put(
        {
            "customer": fact.data["customer"],
            "orders": (tables["customers"].get(fact.data["customer"]) or {"orders": 0})["orders"] + 1,
        }
    ),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "events.db"


def open_office(path: Path) -> SqliteStore:
    return open_store(path, (*SHOP_EVENTS, DataErased), inline([CUSTOMERS]))


def erased(*positions: int) -> DataErased:
    return DataErased(subject="order-1", positions=positions, mails=(), why="asked for it")


def fill(store: SqliteStore) -> None:
    store.append("order-1", [placed(1, SECRET), shipped(1)], key="one")
    store.append("order-2", [placed(2, "Bob")])
    store.append("order-1", [placed(1, SECRET)])


def files_that_hold(folder: Path, text: str) -> Sequence[str]:
    return [file.name for file in folder.iterdir() if text.encode() in file.read_bytes()]


def test_no_page_of_any_file_holds_erased_data_and_the_chain_verifies(path: Path) -> None:
    with open_office(path) as store:
        fill(store)
        assert files_that_hold(path.parent, SECRET)
        positions = store.personal_positions(["order-1"])
        assert positions == [1, 4]
        assert store.erase("order-1", erased(*positions), actor="anna") == Appended(5, 5)
        assert files_that_hold(path.parent, SECRET) == []
        assert [event.data for event in store.read(types=["OrderPlaced"])] == [
            {"erased": 5},
            {"order": "2", "customer": "Bob", "amount": 100},
            {"erased": 5},
        ]
        assert store.personal_positions(["order-1"]) == []
    report = verify(path, thorough=True)
    assert report.whole
    assert report.erased == 2
    assert files_that_hold(path.parent, SECRET) == []


def test_projections_no_longer_hold_it_and_go_on_following(path: Path) -> None:
    with open_office(path) as store:
        fill(store)
        store.erase("order-1", erased(1, 4))
        store.append("order-3", [placed(3, "Bob")])
        rows = [tuple(row) for row in store.query("SELECT * FROM customers")]
        assert rows == [("Bob", 2)]
        store.rebuild(["customers"])
        assert [tuple(row) for row in store.query("SELECT * FROM customers")] == rows


def test_an_erased_log_is_exported_and_imported(path: Path, tmp_path: Path) -> None:
    with open_office(path) as store:
        fill(store)
        store.erase("order-1", erased(1, 4))
    assert import_log(tmp_path / "copy.db", export_log(path)) == verify(path)


@pytest.mark.parametrize(
    ("positions", "text"),
    [((2,), "no personal data"), ((99,), "no event"), ((1, 1), ""), ((5,), "no personal")],
)
def test_what_can_not_be_erased_is_refused_and_nothing_is_written(
    path: Path, positions: tuple[int, ...], text: str
) -> None:
    with open_office(path) as store:
        fill(store)
        if positions == (1, 1):
            store.erase("order-1", erased(1))
            text = "erased already"
        with pytest.raises(ValueError, match=text):
            store.erase("order-1", erased(*positions))
        assert verify(path).whole


def test_a_repeated_append_is_recognised_by_its_names_after_an_erasure(path: Path) -> None:
    with open_office(path) as store:
        fill(store)
        store.erase("order-1", erased(1))
        assert store.append("order-1", [placed(1, SECRET), shipped(1)], key="one") == AlreadyAppended(1, 2)
        assert store.append("order-1", [shipped(1), shipped(1)], key="one") == KeyConflict("one", 1, 2)


def test_a_tombstone_that_no_event_speaks_of_is_damage(path: Path) -> None:
    with open_office(path) as store:
        fill(store)
        store.erase("order-1", erased(1))
    tamper(path, """UPDATE events SET data = '{"erased":5}' WHERE position = 3""")
    assert verify(path).first_bad_position == 3
