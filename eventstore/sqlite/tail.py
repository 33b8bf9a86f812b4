"""The end of the log, as the writer knows it: read within the transaction, or remembered from its last one.

What is remembered needs no look at whether somebody else wrote: the guard on the table refuses events that aren't
at the end of the log and of their streams, and the row of each projection tells whether it has come as far.
"""

import sqlite3
from dataclasses import dataclass, field

from eventstore.append import NO_STREAM, Append
from eventstore.inline import StoredFact
from eventstore.sqlite.chain import GENESIS
from eventstore.stamp import Clock, stamp

HEAD = """
SELECT last_position, chain, (SELECT recorded_at FROM events WHERE position = last_position)
FROM commits ORDER BY last_position DESC LIMIT 1
"""
MOST_STREAMS = 20_000  #: whose versions are remembered


@dataclass(slots=True)
class Tail:
    """The end of the log within a transaction, moved on by every append of it."""

    position: int
    chain: bytes
    recorded_at: str
    versions: dict[str, int] = field(default_factory=dict)
    facts: list[StoredFact] = field(default_factory=list)


def read_tail(connection: sqlite3.Connection, clock: Clock) -> Tail:
    """Read the end of the log, within a transaction."""
    position, chain, recorded_at = connection.execute(HEAD).fetchone() or (0, GENESIS, "")
    return Tail(position, chain, stamp(clock, recorded_at))


def remembered(last: Tail, clock: Clock) -> Tail:
    """Make the end of the last transaction the beginning of the next."""
    last.recorded_at = stamp(clock, last.recorded_at)
    last.facts.clear()
    if len(last.versions) > MOST_STREAMS:
        last.versions.clear()
    return last


def names_version(append: Append) -> bool:
    """Tell whether an append says at which version it expects its stream.

    Then it needn't be looked up: the guard on the table refuses its events if the stream is elsewhere.
    """
    expected = append.expected_version
    return bool(append.events) and (isinstance(expected, int) or expected is NO_STREAM)
