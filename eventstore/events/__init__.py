"""What can happen in the office: the vocabulary of the log, pure data, a file for each category of stream.

These names and fields are a storage format. They never change: a new shape is a new `schema_version`
with an upcaster and a golden file of the old one.
"""

from eventstore.erasure import DataErased
from eventstore.events.contact import (
    AddressRemembered,
    AddressSuppressed,
    BounceCounted,
    ContactChanged,
    ContactImported,
    ContactVanished,
    RemovedFromList,
    RestoredToList,
    SuppressionLifted,
)
from eventstore.events.grabber import FetchFailed, GrabberStarted, MovesIntended
from eventstore.events.mail import (
    ContactMatched,
    ContactNotMatched,
    DocumentFiled,
    MailAssigned,
    MailClassified,
    MailFetched,
    MailMetAgain,
    MailMoved,
    MailQuarantined,
    MailVanished,
    ProcessingFailed,
    ReviewDismissed,
    ReviewRequested,
    RuleApplied,
    Verdict,
)
from eventstore.events.rules import RulesLoaded
from eventstore.events.source import ContactsRefused

OFFICE_EVENTS = (
    GrabberStarted,
    FetchFailed,
    MovesIntended,
    MailFetched,
    MailClassified,
    ContactMatched,
    ContactNotMatched,
    RuleApplied,
    ReviewRequested,
    MailAssigned,
    ReviewDismissed,
    DocumentFiled,
    MailMoved,
    MailQuarantined,
    MailVanished,
    MailMetAgain,
    ProcessingFailed,
    ContactImported,
    ContactChanged,
    AddressRemembered,
    ContactVanished,
    ContactsRefused,
    BounceCounted,
    AddressSuppressed,
    SuppressionLifted,
    RemovedFromList,
    RestoredToList,
    RulesLoaded,
    DataErased,
)

__all__ = [
    "OFFICE_EVENTS",
    "AddressRemembered",
    "AddressSuppressed",
    "BounceCounted",
    "ContactChanged",
    "ContactImported",
    "ContactMatched",
    "ContactNotMatched",
    "ContactVanished",
    "ContactsRefused",
    "DataErased",
    "DocumentFiled",
    "FetchFailed",
    "GrabberStarted",
    "MailAssigned",
    "MailClassified",
    "MailFetched",
    "MailMetAgain",
    "MailMoved",
    "MailQuarantined",
    "MailVanished",
    "MovesIntended",
    "ProcessingFailed",
    "RemovedFromList",
    "RestoredToList",
    "ReviewDismissed",
    "ReviewRequested",
    "RuleApplied",
    "RulesLoaded",
    "SuppressionLifted",
    "Verdict",
]
