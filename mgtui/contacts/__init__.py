"""Contacts: their addresses as they are compared, their state, and how they come in.

Pure but for `sql`, which asks a database: files are read and events are appended by whoever calls.
"""

from mgtui.contacts.address import Internal, normalise
from mgtui.contacts.csv_file import read_csv
from mgtui.contacts.decide_import import Change, changed_fields, decide_import
from mgtui.contacts.incoming import BrokenLine, Columns, ContactsUnreadable, Entries, IncomingContact
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
from mgtui.contacts.vcard import read_vcards

__all__ = [
    "INITIAL",
    "Book",
    "BrokenLine",
    "Change",
    "Columns",
    "ContactState",
    "ContactsUnreadable",
    "Counted",
    "Entries",
    "IncomingContact",
    "Internal",
    "Match",
    "Sent",
    "Suppression",
    "Variants",
    "addresses_asked",
    "bare_message_id",
    "changed_fields",
    "decide_import",
    "evolve",
    "match_correspondent",
    "match_recipient",
    "message_ids_asked",
    "normalise",
    "read_csv",
    "read_vcards",
]
