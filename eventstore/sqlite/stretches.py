"""The log as projections are built anew from it: stretch by stretch, the facts of each type in one text.

Rows would take longer to fetch than to decode: each is a step of SQLite's, six objects of Python's and a hand-over of
the interpreter's lock.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator

import msgspec

from eventstore.inline import Stretch
from eventstore.sqlite.facts import FACTS, SPAN, UNERASED, Shapes, commits_between, plain_cursor

# The index of types gives the events of each in the order of their positions.
TEXTS = f"""
SELECT type, min(schema_version), max(schema_version), CAST(
  '[' || group_concat(printf('[%d,%s,"%s",%s]', position, json_quote(stream), recorded_at, data)) || ']' AS BLOB
)
FROM events INDEXED BY events_by_type
WHERE type IN (SELECT value FROM json_each(?3)) AND position > ?1 AND position <= ?2 AND {UNERASED}
GROUP BY type
"""  # noqa: S608 - a constant


def stretches(
    connection: sqlite3.Connection, after: int, head: int, types: Collection[str], shapes: Shapes
) -> Iterator[Stretch]:
    """Yield the facts of these types after one position up to another; raises `StoreTooNew`."""
    cursor = plain_cursor(connection)
    wanted = json.dumps(sorted(types))
    for start in range(after, head, SPAN):
        yield from between(cursor, start, min(start + SPAN, head), wanted, shapes)


def between(cursor: sqlite3.Cursor, start: int, end: int, wanted: str, shapes: Shapes) -> Iterator[Stretch]:
    """Yield one stretch, or two halves where a text is larger than SQLite can hold."""
    try:
        found = cursor.execute(TEXTS, (start, end, wanted)).fetchall()
    except sqlite3.DataError:
        middle = (start + end) // 2
        if middle == start:
            raise
        yield from between(cursor, start, middle, wanted, shapes)
        yield from between(cursor, middle, end, wanted, shapes)
        return
    texts = {}
    for type_, oldest, newest, text in found:
        as_stored = oldest == newest and not shapes.upcasters.outdated(type_, oldest)
        shapes.upcasters.refuse_newer(shapes.newest, type_, newest)
        texts[type_] = text if as_stored else upcast_text(cursor, start, end, type_, shapes)
    yield Stretch(texts, commits_between(cursor, start, end))


def upcast_text(cursor: sqlite3.Cursor, start: int, end: int, type_: str, shapes: Shapes) -> bytes:
    """Write the facts of one type in their newest shape."""
    rows = map(shapes.upcast, cursor.execute(FACTS, (start, end, json.dumps([type_]))))
    facts = [(row[0], row[2], row[3], msgspec.Raw(row[5])) for row in rows]
    return msgspec.json.encode(facts)
