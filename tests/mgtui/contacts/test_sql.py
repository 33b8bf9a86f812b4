"""Contacts out of a database, asked by a real driver: SQLite, and a private PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url
from sqlalchemy.pool import NullPool

from mgtui.contacts import BrokenLine, ContactsUnreadable, IncomingContact
from mgtui.contacts.sql import read_sql
from tests.servers.postgresql import PASSWORD, postgresql, server_folder

TABLES = (
    "CREATE TABLE customers (number INTEGER, firm TEXT, city TEXT, since DATE)",
    "CREATE TABLE mails (number INTEGER, address TEXT, list TEXT)",
    "INSERT INTO customers VALUES (1, 'Müller & 100% Söhne', 'Köln', '2020-02-01'), (2, 'Zwei', NULL, NULL)",
    "INSERT INTO customers VALUES (3, 'Drei', NULL, NULL)",
    "INSERT INTO mails VALUES (1, 'A@Example.org', 'b'), (1, 'c@example.org', 'a'), (2, 'nothing', NULL)",
)
QUERY = """
    SELECT c.number AS id, c.firm AS name, m.address AS email, m.list AS lists, c.city, c.since
    FROM customers c LEFT JOIN mails m USING (number)
    WHERE c.firm NOT LIKE 'Vier%' ORDER BY c.number, m.address
"""


def fill(url: Any) -> None:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        for statement in TABLES:
            connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'administration.db'}"
    fill(url)
    return url


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    if server_folder() is None:
        pytest.skip("no PostgreSQL on this machine")
    with postgresql() as url:
        fill(make_url(url).set(password=PASSWORD))
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue(request.param)
    return found


def read(url: str, query: str = QUERY, password: str | None = PASSWORD) -> list[object]:
    return list(read_sql(url, query, {}, None if url.startswith("sqlite") else password))


def test_the_rows_of_one_contact_become_one_contact(url: str) -> None:
    broken, first, third = read(url)
    assert first == IncomingContact(
        "1", "Müller & 100% Söhne", ("a@example.org", "c@example.org"), ("a", "b"),
        {"city": "Köln", "since": "2020-02-01"},
    )  # fmt: skip
    assert broken == BrokenLine(3, "'nothing' is no mail address", "2")
    assert third == IncomingContact("3", "Drei", (), ())


def test_a_query_that_writes_changes_nothing(url: str) -> None:
    with pytest.raises(ContactsUnreadable):
        read(url, "DELETE FROM customers")
    assert len(read(url)) == 3


@pytest.mark.parametrize(
    "query", ["SELECT * FROM nowhere", "SELEC", "SELECT 1 AS id", "SELECT 1 AS email", ""]
)
def test_a_wrong_query_is_one_line(url: str, query: str) -> None:
    with pytest.raises(ContactsUnreadable) as caught:
        read(url, query)
    assert "\n" not in str(caught.value)
    assert not caught.value.transient


def test_a_wrong_password_is_not_repeated(postgres: str) -> None:
    with pytest.raises(ContactsUnreadable) as caught:
        read(postgres, password="hunter2")
    assert "hunter2" not in str(caught.value)
    assert "password" in str(caught.value)


def test_a_server_that_is_not_there_is_worth_another_try() -> None:
    with pytest.raises(ContactsUnreadable) as caught:
        read("postgresql+psycopg://office@127.0.0.1:1/nothing")
    assert caught.value.transient


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nothing", "url"),
        ("sqlite:////nowhere/at/all.db", "isn't there"),
        ("oracle+cx_oracle://office:secret@host/x", "driver"),
        ("unheard-of://office:secret@host/x", "driver"),
    ],
)
def test_a_wrong_url_is_one_line_without_the_password(url: str, words: str) -> None:
    with pytest.raises(ContactsUnreadable) as caught:
        read(url)
    assert words in str(caught.value)
    assert "secret" not in str(caught.value)
