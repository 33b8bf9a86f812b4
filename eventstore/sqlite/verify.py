"""Proof that a log is whole: digests, chain, gaps, guards; and the first position where it isn't."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from eventstore.anchor import Anchor
from eventstore.errors import StoreError
from eventstore.sqlite.chain import GENESIS, CommitRow, link
from eventstore.sqlite.connect import in_our_words
from eventstore.sqlite.schema import check_identity, schema_differences

COMMITS = """
SELECT first_position, last_position, key, fingerprint, actor, correlation, chain
FROM commits ORDER BY last_position
"""
EVENTS = """
SELECT position, stream, version, type, schema_version, recorded_at, cause, digest, CAST(data AS BLOB)
FROM events ORDER BY position
"""
TELL = 20_000  #: events between two words of how far the walk has come
ERASED_BY = "SELECT type, data FROM events WHERE position = ?"
BROKEN_STREAM = """
SELECT stream, min(position) FROM events GROUP BY stream HAVING max(version) <> count(*) OR min(version) <> 1
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `position` is None where it concerns no event, such as a dropped trigger.

    Kinds: `row changed`, `row missing`, `row added`, `chain cut`, `rewritten`, `schema`, `file`.
    """

    position: int | None
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a walk over the log found; the log is whole if there are no findings."""

    events: int
    commits: int
    erased: int
    anchor: Anchor  #: of the last commit that was proved
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.findings

    @property
    def position(self) -> int:
        """Give the last position that was proved."""
        return self.anchor.position

    @property
    def chain(self) -> str:
        """Give the chain's value there, in hex."""
        return self.anchor.chain

    @property
    def first_bad_position(self) -> int | None:
        """Give the position of the first bad event, None where all are as they were appended."""
        return min((found.position for found in self.findings if found.position is not None), default=None)


@dataclass(slots=True)
class Walk:
    """How far the walk has come; `chains` are the values at the positions that anchors name."""

    anchors: frozenset[int]
    told: Callable[[int], None]
    next_told: int = 0
    events: int = 0
    commits: int = 0
    erased: int = 0
    position: int = 0
    chain: bytes = GENESIS
    chains: dict[int, str] = field(default_factory=dict)


class Damage(Exception):
    """Stops the walk at the first bad position."""

    def __init__(self, position: int, kind: str, text: str) -> None:
        super().__init__(text)
        self.finding = Finding(position, kind, text)


def verify(
    path: Path,
    against: Sequence[Anchor] = (),
    *,
    thorough: bool = False,
    told: Callable[[int], None] = lambda _: None,
) -> Report:
    """Walk the log at `path` from its beginning, and compare it with anchors kept outside.

    Opens it for reading only, and raises nothing: whatever is wrong is a finding. `thorough` checks SQLite's
    own structures too, indexes among them, which takes several times as long. `told` hears now and then up to which
    position all is proved.
    """
    walk = Walk(frozenset(anchor.position for anchor in against), told)
    findings: list[Finding] = []
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        ) as log:
            log.execute("BEGIN")
            check_identity(log)
            findings += [Finding(None, "schema", text) for text in schema_differences(log)]
            walk_commits(log, walk)
            findings += [Finding(None, "file", text) for text in structure(log, thorough)]
        findings += [found for anchor in against if (found := compared(anchor, walk))]
    except Damage as damage:
        findings.append(damage.finding)
    except StoreError as error:
        findings.append(Finding(None, "schema", str(error)))
    except sqlite3.Error as error:
        findings.append(Finding(walk.position + 1, "file", str(in_our_words(path, error) or error)))
    anchor = Anchor(walk.position, walk.chain.hex())
    return Report(walk.events, walk.commits, walk.erased, anchor, tuple(findings))


def walk_commits(log: sqlite3.Connection, walk: Walk) -> None:
    """Prove commit after commit; raises `Damage`."""
    events = log.cursor().execute(EVENTS)
    for first, last, key, fingerprint, actor, correlation, chain in log.cursor().execute(COMMITS):
        if first != walk.position + 1 or last < first:
            missing = walk.position + 1
            raise Damage(missing, "chain cut", f"the commit of position {missing} is missing or changed")
        rows = events.fetchmany(last - first + 1)
        check_positions(rows, first, last)
        check_digests(log, walk, rows)
        commit = CommitRow(first, last, key, fingerprint and fingerprint.hex(), actor, correlation)
        columns = list(zip(*rows, strict=True))
        if link(walk.chain, commit, columns[1:7], columns[7]) != chain:
            span = f"position {first}" if first == last else f"positions {first} to {last}"
            text = f"the envelope of {span}, or the commit it stands in, isn't what was recorded"
            raise Damage(first, "row changed", text)
        walk.position, walk.chain = last, chain
        if last >= walk.next_told:
            walk.told(last)
            walk.next_told = last + TELL
        walk.commits += 1
        walk.events += len(rows)
        if last in walk.anchors:
            walk.chains[last] = chain.hex()
    if extra := events.fetchone():
        raise Damage(extra[0], "row added", f"position {extra[0]} belongs to no commit")


def check_positions(rows: Sequence[tuple[Any, ...]], first: int, last: int) -> None:
    """Raise `Damage` at the first gap."""
    for row, position in zip(rows, count(first), strict=False):
        if row[0] != position:
            raise Damage(position, "row missing", f"position {position} is missing")
    if len(rows) < last - first + 1:
        position = first + len(rows)
        raise Damage(position, "row missing", f"position {position} is missing")


def check_digests(log: sqlite3.Connection, walk: Walk, rows: Sequence[tuple[Any, ...]]) -> None:
    """Raise `Damage` at the first event whose data was changed other than by an erasure."""
    for row in rows:
        if sha256(row[8]).digest() != row[7]:
            if not properly_erased(log, row[0], row[8]):
                raise Damage(row[0], "row changed", f"the data of position {row[0]} was changed")
            walk.erased += 1


def properly_erased(log: sqlite3.Connection, position: int, data: bytes) -> bool:
    """Tell whether this is a tombstone, and the event it names says so."""
    try:
        by = log.execute(ERASED_BY, (json.loads(data)["erased"],)).fetchone()
        return by is not None and by[0] == "DataErased" and position in json.loads(by[1])["positions"]
    except (ValueError, TypeError, KeyError, sqlite3.InterfaceError):
        return False


def structure(log: sqlite3.Connection, thorough: bool) -> list[str]:
    """Say what is wrong with streams, and with SQLite's own structures if that is asked for."""
    broken = [
        f"the versions of {stream} aren't 1, 2, 3 without gaps" for stream, _ in log.execute(BROKEN_STREAM)
    ]
    if thorough:
        broken += [text for (text,) in log.execute("PRAGMA integrity_check") if text != "ok"]
    return broken


def compared(anchor: Anchor, walk: Walk) -> Finding | None:
    """Hold an anchor against the chain."""
    if anchor.position > walk.position:
        text = f"the log ends at {walk.position}, but an anchor proves that it reached {anchor.position}"
        return Finding(walk.position + 1, "rewritten", text)
    if anchor.position and walk.chains.get(anchor.position) != anchor.chain:
        text = f"the log up to {anchor.position} isn't the one that the anchor was taken of"
        return Finding(anchor.position, "rewritten", text)
    return None
