"""The projections beside the log: who has come how far, and bringing those up who lag behind."""

import sqlite3
from collections.abc import Collection, Sequence

from eventstore.errors import StoreTooNew
from eventstore.inline import InlineProjection, StoredFact
from eventstore.sqlite.facts import Shapes, facts_between

HEAD = "SELECT ifnull(max(position), 0) FROM events"
STATES = "SELECT name, version, position FROM projections"
REMEMBER = """
INSERT INTO projections VALUES (?, ?, ?)
ON CONFLICT (name) DO UPDATE SET version = excluded.version, position = excluded.position
"""
MOVE_ON = "UPDATE projections SET position = ? WHERE position = ? AND (name, version)"


class LeftBehind(Exception):
    """Some projection isn't where it was when we last wrote: another program appended, or rebuilt it."""


class Followers:
    """The inline projections of a store, and their positions in the `projections` table."""

    def __init__(self, projections: Sequence[InlineProjection], shapes: Shapes) -> None:
        self.all = tuple(projections)
        self.shapes = shapes
        self._states = [value for each in projections for value in (each.name, each.version)]
        states = ", ".join(["(?, ?)"] * len(self.all))
        self._move_on = f"{MOVE_ON} IN (VALUES {states})"
        self.event_types = frozenset(name for projection in projections for name in projection.event_types)

    def named(self, names: Collection[str]) -> list[InlineProjection]:
        """Give the projections with these names; raises KeyError for one that isn't here."""
        by_name = {projection.name: projection for projection in self.all}
        return [by_name[name] for name in names]

    def outdated(self, connection: sqlite3.Connection) -> list[InlineProjection]:
        """Give those that are new or whose version changed; raises `StoreTooNew` for an older version."""
        states = {name: version for name, version, _ in connection.execute(STATES)}
        for projection in self.all:
            if states.get(projection.name, 0) > projection.version:
                raise too_new(projection, states[projection.name])
        return [projection for projection in self.all if states.get(projection.name) != projection.version]

    def catch_up(self, connection: sqlite3.Connection, head: int) -> None:
        """Bring every projection to the head, within a transaction.

        Some lag behind after another program appended without them. Raises `StoreTooNew` if one was built
        by a newer program since this one started.
        """
        states = {name: (version, position) for name, version, position in connection.execute(STATES)}
        for projection in self.all:
            version, position = states[projection.name]
            if version != projection.version:
                raise too_new(projection, version)
            if position < head:
                self.feed(connection, projection, position, head)

    def feed(
        self, connection: sqlite3.Connection, projection: InlineProjection, after: int, head: int
    ) -> None:
        """Apply the events up to `head` and remember that it has them."""
        for facts in facts_between(connection, after, head, projection.event_types, self.shapes):
            if facts:
                projection.apply(connection, facts)
        connection.execute(REMEMBER, (projection.name, projection.version, head))

    def follow(
        self,
        connection: sqlite3.Connection,
        before: int,
        head: int,
        facts: Sequence[StoredFact],
        caught_up: bool,
    ) -> None:
        """Apply the facts just appended. Raises `LeftBehind` unless all are `caught_up` with what was before."""
        if not self.all:
            return
        if not caught_up:
            self.catch_up(connection, before)
        moved = connection.execute(self._move_on, (head, before, *self._states)).rowcount
        if caught_up and moved != len(self.all):
            raise LeftBehind
        for projection in self.all:
            wanted = projection.event_types
            if mine := [fact for fact in facts if fact.type in wanted]:
                projection.apply(connection, mine)

    def reading(self, types: Collection[str]) -> list[InlineProjection]:
        """Give those that read one of these event types."""
        return [each for each in self.all if not set(types).isdisjoint(each.event_types)]


def too_new(projection: InlineProjection, version: int) -> StoreTooNew:
    """Say that a newer program has built the projection."""
    return StoreTooNew(
        f"projection {projection.name} has version {version}, this program knows {projection.version}:"
        " update it, or start it again"
    )
