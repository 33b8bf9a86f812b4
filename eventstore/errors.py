"""Errors of the store.

StoreError
├── StoreUnavailable     trying again can help: locked by another program, disk full, read-only
├── StoreDamaged         the file is not the log it should be: truncated, schema changed, guard missing
├── StoreTooNew          written by a newer version of the program
├── UnknownEventType     an event of a type that was not declared to this store
└── InvalidEvent         an event whose data isn't what its type says
"""


class StoreError(Exception):
    """Something about the log that the caller can't undo; its text is one line and says what to do."""


class StoreUnavailable(StoreError):
    """The log can't be used now; trying again can help."""


class StoreDamaged(StoreError):
    """The file isn't the log it should be."""


class StoreTooNew(StoreError):
    """The log was written by a newer version of the program."""


class UnknownEventType(StoreError):
    """An event of a type that wasn't declared to this store."""


class InvalidEvent(StoreError):
    """An event whose data isn't what its type says; nothing of its append was written."""
