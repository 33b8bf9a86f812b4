"""Contacts: their addresses as they are compared, their state, and how they come in.

Pure: files are read and events are appended by whoever calls.
"""

from mgtui.contacts.address import Internal, normalise
from mgtui.contacts.imports import BrokenLine, IncomingContact, decide_import, decode, read_csv
from mgtui.contacts.match import (
    Book,
    Match,
    Sent,
    addresses_asked,
    bare_message_id,
    match_correspondent,
    match_recipient,
    message_ids_asked,
)
from mgtui.contacts.state import INITIAL, ContactState, Counted, Suppression, evolve
from mgtui.contacts.variants import Variants

__all__ = [
    "INITIAL",
    "Book",
    "BrokenLine",
    "ContactState",
    "Counted",
    "IncomingContact",
    "Internal",
    "Match",
    "Sent",
    "Suppression",
    "Variants",
    "addresses_asked",
    "bare_message_id",
    "decide_import",
    "decode",
    "evolve",
    "match_correspondent",
    "match_recipient",
    "message_ids_asked",
    "normalise",
    "read_csv",
]
