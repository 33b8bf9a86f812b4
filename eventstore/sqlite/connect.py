"""Connections to the log: their settings, and SQLite's errors in words of ours."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eventstore.errors import StoreDamaged, StoreError, StoreUnavailable

#: Of new logs. A small append touches four pages and writes each of them whole, so that 16 kB cost it a fifth
#: more CPU; 4 kB cost a rebuild, which reads all of them, a tenth more.
PAGE_SIZE = 8192
CHECKPOINT = 2000  #: pages in the write-ahead log from which on an append also copies them into the file
CACHE = 16_000  #: kB; streams have random names, so appending touches the whole index of streams
READER_CACHE = 800  #: kB; a pool keeps several, and what they read lies in the system's cache
NAPS = 4  #: milliseconds that SQLite itself waits for a lock before `begin` tries again
BEGIN = "BEGIN IMMEDIATE"
DAMAGED = {"SQLITE_CORRUPT", "SQLITE_NOTADB"}
Executor = sqlite3.Connection | sqlite3.Cursor
LOG = ("events", "commits")
WRITES = (sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE)
SCHEMA_CHANGES = (
    sqlite3.SQLITE_DROP_TABLE,
    sqlite3.SQLITE_DROP_INDEX,
    sqlite3.SQLITE_DROP_TRIGGER,
    sqlite3.SQLITE_ALTER_TABLE,
)


def connect_writer(path: Path, busy_timeout: float) -> sqlite3.Connection:
    """Open for appending; creates the file where there is none."""
    connection = sqlite3.connect(path, timeout=busy_timeout, isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
    try:
        into_wal(connection, busy_timeout)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT}")
        connection.execute(f"PRAGMA cache_size = -{CACHE}")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(f"PRAGMA busy_timeout = {NAPS}")
    except BaseException:
        connection.close()
        raise
    connection.set_authorizer(guard)
    return connection


def into_wal(connection: sqlite3.Connection, patience: float) -> None:
    """Turn on the write-ahead log; SQLite doesn't wait by itself where two programs do so at once."""
    deadline = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if not is_busy(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.005)


def begin(connection: Executor, patience: float) -> None:
    """Take the write lock, waiting up to `patience` seconds for other programs.

    SQLite's own naps grow to 100 ms, between which a busy neighbour gets in again and again; these stay
    short, so that two writers take turns.
    """
    try:
        connection.execute(BEGIN)
    except sqlite3.OperationalError as error:
        if not is_busy(error):
            raise
        begin_in_turn(connection, patience)


def begin_in_turn(connection: Executor, patience: float) -> None:
    """Ask for the write lock again and again, while another program has it."""
    deadline = time.monotonic() + patience
    while True:
        try:
            connection.execute(BEGIN)
            return
        except sqlite3.OperationalError as error:
            if not is_busy(error) or time.monotonic() > deadline:
                raise


def is_busy(error: sqlite3.Error) -> bool:
    """Tell whether another connection has the lock; the lowest byte is what all kinds of busy share."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


@contextmanager
def transaction(connection: sqlite3.Connection, patience: float) -> Iterator[None]:
    """Take the write lock; commit at the end, roll back on an exception."""
    begin(connection, patience)
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def connect_reader(path: Path, busy_timeout: float) -> sqlite3.Connection:
    """Open for queries only."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro",
        uri=True,
        timeout=busy_timeout,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("PRAGMA query_only = ON")
    connection.execute(f"PRAGMA cache_size = -{READER_CACHE}")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.row_factory = sqlite3.Row
    return connection


def guard(action: int, first: str | None, second: str | None, _database: str | None, _by: str | None) -> int:
    """Deny UPDATE, DELETE and changes of the schema on the log, before SQLite so much as prepares them."""
    if action in WRITES and first in LOG:
        return sqlite3.SQLITE_DENY
    if action in SCHEMA_CHANGES and (first in LOG or second in LOG):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def guard_while_erasing(
    action: int, first: str | None, second: str | None, database: str | None, by: str | None
) -> int:
    """Let through one write more: of an event's data, which the triggers allow for tombstones only."""
    if action == sqlite3.SQLITE_UPDATE and (first, second) == ("events", "data"):
        return sqlite3.SQLITE_OK
    return guard(action, first, second, database, by)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn errors of SQLite into `StoreUnavailable` or `StoreDamaged` with one plain line.

    Mistakes in SQL and values that SQLite can't hold pass through: no operator can do anything about them.
    """
    try:
        yield
    except sqlite3.Error as error:
        if words := in_our_words(path, error):
            raise words from error
        raise


def in_our_words(path: Path, error: sqlite3.Error) -> StoreError | None:
    """Say what happened to which file; None for what is a mistake in a program, such as wrong SQL."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(tuple(DAMAGED)):
        return StoreDamaged(f"{path}: {error}")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreUnavailable(f"{path}: another program holds the log locked; try again later")
    if name.startswith("SQLITE_FULL"):
        return StoreUnavailable(f"{path}: the disk is full; make room and try again")
    if name.startswith("SQLITE_READONLY"):
        return StoreUnavailable(f"{path}: the log can only be read here; check the rights on file and folder")
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_PERM")):
        return StoreUnavailable(f"{path}: the file system refuses ({name}): {error}")
    return None
