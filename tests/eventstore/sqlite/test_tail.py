"""What the writer remembers of the end of the log holds only while nobody else writes, and trust is checked."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from eventstore import (
    ANY,
    NO_STREAM,
    STREAM_EXISTS,
    Append,
    Appended,
    SqliteStore,
    StoreTooNew,
    WrongExpectedVersion,
    open_store,
    verify,
)
from projections import Fact, Projection, Rows, Table, inline
from tests.eventstore.sample import SHOP_EVENTS, OrderPlaced, placed, shipped
from tests.eventstore.sqlite.shop import open_shop, outsider, without_guards


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "events.db"


def test_two_programs_that_take_turns_see_each_other_s_events_at_once(path: Path) -> None:
    with open_shop(path) as one, open_shop(path) as other:
        for turn in range(6):
            store = one if turn % 2 else other
            assert store.append("order-1", [shipped()], turn) == Appended(turn + 1, turn + 1)
        assert one.append("order-1", [shipped()], 4) == WrongExpectedVersion("order-1", 4, 6)
        assert other.append("order-1", [shipped()], NO_STREAM) == WrongExpectedVersion(
            "order-1", NO_STREAM, 6
        )
        assert other.append("order-1", [shipped()], ANY) == Appended(7, 7)
    assert verify(path, thorough=True).whole


def test_a_writer_that_was_refused_looks_first_until_it_is_alone_again(path: Path) -> None:
    with open_shop(path) as store, open_shop(path) as other:
        done: list[str] = []
        store._open_writer().connection.set_trace_callback(done.append)

        def said(*turns: SqliteStore) -> tuple[int, int]:
            """Tell how often it began a transaction and looked for the end of the log."""
            done.clear()
            for turn in turns:
                assert isinstance(turn.append("order-1", [shipped()]), Appended)
            return sum("BEGIN" in sql for sql in done), sum("ORDER BY last_position" in sql for sql in done)

        assert said(store) == (1, 1)
        assert said(store, store) == (2, 0)
        assert said(other, store) == (2, 1)
        assert said(other, store, other, store) == (2, 2)
        assert said(store) == (1, 1)
        assert said(store, store) == (2, 0)
    assert verify(path, thorough=True).whole


def test_a_conflict_names_the_first_stream_that_is_elsewhere_and_what_was_found(path: Path) -> None:
    with open_shop(path) as store, open_shop(path) as other:
        other.append("order-2", [placed(2), shipped(2)])
        wrong = [Append("order-1", [placed(1)], 5), Append("order-2", [placed(2)], NO_STREAM)]
        assert store.append_many(wrong) == WrongExpectedVersion("order-1", 5, 0)
        late = [Append("order-1", [placed(1)], NO_STREAM), Append("order-2", [placed(2)], 1)]
        assert store.append_many(late) == WrongExpectedVersion("order-2", 1, 2)
        assert store.append("order-1", [placed(1)], 5) == WrongExpectedVersion("order-1", 5, 0)
        assert store.append("order-1", [placed(1)], NO_STREAM) == Appended(3, 3)
    assert verify(path).whole


def test_a_trusted_version_is_no_ground_for_what_is_appended_behind_it(path: Path) -> None:
    with open_shop(path) as store, open_shop(path) as other:
        other.append("order-1", [placed(1)])
        both = [Append("order-1", [shipped(1)], NO_STREAM), Append("order-1", [shipped(1)], ANY)]
        assert store.append_many(both) == WrongExpectedVersion("order-1", NO_STREAM, 1)
        mixed = [Append("order-1", [shipped(1)], ANY), Append("order-1", [shipped(1)], 2)]
        assert store.append_many(mixed) == Appended(2, 3)


@pytest.mark.parametrize("expected", [2, NO_STREAM, -1])
def test_a_stream_that_gets_no_events_is_still_expected_where_it_was_said(path: Path, expected: int) -> None:
    with open_shop(path) as store, open_shop(path) as other:
        other.append("order-1", [placed(1)])
        appends = [Append("order-1", [], expected), Append("order-2", [placed(2)], NO_STREAM)]
        assert store.append_many(appends) == WrongExpectedVersion("order-1", expected, 1)
        right = [Append("order-1", [], STREAM_EXISTS), Append("order-2", [placed(2)], 0)]
        assert store.append_many(right) == Appended(2, 2)


def test_versions_forgotten_for_their_number_are_looked_up_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventstore.sqlite.tail.MOST_STREAMS", 3)
    with open_shop(path) as store:
        for number in range(30):
            store.append(f"order-{number % 7}", [shipped(number)])
        assert [event.version for event in store.read_stream("order-1")] == [1, 2, 3, 4, 5]
    assert verify(path, thorough=True).whole


def test_nothing_of_a_failed_append_is_remembered(path: Path) -> None:
    table = Table("customers", {"customer": "TEXT"}, ("customer",))

    def no_thirteens(tables: Mapping[str, Rows], fact: Fact) -> None:
        if fact.data["amount"] == 13:
            raise ArithmeticError("no thirteens")
        tables["customers"].put({"customer": fact.data["customer"]})

    projection = Projection("orders", 1, (table,), {OrderPlaced: ("customer", "amount")}, no_thirteens)
    with open_store(path, SHOP_EVENTS, inline([projection])) as store:
        store.append("order-1", [placed(1)])
        with pytest.raises(ArithmeticError):
            store.append("order-1", [placed(1), placed(1, amount=13)], 1)
        assert store.append("order-1", [placed(1, "Bob")], 1) == Appended(2, 2)
        assert [row["customer"] for row in store.query("SELECT * FROM customers")] == ["Ada", "Bob"]
    assert verify(path, thorough=True).whole


def test_a_projection_that_a_newer_program_built_meanwhile_is_not_written_by_the_old(path: Path) -> None:
    table = Table("placed", {"position": "INTEGER"}, ("position",))

    def note(tables: Mapping[str, Rows], fact: Fact) -> None:
        tables["placed"].put({"position": fact.position})

    old = Projection("placed", 1, (table,), {OrderPlaced: ()}, note)
    with open_store(path, SHOP_EVENTS, inline([old])) as store:
        assert store.append("order-1", [placed(1)]) == Appended(1, 1)
        with open_store(path, SHOP_EVENTS, inline([replace(old, version=2)])):
            pass
        with pytest.raises(StoreTooNew, match="placed"):
            store.append("order-1", [placed(1)])
        assert [row["position"] for row in store.query("SELECT * FROM placed")] == [1]
        assert store.head() == 1


def test_a_projection_that_another_program_set_back_is_caught_up(path: Path) -> None:
    table = Table("placed", {"position": "INTEGER"}, ("position",))

    def note(tables: Mapping[str, Rows], fact: Fact) -> None:
        tables["placed"].put({"position": fact.position})

    projection = Projection("placed", 1, (table,), {OrderPlaced: ()}, note)
    with open_store(path, SHOP_EVENTS, inline([projection])) as store, outsider(path) as other:
        store.append("order-1", [placed(1), placed(1)])
        other.execute("DELETE FROM placed")
        other.execute("UPDATE projections SET position = 0")
        store.append("order-1", [placed(1)])
        assert [row["position"] for row in store.query("SELECT * FROM placed")] == [1, 2, 3]


def test_what_is_remembered_is_read_anew_even_where_the_guards_are_gone(path: Path) -> None:
    with open_shop(path) as store, open_shop(path) as other:
        store.append("order-1", [placed(1)], NO_STREAM)
        with outsider(path) as connection:
            without_guards(connection)
        assert other.append("order-1", [placed(1)], 1) == Appended(2, 2)
        assert store.append("order-1", [placed(1)], ANY) == Appended(3, 3)
        assert [event.version for event in store.read_stream("order-1")] == [1, 2, 3]


def test_a_projection_that_a_program_without_it_left_behind_is_caught_up_in_the_middle(path: Path) -> None:
    table = Table("placed", {"position": "INTEGER"}, ("position",))
    projection = Projection(
        "placed",
        1,
        (table,),
        {OrderPlaced: ()},
        lambda tables, fact: tables["placed"].put({"position": fact.position}),
    )
    with open_store(path, SHOP_EVENTS, inline([projection])) as store, open_shop(path) as other:
        for number in range(4):
            store.append("order-1", [placed(number)])
            other.append("order-2", [placed(number)])
        store.append("order-3", [shipped(3)])
        assert [row["position"] for row in store.query("SELECT * FROM placed")] == list(range(1, 9))
