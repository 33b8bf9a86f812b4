"""The end of the log, as the writer knows it: read within the transaction, or remembered from its last one."""

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
DATA_VERSION = "PRAGMA data_version"
MOST_STREAMS = 20_000  #: whose versions are remembered


@dataclass(slots=True)
class Tail:
    """The end of the log within a transaction, moved on by every append of it."""

    data_version: int  #: changes when another connection commits; then nothing of this holds any longer
    position: int
    chain: bytes
    recorded_at: str
    remembered: bool = False  #: from this writer's last transaction, since which nobody else wrote
    versions: dict[str, int] = field(default_factory=dict)
    facts: list[StoredFact] = field(default_factory=list)


def tail_of(connection: sqlite3.Connection, last: Tail | None, clock: Clock) -> Tail:
    """Give the end of the log, within a transaction: `last` itself if nobody else wrote since."""
    (data_version,) = connection.execute(DATA_VERSION).fetchone()
    if last is not None and last.data_version == data_version:
        last.recorded_at = stamp(clock, last.recorded_at)
        last.remembered = True
        last.facts.clear()
        if len(last.versions) > MOST_STREAMS:
            last.versions.clear()
        return last
    row = connection.execute(HEAD).fetchone()
    position, chain, recorded_at = row or (0, GENESIS, "")
    return Tail(data_version, position, chain, stamp(clock, recorded_at))


def trusted_version(append: Append) -> int | None:
    """Give the version that an append expects its stream at, None where it names none.

    It needn't be looked up: the guard on the table refuses its events if the stream is elsewhere.
    """
    expected = append.expected_version
    if not append.events:
        return None
    if isinstance(expected, int):
        return expected
    return 0 if expected is NO_STREAM else None
