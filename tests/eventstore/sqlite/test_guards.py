"""Nobody rewrites history: triggers stop outsiders, the authorizer stops ourselves."""

import sqlite3
from pathlib import Path

import pytest

from eventstore import Appended, StoreDamaged, open_store, verify
from eventstore.sqlite.schema import EARLIER
from tests.eventstore.sample import SHOP_EVENTS, placed
from tests.eventstore.sqlite.shop import fill, open_shop, outsider

ROW = "'x', 1, '2026-01-01T00:00:00.000000Z', NULL, '{}', x'00'"

REWRITINGS = [
    "UPDATE events SET data = '{}' WHERE position = 2",
    "UPDATE events SET recorded_at = '2020' WHERE position = 2",
    """UPDATE events SET data = '{"erased":10}' WHERE position = 2""",
    "DELETE FROM events WHERE position = 10",
    "DELETE FROM events",
    "UPDATE commits SET actor = 'eve'",
    "DELETE FROM commits WHERE last_position = 10",
    f"INSERT OR REPLACE INTO events VALUES (2, 'order-1', 2, {ROW})",
    f"REPLACE INTO events VALUES (11, 'order-1', 2, {ROW})",
    f"INSERT INTO events VALUES (12, 'order-9', 1, {ROW})",
    f"INSERT INTO events VALUES (11, 'order-1', 4, {ROW})",
    f"INSERT INTO events VALUES (NULL, 'order-9', 1, {ROW})",
    f"INSERT OR IGNORE INTO events VALUES (5, 'order-9', 1, {ROW})",
    f"INSERT INTO events VALUES (2, 'order-1', 2, {ROW}) ON CONFLICT DO UPDATE SET data = 'x'",
    "INSERT OR REPLACE INTO commits VALUES (10, 9, 'o5', NULL, 'eve', NULL, x'00')",
    "INSERT OR REPLACE INTO commits VALUES (11, 11, 'o5', NULL, 'eve', NULL, x'00')",
    "INSERT INTO commits VALUES (11, 11, NULL, NULL, 'eve', NULL, x'00')",
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    fill(tmp_path / "events.db")
    return tmp_path / "events.db"


def with_earlier_guards(path: Path) -> None:
    """Make the log one that was made by an earlier program."""
    with outsider(path) as connection:
        for name, sql in EARLIER.items():
            connection.execute(f"DROP TRIGGER {name}")
            connection.execute(sql.strip())


@pytest.mark.parametrize("statement", REWRITINGS)
def test_the_guards_of_an_earlier_log_refuse_it_too(path: Path, statement: str) -> None:
    with_earlier_guards(path)
    with outsider(path) as connection, pytest.raises(sqlite3.IntegrityError, match=r"log|never|end"):
        connection.execute(statement)
    assert verify(path).whole


def test_an_earlier_log_keeps_its_guards_and_goes_on(path: Path) -> None:
    with_earlier_guards(path)
    with open_shop(path) as store:
        assert store.append("order-1", [placed()], 2) == Appended(11, 11)
    with outsider(path) as connection:
        kept = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    assert {name: kept[name] for name in EARLIER} == {name: sql.strip() for name, sql in EARLIER.items()}
    assert verify(path, thorough=True).whole


@pytest.mark.parametrize("statement", REWRITINGS)
def test_the_triggers_refuse_every_way_of_rewriting(path: Path, statement: str) -> None:
    with outsider(path) as connection, pytest.raises(sqlite3.IntegrityError, match=r"log|never|end"):
        connection.execute(statement)
    assert verify(path).whole


@pytest.mark.parametrize("statement", [*REWRITINGS[:7], "DROP TABLE events", "DROP TRIGGER events_never_go"])
def test_our_own_connection_may_not_even_prepare_it(path: Path, statement: str) -> None:
    with open_shop(path) as store, pytest.raises(sqlite3.DatabaseError, match=r"not authorized|never change"):
        store._open_writer().connection.execute(statement)
    assert verify(path).whole


@pytest.mark.parametrize("statement", ["INSERT INTO projections VALUES ('x', 1, 1)", "CREATE TABLE t (a)"])
def test_questions_can_not_write(path: Path, statement: str) -> None:
    with open_shop(path) as store, store.reading() as connection, pytest.raises(sqlite3.OperationalError):
        connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("DROP TRIGGER events_never_go", "trigger events_never_go is missing"),
        ("DROP INDEX events_by_type", "index events_by_type is missing"),
        ("CREATE TRIGGER t AFTER INSERT ON events BEGIN SELECT 1; END", "trigger t was added"),
        ("ALTER TABLE events ADD COLUMN note TEXT", "table events was changed"),
        ("PRAGMA application_id = 7", "no log of ours"),
    ],
)
def test_a_log_with_a_changed_schema_is_not_opened(path: Path, statement: str, text: str) -> None:
    with outsider(path) as connection:
        connection.execute(statement)
    for read_only in (False, True):
        with pytest.raises(StoreDamaged, match=text):
            open_shop(path, read_only=read_only)
    assert text in verify(path).findings[0].text


def test_a_file_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with outsider(path) as connection:
        connection.execute("CREATE TABLE notes (text)")
    before = path.read_bytes()[100:]
    with pytest.raises(StoreDamaged, match="no log of ours"):
        open_shop(path)
    assert path.read_bytes()[100:] == before


def test_event_types_with_the_same_name_are_refused(tmp_path: Path) -> None:
    class Other:
        class OrderPlaced(SHOP_EVENTS[0]):  # type: ignore[name-defined,misc]
            pass

    with pytest.raises(ValueError, match="same name"):
        open_store(tmp_path / "events.db", [*SHOP_EVENTS, Other.OrderPlaced])


def test_what_an_outsider_appends_by_the_rules_still_breaks_the_chain(path: Path) -> None:
    with outsider(path) as connection:
        connection.execute(f"INSERT INTO events VALUES (11, 'order-9', 1, {ROW})")
    report = verify(path)
    assert (report.first_bad_position, report.findings[0].kind) == (11, "row added")
    with outsider(path) as connection:
        connection.execute("INSERT INTO commits VALUES (11, 11, NULL, NULL, 'eve', NULL, x'00')")
    report = verify(path)
    assert (report.first_bad_position, report.findings[0].kind) == (11, "row changed")


def test_a_store_opened_for_reading_reads_and_does_not_append(path: Path) -> None:
    with open_shop(path, read_only=True) as store:
        assert store.head() == 10
        with pytest.raises(Exception, match="reading only"):
            store.append("order-1", [placed()])
