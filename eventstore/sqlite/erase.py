"""Erasure: tombstones in place of data, within the transaction of the event that says so."""

import sqlite3
import time
from collections.abc import Sequence

from eventstore.append import Appended, AppendResult
from eventstore.erasure import TOMBSTONE, tombstone
from eventstore.errors import StoreUnavailable
from eventstore.proposal import SALT
from eventstore.sqlite.connect import NAPS, guard, guard_while_erasing
from eventstore.sqlite.followers import Followers
from eventstore.sqlite.rebuild import rebuild_within

FOUND = "SELECT type, data FROM events WHERE position = ?"
BURY = "UPDATE events SET data = ? WHERE position = ?"
PERSONAL = """
SELECT position, data FROM events WHERE stream = ? AND substr(data, 1, 10) <> '{"erased":' ORDER BY version
"""


def personal_positions(connection: sqlite3.Connection, streams: Sequence[str]) -> list[int]:
    """Give the positions of all events in these streams that hold personal data."""
    return sorted(
        position
        for stream in streams
        for position, data in connection.execute(PERSONAL, (stream,))
        if is_salted(data)
    )


def is_salted(data: str) -> bool:
    """Tell whether stored data has a salt, which stands at its end."""
    return f'"{SALT}":"' in data[-64:]


def check_erasable(connection: sqlite3.Connection, positions: Sequence[int]) -> None:
    """Raise ValueError for an event that isn't there, is erased already or has no personal data.

    Without a salt, its digest could tell what the data was.
    """
    for position in positions:
        row = connection.execute(FOUND, (position,)).fetchone()
        if row is None:
            raise ValueError(f"there is no event at position {position}")
        if row[1].startswith(TOMBSTONE):
            raise ValueError(f"the event at position {position} is erased already")
        if not is_salted(row[1]):
            raise ValueError(f"{row[0]} at position {position} holds no personal data")


def bury(
    connection: sqlite3.Connection,
    followers: Followers,
    results: Sequence[AppendResult],
    positions: Sequence[int],
) -> None:
    """Replace the data, and rebuild what was built of it; within the transaction that appended the event."""
    (result,) = results
    if not isinstance(result, Appended):
        return
    types = {connection.execute(FOUND, (position,)).fetchone()[0] for position in positions}
    connection.set_authorizer(guard_while_erasing)
    try:
        data = tombstone(result.last_position)
        connection.executemany(BURY, [(data, position) for position in positions])
    finally:
        connection.set_authorizer(guard)
    rebuild_within(connection, followers, followers.reading(types))


def scrub(connection: sqlite3.Connection, patience: float) -> None:
    """Rewrite the file so that no page of it or of the write-ahead log still holds what was erased.

    Raises `StoreUnavailable` if readers keep the write-ahead log in use for longer than `patience` seconds;
    then this must be called again.
    """
    connection.set_authorizer(None)
    try:
        connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
        connection.execute("VACUUM")
    finally:
        connection.execute(f"PRAGMA busy_timeout = {NAPS}")
        connection.set_authorizer(guard)
    deadline = time.monotonic() + patience
    while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() > deadline:
            raise StoreUnavailable("erased, but a reader keeps the old pages in use; call scrub again later")
        time.sleep(0.05)
