"""Rows by key: in memory, in the table, and in between."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections import Table
from projections.tables import Access, TableRows, create_statements

SINGLE = Table("single", {"name": "TEXT", "n": "INTEGER"}, ("name",))
NUMBERED = Table("numbered", {"name": "INTEGER", "n": "INTEGER"}, ("name",))
PAIR = Table("pair", {"a": "TEXT", "b": "INTEGER", "n": "INTEGER"}, ("a", "b"), (("n",),))
KEYS = {
    "single": [("x",), ("y",), ("z",)],
    "numbered": [(1,), (2,), (3,)],
    "pair": [("x", 1), ("x", 2), ("y", 1)],
}

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.integers(0, 2), st.integers(0, 9)),
        st.tuples(st.just("delete"), st.integers(0, 2), st.just(0)),
        st.tuples(st.just("get"), st.integers(0, 2), st.just(0)),
        st.tuples(st.sampled_from(["flush", "flush in portions", "forget"]), st.just(0), st.just(0)),
    ),
    max_size=25,
)


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        yield connection


@pytest.mark.parametrize("fresh", [True, False])
@pytest.mark.parametrize("table", [SINGLE, NUMBERED, PAIR], ids=lambda table: table.name)
@given(steps=STEPS)
@settings(max_examples=60, deadline=None)
def test_rows_are_what_a_dictionary_would_hold(
    table: Table, fresh: bool, steps: list[tuple[str, int, int]]
) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for sql in create_statements(table, table.name):
            connection.execute(sql)
        rows, expected = TableRows(connection, Access(table, table.name), fresh=fresh), {}
        for step, which, number in steps:
            key = KEYS[table.name][which]
            row = {**dict(zip(table.key, key, strict=True)), "n": number}
            if step == "put":
                rows.put(row)
                expected[key] = row
            elif step == "delete":
                rows.delete(*key)
                expected.pop(key, None)
            elif step == "get":
                assert rows.get(*key) == expected.get(key)
            else:
                while not rows.flush(1 if "portions" in step else None):
                    pass
                if step == "forget":
                    rows.forget()
        while not rows.flush(2):
            pass
        stored = connection.execute(f'SELECT * FROM "{table.name}"').fetchall()
        assert sorted(stored) == sorted(tuple(row.values()) for row in expected.values())


def test_a_row_without_one_of_its_columns_is_refused(connection: sqlite3.Connection) -> None:
    connection.execute(create_statements(SINGLE, "single")[0])
    rows = TableRows(connection, Access(SINGLE, "single"))
    rows.put({"name": "x"})
    with pytest.raises(KeyError):
        rows.flush()


def test_rows_loaded_together_are_not_asked_for_again(connection: sqlite3.Connection) -> None:
    for sql in create_statements(SINGLE, SINGLE.name):
        connection.execute(sql)
    stored = [{"name": f"row {number:03}", "n": number} for number in range(120)]
    connection.executemany("INSERT INTO single VALUES (:name, :n)", stored)
    rows = TableRows(connection, Access(SINGLE, SINGLE.name))
    rows.put({"name": "row 007", "n": -7})
    rows.load([row["name"] for row in stored] + ["unknown"])
    connection.execute("DELETE FROM single")
    assert rows.get("row 007") == {"name": "row 007", "n": -7}
    assert [rows.get(row["name"]) for row in stored[8:]] == stored[8:]
    assert rows.get("unknown") is None
