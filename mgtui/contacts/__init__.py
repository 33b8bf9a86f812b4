"""Contacts: their addresses as they are compared, their state, and how they come in.

Pure: files are read and events are appended by whoever calls.
"""

from mgtui.contacts.address import Internal, normalise
from mgtui.contacts.imports import BrokenLine, IncomingContact, decide_import, decode, read_csv
from mgtui.contacts.state import INITIAL, ContactState, Counted, Suppression, evolve

__all__ = [
    "INITIAL",
    "BrokenLine",
    "ContactState",
    "Counted",
    "IncomingContact",
    "Internal",
    "Suppression",
    "decide_import",
    "decode",
    "evolve",
    "normalise",
    "read_csv",
]
