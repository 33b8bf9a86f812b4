"""The log in one SQLite file: schema with its guards, writer, readers, and the projections beside it."""

from eventstore.sqlite.backup import backup
from eventstore.sqlite.commits import Commit
from eventstore.sqlite.lines import export_log, import_log
from eventstore.sqlite.opening import open_store
from eventstore.sqlite.past import Past
from eventstore.sqlite.reader import ask_once
from eventstore.sqlite.store import SqliteStore
from eventstore.sqlite.verify import Finding, Report, verify

__all__ = [
    "Commit",
    "Finding",
    "Past",
    "Report",
    "SqliteStore",
    "ask_once",
    "backup",
    "export_log",
    "import_log",
    "open_store",
    "verify",
]
