"""Proof that a log is whole: digests, chain, gaps, guards; and the first position where it isn't."""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from eventstore.sqlite.chain import GENESIS, CommitRow, link
from eventstore.sqlite.connect import in_our_words
from eventstore.sqlite.schema import schema_differences

COMMITS = """
SELECT first_position, last_position, key, fingerprint, actor, correlation, chain
FROM commits ORDER BY last_position
"""
EVENTS = """
SELECT position, stream, version, type, schema_version, recorded_at, cause, digest, CAST(data AS BLOB)
FROM events ORDER BY position
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `position` is None where it concerns no event, such as a dropped trigger."""

    position: int | None
    kind: str  #: `row changed`, `row missing`, `row added`, `chain cut`, `schema`, `file`
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a walk over the log found; the log is whole if there are no findings."""

    events: int
    commits: int
    erased: int
    position: int  #: last position that was proved
    chain: str  #: chain value there, in hex
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.findings

    @property
    def first_bad_position(self) -> int | None:
        """Give the position of the first bad event."""
        return next((finding.position for finding in self.findings if finding.position is not None), None)


@dataclass(slots=True)
class Walk:
    """How far the walk has come."""

    events: int = 0
    commits: int = 0
    erased: int = 0
    position: int = 0
    chain: bytes = GENESIS


class Damage(Exception):
    """Stops the walk at the first bad position."""

    def __init__(self, position: int, kind: str, text: str) -> None:
        super().__init__(text)
        self.finding = Finding(position, kind, text)


def verify(path: Path) -> Report:
    """Walk the log at `path` from its beginning; opens it for reading only and raises nothing on damage."""
    walk, findings = Walk(), []
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        ) as log:
            log.execute("BEGIN")
            findings += [Finding(None, "schema", text) for text in schema_differences(log)]
            walk_commits(log, walk)
    except Damage as damage:
        findings.append(damage.finding)
    except sqlite3.Error as error:
        findings.append(Finding(walk.position + 1, "file", str(in_our_words(path, error))))
    return Report(walk.events, walk.commits, walk.erased, walk.position, walk.chain.hex(), tuple(findings))


def walk_commits(log: sqlite3.Connection, walk: Walk) -> None:
    """Prove commit after commit; raises `Damage`."""
    events = log.cursor().execute(EVENTS)
    waiting: list[tuple[Any, ...]] = []
    for first, last, key, fingerprint, actor, correlation, chain in log.cursor().execute(COMMITS):
        if first != walk.position + 1:
            raise Damage(
                walk.position + 1, "chain cut", f"the commit of position {walk.position + 1} is missing"
            )
        rows = waiting + events.fetchmany(last - first + 1 - len(waiting))
        waiting = []
        check_positions(rows, first, last)
        check_digests(log, walk, rows)
        columns = list(zip(*(row[1:7] for row in rows), strict=True))
        commit = CommitRow(first, last, key, fingerprint, actor, correlation)
        if link(walk.chain, commit, columns, [row[7] for row in rows]) != chain:
            span = f"position {first}" if first == last else f"positions {first} to {last}"
            raise Damage(
                first, "row changed", f"the envelope or the commit of {span} is not what was recorded"
            )
        walk.position, walk.chain = last, chain
        walk.commits += 1
        walk.events += len(rows)
    if extra := events.fetchone():
        raise Damage(extra[0], "row added", f"position {extra[0]} belongs to no commit")


def check_positions(rows: list[tuple[Any, ...]], first: int, last: int) -> None:
    """Raise `Damage` at the first gap."""
    for row, position in zip(rows, count(first), strict=False):
        if row[0] != position:
            raise Damage(position, "row missing", f"position {position} is missing")
    if len(rows) < last - first + 1:
        position = first + len(rows)
        raise Damage(position, "row missing", f"position {position} is missing")


def check_digests(log: sqlite3.Connection, walk: Walk, rows: list[tuple[Any, ...]]) -> None:
    """Raise `Damage` at the first event whose data was changed other than by an erasure."""
    for row in rows:
        position, digest, data = row[0], row[7], row[8]
        if sha256(data).digest() != digest:
            if not properly_erased(log, position, data):
                raise Damage(position, "row changed", f"the data of position {position} was changed")
            walk.erased += 1


def properly_erased(log: sqlite3.Connection, position: int, data: bytes) -> bool:
    """Tell whether this is a tombstone, and the event it names says so."""
    try:
        tombstone = json.loads(data)
        row = log.execute(
            "SELECT type, data FROM events WHERE position = ?", (tombstone["erased"],)
        ).fetchone()
        return row is not None and row[0] == "DataErased" and position in json.loads(row[1])["positions"]
    except (ValueError, TypeError, KeyError):
        return False
