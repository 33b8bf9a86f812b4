"""Appends that wait together share a transaction, and not each other's failures."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread

from eventstore import Appended, StoredFact, StoreError, verify
from tests.eventstore.sample import placed
from tests.eventstore.sqlite.shop import open_shop, outsider


class Watcher:
    """An inline projection that counts how often it is called, and refuses amounts of 13."""

    name, version, event_types = "watcher", 1, frozenset({"OrderPlaced"})

    def __init__(self) -> None:
        self.calls: list[int] = []

    def prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE IF NOT EXISTS seen (position INTEGER PRIMARY KEY) STRICT")

    def clear(self, connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE IF EXISTS seen")

    def apply(self, connection: sqlite3.Connection, facts: Sequence[StoredFact]) -> None:
        self.calls.append(len(facts))
        connection.executemany("INSERT INTO seen VALUES (?)", [(fact.position,) for fact in facts])
        if any('"amount":13' in str(fact.data) for fact in facts):
            raise ArithmeticError("no thirteens")


def together(path: Path, watcher: Watcher, amounts: Sequence[int]) -> list[object]:
    """Append from as many threads while another program holds the lock, so that all have to wait."""
    results: list[object] = [None] * len(amounts)

    def work(index: int) -> None:
        try:
            results[index] = store.append(f"order-{index}", [placed(index, amount=amounts[index])])
        except (ArithmeticError, StoreError) as error:
            results[index] = error

    with open_shop(path, inline=[watcher]) as store, outsider(path) as other:
        other.execute("BEGIN IMMEDIATE")
        threads = [Thread(target=work, args=(index,)) for index in range(len(amounts))]
        for thread in threads:
            thread.start()
        until(lambda: len(store._group._waiting) == len(amounts) - 1)
        other.execute("ROLLBACK")
        for thread in threads:
            thread.join()
        assert store.query("SELECT count(*) AS n FROM seen")[0]["n"] == store.head()
    assert verify(path).whole
    return results


def until(condition: Callable[[], bool]) -> None:
    """Spin until something is so."""
    while not condition():
        pass


def test_appends_that_wait_together_share_a_transaction(tmp_path: Path) -> None:
    watcher = Watcher()
    results = together(tmp_path / "events.db", watcher, [1] * 8)
    assert sorted(result.first_position for result in results if isinstance(result, Appended)) == list(
        range(1, 9)
    )
    assert sorted(watcher.calls) == [1, 7]


def test_a_failure_in_a_shared_transaction_is_the_failure_of_one(tmp_path: Path) -> None:
    results = together(tmp_path / "events.db", Watcher(), [1, 2, 13, 4, 5])
    assert [type(result).__name__ for result in results].count("Appended") == 4
    assert isinstance(results[2], ArithmeticError)
