"""The log in one SQLite file: schema with its guards, writer, readers, and the projections beside it."""

from eventstore.sqlite.store import SqliteStore, open_store
from eventstore.sqlite.verify import Finding, Report, verify

__all__ = ["Finding", "Report", "SqliteStore", "open_store", "verify"]
