"""The log as JSON Lines: every event in a line, and behind those of a commit the commit's own line.

An event's `data` stands last in its line, byte for byte as it is stored, so that digests and chain verify on
the other side.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

from eventstore.erasure import TOMBSTONE
from eventstore.errors import StoreDamaged
from eventstore.sqlite.chain import GENESIS, CommitRow, link
from eventstore.sqlite.connect import connect_reader, connect_writer, transaction, translated
from eventstore.sqlite.schema import check_schema, ensure_schema
from eventstore.sqlite.verify import Report, verify

COMMITS = """
SELECT last_position, first_position, key, hex(fingerprint) AS fingerprint, actor, correlation,
  hex(chain) AS chain
FROM commits ORDER BY last_position
"""
EVENTS = """
SELECT position, stream, version, type, schema_version, recorded_at, cause, hex(digest) AS digest, data
FROM events ORDER BY position
"""
INSERT_EVENT = "INSERT OR ROLLBACK INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
INSERT_COMMIT = "INSERT OR ROLLBACK INTO commits VALUES (?, ?, ?, ?, ?, ?, ?)"
DATA = ',"data":'  #: can't stand inside a JSON string, where quotes are escaped


def export_log(path: Path, busy_timeout: float = 10.0) -> Iterator[str]:
    """Yield the lines of a log, without newlines, as it is at the start; others may append meanwhile."""
    with translated(path), closing(connect_reader(path, busy_timeout)) as log:
        log.execute("BEGIN")
        check_schema(log)
        events = log.execute(EVENTS)
        for commit in log.execute(COMMITS):
            for event in events.fetchmany(commit["last_position"] - commit["first_position"] + 1):
                yield event_line(event)
            yield compact({key: lower(key, commit[key]) for key in commit.keys()})  # noqa: SIM118 - a Row


def event_line(event: sqlite3.Row) -> str:
    """Give the line of an event."""
    envelope = compact({key: lower(key, event[key]) for key in event.keys() if key != "data"})  # noqa: SIM118
    return f"{envelope[:-1]}{DATA}{event['data']}}}"


def lower(key: str, value: Any) -> Any:
    """Write hashes as the rest of the program does: small letters, null where there is none."""
    if key in ("digest", "fingerprint", "chain"):
        return value.lower() or None
    return value


def compact(values: dict[str, Any]) -> str:
    """Give JSON without spaces."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def import_log(path: Path, lines: Iterable[str], busy_timeout: float = 10.0) -> Report:
    """Write the lines of an export into a new log, all or nothing, and verify it.

    Raises `StoreDamaged` with the number of the first line that isn't what was exported, and ValueError
    if the log at `path` isn't empty.
    """
    with translated(path), closing(connect_writer(path, busy_timeout)) as log:
        with transaction(log, busy_timeout):
            ensure_schema(log)
            check_schema(log)
            if log.execute("SELECT 1 FROM events").fetchone():
                raise ValueError(f"{path} has events already: import into a new log")
            Import(log).take(lines)
        log.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return verify(path)


class Import:
    """Takes in lines and proves the chain as it goes."""

    def __init__(self, log: sqlite3.Connection) -> None:
        self._log = log
        self._chain = GENESIS
        self._events: list[tuple[Any, ...]] = []

    def take(self, lines: Iterable[str]) -> None:
        """Take in all lines; raises `StoreDamaged`."""
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    self._take(line.rstrip("\r\n"))
                except (ValueError, KeyError, TypeError, sqlite3.Error) as error:
                    raise StoreDamaged(f"line {number} isn't a line of an export: {error!r}") from error
                except StoreDamaged as error:
                    raise StoreDamaged(f"line {number}: {error}") from error
        if self._events:
            raise StoreDamaged(f"the export ends within a commit, at position {self._events[-1][0]}")

    def _take(self, line: str) -> None:
        values = json.loads(line)
        if "chain" in values:
            self._commit(values)
        else:
            self._event(values, line.partition(DATA)[2][:-1])

    def _event(self, values: dict[str, Any], data: str) -> None:
        digest = bytes.fromhex(values["digest"])
        if sha256(data.encode()).digest() != digest and not data.startswith(TOMBSTONE):
            raise StoreDamaged(f"the data of position {values['position']} was changed")
        names = ("position", "stream", "version", "type", "schema_version", "recorded_at", "cause")
        self._events.append((*(values[name] for name in names), data, digest))

    def _commit(self, values: dict[str, Any]) -> None:
        fingerprint = values["fingerprint"] and bytes.fromhex(values["fingerprint"])
        commit = CommitRow(
            values["first_position"],
            values["last_position"],
            values["key"],
            fingerprint.hex() if fingerprint else None,
            values["actor"],
            values["correlation"],
        )
        columns = list(zip(*self._events, strict=True))
        chain = link(self._chain, commit, columns[1:7], columns[8])
        if chain.hex() != values["chain"] or columns[0] != span(commit):
            raise StoreDamaged(f"the chain breaks in the commit that ends at {commit.last_position}")
        self._log.executemany(INSERT_EVENT, self._events)
        self._log.execute(
            INSERT_COMMIT,
            (
                commit.last_position,
                commit.first_position,
                commit.key,
                fingerprint,
                commit.actor,
                commit.correlation,
                chain,
            ),
        )
        self._chain = chain
        self._events = []


def span(commit: CommitRow) -> tuple[int, ...]:
    """Give the positions that a commit holds."""
    return tuple(range(commit.first_position, commit.last_position + 1))
