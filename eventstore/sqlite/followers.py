"""The projections beside the log: who has come how far, and bringing those up who lag behind."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence

from eventstore.errors import StoreTooNew
from eventstore.inline import InlineProjection, StoredFact

STATES = "SELECT name, version, position FROM projections"
REMEMBER = """
INSERT INTO projections VALUES (?, ?, ?)
ON CONFLICT (name) DO UPDATE SET version = excluded.version, position = excluded.position
"""
MOVE_ON = "UPDATE projections SET position = ? WHERE name = ?"
FACTS = """
SELECT e.position, e.type, e.stream, e.recorded_at, c.actor, CAST(e.data AS BLOB)
FROM events e JOIN commits c ON c.last_position =
  (SELECT last_position FROM commits WHERE last_position >= e.position ORDER BY last_position LIMIT 1)
WHERE e.position > ? AND e.position <= ? AND substr(e.data, 1, 10) <> '{"erased":'
ORDER BY e.position
"""
BATCH = 5000


class Followers:
    """The inline projections of a store, and their positions in the `projections` table."""

    def __init__(self, projections: Sequence[InlineProjection]) -> None:
        self._projections = tuple(projections)
        self._versions = {projection.name: projection.version for projection in projections}
        self.event_types = frozenset(name for projection in projections for name in projection.event_types)

    def open(self, connection: sqlite3.Connection) -> None:
        """Bring every projection to the head, from scratch where its version is another; in a transaction."""
        states = {name: (version, position) for name, version, position in connection.execute(STATES)}
        (head,) = connection.execute("SELECT ifnull(max(position), 0) FROM events").fetchone()
        for projection in self._projections:
            version, position = states.get(projection.name, (None, 0))
            if version != projection.version:
                projection.clear(connection)
                projection.prepare(connection)
                position = 0
            if position < head or version != projection.version:
                catch_up(connection, projection, position, head)

    def rebuild(self, connection: sqlite3.Connection, names: Collection[str]) -> None:
        """Build the named projections from scratch; in a transaction."""
        by_name = {projection.name: projection for projection in self._projections}
        (head,) = connection.execute("SELECT ifnull(max(position), 0) FROM events").fetchone()
        for projection in [by_name[name] for name in names]:
            projection.clear(connection)
            projection.prepare(connection)
            catch_up(connection, projection, 0, head)

    def follow(
        self, connection: sqlite3.Connection, before: int, head: int, facts: Sequence[StoredFact]
    ) -> None:
        """Apply the facts just appended, after what another program appended without us."""
        if not self._projections:
            return
        self._catch_up_stragglers(connection, before)
        for projection in self._projections:
            wanted = projection.event_types
            if mine := [fact for fact in facts if fact.type in wanted]:
                projection.apply(connection, mine)
        connection.executemany(MOVE_ON, [(head, name) for name in self._versions])

    def _catch_up_stragglers(self, connection: sqlite3.Connection, before: int) -> None:
        states = {name: (version, position) for name, version, position in connection.execute(STATES)}
        for projection in self._projections:
            version, position = states[projection.name]
            if version != projection.version:
                raise StoreTooNew(
                    f"projection {projection.name} has version {version} by now, this program knows"
                    f" {projection.version}: start it again"
                )
            if position < before:
                catch_up(connection, projection, position, before)


def catch_up(connection: sqlite3.Connection, projection: InlineProjection, after: int, head: int) -> None:
    """Feed a projection the events up to `head` and remember that it has them."""
    for facts in facts_between(connection, after, head):
        if mine := [fact for fact in facts if fact.type in projection.event_types]:
            projection.apply(connection, mine)
    connection.execute(REMEMBER, (projection.name, projection.version, head))


def facts_between(connection: sqlite3.Connection, after: int, head: int) -> Iterator[list[StoredFact]]:
    """Yield the facts of the log in batches."""
    cursor = connection.cursor()
    cursor.row_factory = None
    cursor.execute(FACTS, (after, head))
    while rows := cursor.fetchmany(BATCH):
        yield [StoredFact(*row) for row in rows]
