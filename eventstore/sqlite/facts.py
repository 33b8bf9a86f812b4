"""The log as projections follow it: the facts of some types, row by row."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eventstore.erasure import TOMBSTONE
from eventstore.inline import Commits, StoredFact
from eventstore.upcasters import Upcasters

#: Leaves tombstones out by comparing from where to where their text can lie, which takes no copy of the data.
UNERASED = f"(data < '{TOMBSTONE}' OR data >= '{TOMBSTONE[:-1]};')"
# The `+` keeps SQLite from going through the index of types: it would sort every batch.
FACTS = f"""
SELECT position, type, stream, recorded_at, NULL, CAST(data AS BLOB), schema_version FROM events
WHERE position > ?1 AND position <= ?2 AND +type IN (SELECT value FROM json_each(?3)) AND {UNERASED}
ORDER BY position
"""  # noqa: S608 - a constant
COMMITS = """
SELECT last_position, actor FROM commits WHERE last_position > ?1 AND last_position <= ifnull(
  (SELECT last_position FROM commits WHERE last_position >= ?2 ORDER BY last_position LIMIT 1), ?2)
ORDER BY last_position
"""
SPAN = 2000  #: positions that are read at once: as many as the cache of a reader holds

Row = tuple[Any, ...]  #: the fields of a `StoredFact`, the actor yet None; then the schema version


@dataclass(frozen=True, slots=True)
class Shapes:
    """What this program knows of event types: how to bring old shapes up, and which version is newest."""

    upcasters: Upcasters
    newest: Mapping[str, int]

    def upcast(self, row: Row) -> Row:
        """Give the row in the newest shape; raises `StoreTooNew`."""
        type_, data, schema_version = row[1], row[5], row[6]
        self.upcasters.refuse_newer(self.newest, type_, schema_version)
        if not self.upcasters.outdated(type_, schema_version):
            return row
        version, fields = self.upcasters.upcast(type_, schema_version, json.loads(data))
        data = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
        return (*row[:5], data, version)


def facts_between(
    connection: sqlite3.Connection, after: int, head: int, types: Collection[str], shapes: Shapes
) -> Iterator[list[StoredFact]]:
    """Yield the facts of these types after one position up to another, in batches."""
    cursor = plain_cursor(connection)
    wanted = json.dumps(sorted(types))
    for start in range(after, head, SPAN):
        end = min(start + SPAN, head)
        rows = [shapes.upcast(row) for row in cursor.execute(FACTS, (start, end, wanted))]
        yield with_actors(rows, commits_between(cursor, start, end))


def plain_cursor(connection: sqlite3.Connection) -> sqlite3.Cursor:
    """Give a cursor whose rows are tuples."""
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor


def commits_between(cursor: sqlite3.Cursor, start: int, end: int) -> Commits:
    """Give the commits that hold the events after one position up to another."""
    return cursor.execute(COMMITS, (start, end)).fetchall()


def with_actors(rows: Sequence[Row], commits: Commits) -> list[StoredFact]:
    """Give the rows as facts, each with the actor of the commit that it stands in."""
    facts, coming = [], iter(commits)
    last = 0
    for row in rows:
        while row[0] > last:
            last, actor = next(coming)
        facts.append(StoredFact._make((*row[:4], actor, row[5])))
    return facts
