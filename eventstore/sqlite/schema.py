"""The tables of the log, their guards, and the fingerprint by which a changed schema is noticed."""

import sqlite3

from eventstore.errors import StoreDamaged, StoreTooNew

APPLICATION_ID = 0x6D674C67
FORMAT = 1  #: of the file; written as user_version

EVENTS = """
CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  stream TEXT NOT NULL,
  version INTEGER NOT NULL,
  type TEXT NOT NULL,
  schema_version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  cause INTEGER,
  data TEXT NOT NULL,
  digest BLOB NOT NULL,
  UNIQUE (stream, version)
) STRICT
"""

COMMITS = """
CREATE TABLE commits (
  last_position INTEGER PRIMARY KEY,
  first_position INTEGER NOT NULL,
  key TEXT,
  fingerprint BLOB,
  actor TEXT NOT NULL,
  correlation TEXT,
  chain BLOB NOT NULL
) STRICT
"""

PROJECTIONS = """
CREATE TABLE projections (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  position INTEGER NOT NULL
) STRICT, WITHOUT ROWID
"""

# Without the guards on INSERT, INSERT OR REPLACE would rewrite history: delete triggers don't fire for it
# unless recursive_triggers is on.
# The first row of a sorted query is found in half the time that max() takes.
# They roll back instead of aborting, because SQLite opens a journal for every statement that a trigger may
# abort, and that costs more than the insert itself.
OBJECTS = {
    "events": EVENTS,
    "commits": COMMITS,
    "projections": PROJECTIONS,
    "events_by_type": "CREATE INDEX events_by_type ON events (type)",
    "commits_by_key": "CREATE UNIQUE INDEX commits_by_key ON commits (key) WHERE key IS NOT NULL",
    "events_only_at_the_end": """
CREATE TRIGGER events_only_at_the_end BEFORE INSERT ON events
WHEN NEW.position IS NOT ifnull((SELECT position FROM events ORDER BY position DESC), 0) + 1
  OR NEW.version IS NOT
    ifnull((SELECT version FROM events WHERE stream = NEW.stream ORDER BY version DESC), 0) + 1
BEGIN SELECT RAISE(ROLLBACK, 'the log takes events only at its end, and at the end of their stream'); END
""",
    "events_never_change": """
CREATE TRIGGER events_never_change BEFORE UPDATE ON events
WHEN NOT (
  NEW.position IS OLD.position AND NEW.stream IS OLD.stream AND NEW.version IS OLD.version
  AND NEW.type IS OLD.type AND NEW.schema_version IS OLD.schema_version
  AND NEW.recorded_at IS OLD.recorded_at AND NEW.cause IS OLD.cause AND NEW.digest IS OLD.digest
  AND NEW.data IS (
    SELECT '{"erased":' || position || '}' FROM events
    WHERE position = (SELECT max(position) FROM events) AND type = 'DataErased' AND position > OLD.position
  )
)
BEGIN SELECT RAISE(ABORT, 'events never change'); END
""",
    "events_never_go": """
CREATE TRIGGER events_never_go BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END
""",
    "commits_only_at_the_end": """
CREATE TRIGGER commits_only_at_the_end BEFORE INSERT ON commits
WHEN NEW.first_position IS NOT
    ifnull((SELECT last_position FROM commits ORDER BY last_position DESC), 0) + 1
  OR NEW.last_position IS NOT (SELECT position FROM events ORDER BY position DESC)
  OR EXISTS (SELECT 1 FROM commits WHERE key = NEW.key)
BEGIN SELECT RAISE(ROLLBACK, 'a commit holds the events at the end of the log'); END
""",
    "commits_never_change": """
CREATE TRIGGER commits_never_change BEFORE UPDATE ON commits
BEGIN SELECT RAISE(ABORT, 'commits never change'); END
""",
    "commits_never_go": """
CREATE TRIGGER commits_never_go BEFORE DELETE ON commits
BEGIN SELECT RAISE(ABORT, 'commits are never deleted'); END
""",
}

#: Guards of logs made before, which say the same in words that take longer; such logs keep them.
EARLIER = {
    "events_only_at_the_end": """
CREATE TRIGGER events_only_at_the_end BEFORE INSERT ON events
WHEN NEW.position IS NOT (SELECT ifnull(max(position), 0) + 1 FROM events)
  OR NEW.version IS NOT (SELECT ifnull(max(version), 0) + 1 FROM events WHERE stream = NEW.stream)
BEGIN SELECT RAISE(ROLLBACK, 'the log takes events only at its end, and at the end of their stream'); END
""",
    "commits_only_at_the_end": """
CREATE TRIGGER commits_only_at_the_end BEFORE INSERT ON commits
WHEN NEW.first_position IS NOT (SELECT ifnull(max(last_position), 0) + 1 FROM commits)
  OR NEW.last_position IS NOT (SELECT max(position) FROM events)
  OR EXISTS (SELECT 1 FROM commits WHERE key = NEW.key)
BEGIN SELECT RAISE(ROLLBACK, 'a commit holds the events at the end of the log'); END
""",
}

GUARDED = ("events", "commits")


def ensure_schema(connection: sqlite3.Connection) -> None:
    """Create the log in an empty file, inside the caller's transaction; leave any other file as it is."""
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables:
        return
    for sql in OBJECTS.values():
        connection.execute(sql.strip())
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")


def check_schema(connection: sqlite3.Connection) -> None:
    """Raise `StoreTooNew` or `StoreDamaged` unless this is a log of ours with every guard in its place."""
    check_identity(connection)
    if differences := schema_differences(connection):
        raise StoreDamaged("; ".join(differences))


def check_identity(connection: sqlite3.Connection) -> None:
    """Raise `StoreTooNew` or `StoreDamaged` unless this file says that it is a log of a format we know."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise StoreDamaged("this file is no log of ours")
    (file_format,) = connection.execute("PRAGMA user_version").fetchone()
    if file_format > FORMAT:
        raise StoreTooNew(
            f"the log has format {file_format}, this program knows {FORMAT}: update the program"
        )


def schema_differences(connection: sqlite3.Connection) -> list[str]:
    """Say in words what is missing, changed or added among the tables, indexes and triggers of the log."""
    found = {
        name: (kind, sql)
        for kind, name, table, sql in connection.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master"
        )
        if name in OBJECTS or (table in GUARDED and sql is not None)
    }
    return [
        *(f"{kind_of(sql)} {name} is missing" for name, sql in OBJECTS.items() if name not in found),
        *(
            f"{kind} {name} was changed"
            for name, (kind, sql) in found.items()
            if name in OBJECTS and sql.strip() not in (OBJECTS[name].strip(), EARLIER.get(name, "").strip())
        ),
        *(f"{kind} {name} was added" for name, (kind, _) in found.items() if name not in OBJECTS),
    ]


def kind_of(sql: str) -> str:
    """Give `table`, `index` or `trigger`."""
    return next(kind for kind in ("table", "trigger", "index") if kind.upper() in sql.split("(")[0])
