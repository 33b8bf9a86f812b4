"""The log as projections read it: of some types only, in batches, with as few columns as do."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from eventstore.erasure import TOMBSTONE
from eventstore.inline import StoredFact
from eventstore.upcasters import Upcasters

# The `+` keeps SQLite from going through the index of types: it would sort every batch. Tombstones are left out
# by comparing from where to where their text can lie, which takes no copy of the data. Every column costs a tenth of
# what reading a row costs, so an actor whom many rows share is told once.
FACTS = f"""
SELECT position, type, stream, recorded_at, NULL, CAST(data AS BLOB), schema_version FROM events
WHERE position > ?1 AND position <= ?2 AND +type IN (SELECT value FROM json_each(?3))
  AND (data < '{TOMBSTONE}' OR data >= '{TOMBSTONE[:-1]};')
ORDER BY position
"""  # noqa: S608 - a constant
ACTORS = """
SELECT last_position, actor FROM commits WHERE last_position > ?1 AND last_position <= ifnull(
  (SELECT last_position FROM commits WHERE last_position >= ?2 ORDER BY last_position LIMIT 1), ?2)
ORDER BY last_position
"""
SPAN = 5000  #: positions in a batch
FEW = 32  #: runs of commits by one actor in a batch, for each of which a query of its own pays

#: The fields of a `StoredFact`, then the schema version; the actor is None where it is that of the whole batch.
Row = tuple[Any, ...]
Batch = tuple[str, list[Row]]  #: the actor of the rows that name none, and the rows
SHAPE = itemgetter(1, 6)


@dataclass(frozen=True, slots=True)
class Shapes:
    """What this program knows of event types: how to bring old shapes up, and which version is newest."""

    upcasters: Upcasters
    newest: Mapping[str, int]

    def are_newest(self, rows: Sequence[Row]) -> bool:
        """Tell whether no row is in an old shape; raises `StoreTooNew`."""
        versions = {row[6] for row in rows}
        if len(versions) == 1 and versions == set(self.newest.values()) and not self.upcasters:
            return True  # no type has more than this one version
        found = set(map(SHAPE, rows))
        for type_, schema_version in found:
            self.upcasters.refuse_newer(self.newest, type_, schema_version)
        return not any(self.upcasters.outdated(*shape) for shape in found)

    def upcast(self, row: Row) -> Row:
        """Give the row in the newest shape."""
        if not self.upcasters.outdated(row[1], row[6]):
            return row
        version, fields = self.upcasters.upcast(row[1], row[6], json.loads(row[5]))
        data = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
        return (*row[:5], data, version)


def facts_between(
    connection: sqlite3.Connection, after: int, head: int, types: Collection[str], shapes: Shapes
) -> Iterator[Batch]:
    """Yield the facts of these types after one position up to another, in batches.

    They are plain tuples: making a million `StoredFact` of them would take a third of a rebuild's time.
    """
    cursor = connection.cursor()
    cursor.row_factory = None
    wanted = json.dumps(sorted(types))
    for start in range(after, head, SPAN):
        for actor, rows in batches(cursor, start, min(start + SPAN, head), wanted):
            yield actor, rows if shapes.are_newest(rows) else [shapes.upcast(row) for row in rows]


def batches(cursor: sqlite3.Cursor, start: int, end: int, wanted: str) -> Iterator[Batch]:
    """Yield the rows after one position up to another, run by run of the same actor while these are few."""
    runs = runs_of_actors(cursor.execute(ACTORS, (start, end)).fetchall())
    if len(runs) > FEW:
        yield "", with_actors(cursor.execute(FACTS, (start, end, wanted)).fetchall(), runs)
        return
    for last, actor in runs:
        yield actor, cursor.execute(FACTS, (start, min(last, end), wanted)).fetchall()
        start = last


def stored(actor: str, rows: Sequence[Row]) -> list[StoredFact]:
    """Give the rows of a batch as facts."""
    return [StoredFact._make((*row[:4], actor if row[4] is None else row[4], row[5])) for row in rows]


def runs_of_actors(commits: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Join neighbouring commits of the same actor: the last position of each run, and who it was."""
    return [
        (last, actor)
        for (last, actor), (_, following) in zip(commits, [*commits[1:], (0, None)], strict=True)
        if actor != following
    ]


def with_actors(rows: Sequence[Row], runs: Sequence[tuple[int, str]]) -> list[Row]:
    """Give the rows with the actor of the run that each stands in."""
    named, coming = [], iter(runs)
    last = 0
    for row in rows:
        while row[0] > last:
            last, actor = next(coming)
        named.append((*row[:4], actor, *row[5:]))
    return named
