"""The log as projections read it: of some types only, in batches, with as few columns as do."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eventstore.erasure import TOMBSTONE
from eventstore.inline import StoredFact
from eventstore.upcasters import Upcasters

# The `+` keeps SQLite from going through the index of types: most of the log is wanted, in order.
FACTS = f"""
SELECT position, type, stream, recorded_at, ?1, CAST(data AS BLOB), schema_version FROM events
WHERE position > ?2 AND position <= ?3 AND +type IN (SELECT value FROM json_each(?4))
  AND substr(data, 1, {len(TOMBSTONE)}) <> '{TOMBSTONE}'
ORDER BY position
"""  # noqa: S608 - a constant
ACTORS = """
SELECT DISTINCT actor FROM commits WHERE last_position > ?1 AND last_position <= ifnull(
  (SELECT last_position FROM commits WHERE last_position >= ?2 ORDER BY last_position LIMIT 1), ?2)
"""
COMMITS = "SELECT last_position, actor FROM commits WHERE last_position > ?1 ORDER BY last_position"
SPAN = 5000  #: positions in a batch


@dataclass(frozen=True, slots=True)
class Shapes:
    """What this program knows of event types: how to bring old shapes up, and which version is newest."""

    upcasters: Upcasters
    newest: Mapping[str, int]

    def newest_shape(self, row: tuple[Any, ...]) -> StoredFact:
        """Turn a row of `FACTS` into a fact in the newest shape; raises `StoreTooNew`."""
        data, schema_version = row[5:]
        self.upcasters.refuse_newer(self.newest, row[1], schema_version)
        if self.upcasters.outdated(row[1], schema_version):
            _, fields = self.upcasters.upcast(row[1], schema_version, json.loads(data))
            data = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
        return StoredFact._make((*row[:5], data))


def facts_between(
    connection: sqlite3.Connection, after: int, head: int, types: Collection[str], shapes: Shapes
) -> Iterator[list[StoredFact]]:
    """Yield the facts of these types after one position up to another, in batches."""
    cursor = connection.cursor()
    cursor.row_factory = None
    wanted = json.dumps(sorted(types))
    for start in range(after, head, SPAN):
        end = min(start + SPAN, head)
        actors = cursor.execute(ACTORS, (start, end)).fetchall()
        rows = cursor.execute(FACTS, (actors[0][0], start, end, wanted)).fetchall()
        if len(actors) > 1:
            rows = with_actors(cursor, rows)
        yield [as_fact(row, shapes) for row in rows]


def as_fact(row: tuple[Any, ...], shapes: Shapes) -> StoredFact:
    """Give a row as a fact, the short way where its shape is the newest."""
    if row[6] == shapes.newest.get(row[1], 1):
        return StoredFact._make(row[:6])
    return shapes.newest_shape(row)


def with_actors(cursor: sqlite3.Cursor, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Give the rows with the actor of the commit that each stands in."""
    if not rows:
        return rows
    commits = cursor.execute(COMMITS, (rows[0][0] - 1,))
    last, actor = next(commits)
    named = []
    for row in rows:
        while row[0] > last:
            last, actor = next(commits)
        named.append((*row[:4], actor, *row[5:]))
    return named
