"""The commit that an event came in with: what the chain links."""

import sqlite3
from dataclasses import dataclass

COMMIT = """
SELECT first_position, last_position, key, actor, correlation, chain FROM commits
WHERE last_position >= ? ORDER BY last_position LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Commit:
    """One append transaction."""

    first_position: int
    last_position: int
    key: str | None  #: idempotency key given by the caller
    actor: str
    correlation: str | None
    chain: str  #: value of the chain behind it, in hex


def commit_of(connection: sqlite3.Connection, position: int) -> Commit | None:
    """Give the commit that holds a position, None where the log doesn't reach it."""
    row = connection.execute(COMMIT, (position,)).fetchone()
    if row is None:
        return None
    first, last, key, actor, correlation, chain = tuple(row)
    return Commit(first, last, key, actor, correlation, chain.hex())
