"""Logs of the made-up shop, and outsiders who lay hands on them."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from eventstore import SqliteStore, open_store
from tests.eventstore.sample import SHOP_EVENTS, placed, shipped


def open_shop(path: Path, **options: Any) -> SqliteStore:
    """Open the shop's log."""
    return open_store(path, SHOP_EVENTS, **options)


def fill(path: Path, orders: int = 5) -> None:
    """Append two events for each order, each order in a commit of its own."""
    with open_shop(path) as store:
        for number in range(1, orders + 1):
            store.append(f"order-{number}", [placed(number), shipped(number)], actor="shop", key=f"o{number}")


@contextmanager
def outsider(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the log as any program could, without our authorizer."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def without_guards(connection: sqlite3.Connection) -> dict[str, str]:
    """Drop all triggers, and give their SQL."""
    triggers = dict(
        connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    )
    for name in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    return triggers


def tamper(path: Path, *statements: str) -> None:
    """Do what the guards would refuse, and put the guards back."""
    with outsider(path) as connection:
        triggers = without_guards(connection)
        for statement in statements:
            connection.execute(statement)
        for sql in triggers.values():
            connection.execute(sql)
