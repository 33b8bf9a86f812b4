"""Facts read many at a time for a rebuild are the facts read one by one."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from eventstore import DataErased, SqliteStore, StoredFact, StoreTooNew, Upcasters, open_store
from eventstore.sqlite.facts import Shapes, facts_between
from eventstore.sqlite.stretches import stretches
from tests.eventstore.sample import SHOP_EVENTS, OrderShipped, placed, shipped

TYPES = ("OrderPlaced", "OrderShipped")
NEWEST = dict.fromkeys(TYPES, 1)
NAMES = ['a "quote"', "back\\slash", "per%cent %s", "o'clock", "Ωmega", "{}],[1"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with open_store(tmp_path / "events.db", [*SHOP_EVENTS, DataErased]) as store:
        for number, name in enumerate(NAMES):
            events = [placed(number, name), shipped(number), OrderShipped(order="1", parcel=name)]
            store.append(f"order-{name}", events, actor=f"by {name}")
        yield store


def one_by_one(store: SqliteStore, shapes: Shapes, after: int, head: int) -> list[StoredFact]:
    with store.reading() as connection:
        return [fact for facts in facts_between(connection, after, head, TYPES, shapes) for fact in facts]


def many_at_a_time(store: SqliteStore, shapes: Shapes, after: int, head: int) -> list[StoredFact]:
    facts = []
    with store.reading() as connection:
        for stretch in stretches(connection, after, head, TYPES, shapes):
            for type_, text in stretch.texts.items():
                for position, stream, at, data in msgspec.json.decode(
                    text, type=list[tuple[int, str, str, msgspec.Raw]]
                ):
                    actor = next(actor for last, actor in stretch.commits if last >= position)
                    facts.append(StoredFact(position, type_, stream, at, actor, bytes(data)))
    return sorted(facts)


@pytest.mark.parametrize("span", [1, 2, 5, 1000])
@pytest.mark.parametrize(("after", "head"), [(0, 18), (4, 11), (18, 18)])
def test_both_ways_give_the_same(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch, span: int, after: int, head: int
) -> None:
    monkeypatch.setattr("eventstore.sqlite.stretches.SPAN", span)
    shapes = Shapes(Upcasters(), NEWEST)
    found = many_at_a_time(store, shapes, after, head)
    assert found == one_by_one(store, shapes, after, head)
    assert [fact.position for fact in found] == list(range(after + 1, head + 1))


def test_a_text_that_is_too_long_for_sqlite_is_read_in_halves(store: SqliteStore) -> None:
    shapes = Shapes(Upcasters(), NEWEST)
    whole = one_by_one(store, shapes, 0, 18)
    with store.reading() as connection:
        before = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 400)
        found = list(stretches(connection, 0, 18, TYPES, shapes))
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, before)
    assert len(found) > 1
    assert sum(len(msgspec.json.decode(text)) for each in found for text in each.texts.values()) == len(whole)


def test_what_was_erased_is_in_neither(store: SqliteStore) -> None:
    store.erase("order-1", DataErased(subject="order-1", positions=(1, 4), mails=(), why="asked for"))
    shapes = Shapes(Upcasters(), NEWEST)
    found = many_at_a_time(store, shapes, 0, 18)
    assert found == one_by_one(store, shapes, 0, 18)
    assert {1, 4}.isdisjoint(fact.position for fact in found)


def test_an_old_shape_is_brought_up_in_both(store: SqliteStore) -> None:
    upcasters = Upcasters({("OrderShipped", 1): lambda data: {**data, "weight": 5}})
    shapes = Shapes(upcasters, {**NEWEST, "OrderShipped": 2})
    found = many_at_a_time(store, shapes, 0, 18)
    assert found == one_by_one(store, shapes, 0, 18)
    assert all((b'"weight":5' in fact.data) == (fact.type == "OrderShipped") for fact in found)


def test_a_newer_shape_is_refused_by_both(store: SqliteStore) -> None:
    shapes = Shapes(Upcasters(), {**NEWEST, "OrderShipped": 0})
    for way in (one_by_one, many_at_a_time):
        with pytest.raises(StoreTooNew, match="OrderShipped"):
            way(store, shapes, 0, 18)
