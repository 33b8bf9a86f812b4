"""Opening a log: schema checked, projections brought up to the head, connections ready."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from eventstore.errors import StoreDamaged
from eventstore.event import Event
from eventstore.inline import InlineProjection
from eventstore.proposal import declare
from eventstore.sqlite.connect import connect_writer, transaction, translated
from eventstore.sqlite.facts import Shapes
from eventstore.sqlite.followers import HEAD, Followers
from eventstore.sqlite.reader import ReaderPool
from eventstore.sqlite.rebuild import alone, rebuild
from eventstore.sqlite.schema import check_schema, ensure_schema
from eventstore.sqlite.store import SqliteStore
from eventstore.sqlite.writer import Writer
from eventstore.stamp import Clock, utc_now
from eventstore.upcasters import Upcasters

NO_UPCASTERS = Upcasters()


def open_store(
    path: Path,
    event_types: Sequence[type[Event]],
    inline: Sequence[InlineProjection] = (),
    *,
    read_only: bool = False,
    upcasters: Upcasters = NO_UPCASTERS,
    busy_timeout: float = 10.0,
    clock: Clock = utc_now,
    witness: Path | None = None,
) -> SqliteStore:
    """Open the log at `path`, creating it (unless `read_only`) where there is none.

    `event_types` are those that may be appended. Projections in `inline` are brought up to the head before
    this returns; those that are new or changed are built beside the live ones. `busy_timeout` is in seconds.
    `witness` is a file that is made only after the log: where it is, a missing or empty log is no new one.
    Raises `StoreUnavailable`, `StoreDamaged` or `StoreTooNew`, and ValueError for a missing upcaster.
    """
    known = declare(event_types)
    newest = {declared.name: declared.schema_version for declared in known.values()}
    upcasters.check(newest)
    followers = Followers(inline, Shapes(upcasters, newest))
    if witness is not None and witness.exists() and is_empty(path):
        raise lost(path, witness)
    writer = None if read_only else open_writer(path, followers, busy_timeout, clock)
    pool = ReaderPool(path, busy_timeout)
    if read_only:
        with pool.connection() as reader:
            check_schema(reader)
    return SqliteStore(path, known, pool, writer, followers, busy_timeout)


def is_empty(path: Path) -> bool:
    """Tell whether there is no log; asked of the file, because SQLite would begin a new one."""
    return not path.exists() or path.stat().st_size == 0


def lost(path: Path, witness: Path) -> StoreDamaged:
    """Say that there was a log, and what to do."""
    state = "is empty" if path.exists() else "is missing"
    return StoreDamaged(
        f"{path} {state}, but {witness.name} beside it shows that there was a log: put a backup of the log in"
        f" its place, or move {witness.name} away as well to begin anew"
    )


def open_writer(path: Path, followers: Followers, busy_timeout: float, clock: Clock) -> Writer:
    """Open the connection that appends; the schema is checked and every follower brought up."""
    with translated(path):
        connection = connect_writer(path, busy_timeout)
    try:
        with translated(path):
            with transaction(connection, busy_timeout):
                ensure_schema(connection)
                check_schema(connection)
            bring_up(path, connection, followers, busy_timeout)
    except BaseException:
        connection.close()
        raise
    return Writer(connection, followers, busy_timeout, clock)


def bring_up(path: Path, connection: sqlite3.Connection, followers: Followers, busy_timeout: float) -> None:
    """Rebuild projections that are new or changed, and catch up with the others."""
    if followers.outdated(connection):
        with alone(path):
            rebuild(path, followers, followers.outdated(connection), busy_timeout)
    with transaction(connection, busy_timeout):
        followers.catch_up(connection, connection.execute(HEAD).fetchone()[0])
