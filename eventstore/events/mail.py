"""Events of a mail, in streams `mail-<id>`."""

from typing import ClassVar

from eventstore.event import Event, Value


class Verdict(Value):
    """What a mail says of one recipient; the fields of `mgtui.bounce.RecipientVerdict`."""

    recipient: str | None
    original_recipient: str | None
    status: str | None
    reply_code: int | None
    diagnostic: str
    remote_mta: str | None
    reason: str
    severity: str
    reader: str
    entry: str
    line: int | None
    text: str


class MailFetched(Event):
    """A mail's bytes are in the raw store; it stood at this place of a mailbox."""

    mail_id: str
    grabber: str
    mailbox: str
    folder: str
    uid_validity: str
    uid: str
    content_digest: str
    size: int


class MailClassified(Event):
    """A mail was read: its kind, who wrote to whom, and what it says of each recipient."""

    personal: ClassVar[frozenset[str]] = frozenset(
        {
            "sender",
            "addressees",
            "subject",
            "recipients",
            "original_addressees",
            "new_address",
            "return_paths",
            "verp_recipient",
        }
    )

    mail_id: str
    kind: str
    sender: tuple[str, ...]
    addressees: tuple[str, ...]
    subject: str
    sent_at: str | None
    message_id: str
    recipients: tuple[Verdict, ...]
    original_message_id: str
    original_addressees: tuple[str, ...]
    mailing: str
    category: str
    attachments: int
    new_address: str | None
    returns_on: str | None
    why: str
    line: int | None
    findings: tuple[str, ...]
    #: signed return paths of ours that the mail came to, or that it returns
    return_paths: tuple[str, ...] = ()
    marked: bool = False  #: the returned mail bears the mark that the configuration names
    ours: bool = False  #: a copy that only the office can have put there, not a mail that was delivered
    verp_recipient: str | None = None


class ContactMatched(Event):
    """An address of a mail belongs to exactly one contact."""

    personal: ClassVar[frozenset[str]] = frozenset({"address"})

    mail_id: str
    contact_id: str
    address: str
    how: str


class ContactNotMatched(Event):
    """No contact has any of these addresses, or several have."""

    personal: ClassVar[frozenset[str]] = frozenset({"addresses"})

    mail_id: str
    addresses: tuple[str, ...]
    candidates: tuple[str, ...]


class RuleApplied(Event):
    """A rule of the operator decided what a mail calls for, and why it was this rule."""

    mail_id: str
    contact_id: str | None
    rule: str
    ruleset_digest: str
    actions: tuple[str, ...]
    why: str


class ReviewRequested(Event):
    """A mail waits for a person, in the queue of bounces or in the import list."""

    personal: ClassVar[frozenset[str]] = frozenset({"why", "address"})

    mail_id: str
    queue: str
    reason: str
    why: str
    address: str
    candidates: tuple[str, ...]


class MailAssigned(Event):
    """A person said which contact a mail belongs to; `remember` adds the address to the contact."""

    personal: ClassVar[frozenset[str]] = frozenset({"address"})

    mail_id: str
    contact_id: str
    address: str
    remember: bool
    undoes: int | None = None


class ReviewDismissed(Event):
    """A person said that an item of the queue needs nothing more, and why."""

    personal: ClassVar[frozenset[str]] = frozenset({"address"})

    mail_id: str
    address: str
    reason: str
    undoes: int | None = None


class DocumentFiled(Event):
    """A mail and its attachments are filed at a contact."""

    mail_id: str
    contact_id: str
    direction: str
    attachments: int
    archived_as: str = ""  #: Message-ID by which a bounce of it proves its origin, "" where it may not
    undoes: int | None = None


class MailMoved(Event):
    """A mail is proved to be in the target folder of its mailbox."""

    mail_id: str
    folder: str
    uid: str


class MailQuarantined(Event):
    """A mail couldn't be processed; it goes to the manual folder and the queue with the error."""

    mail_id: str
    error: str
    attempts: int


class ProcessingFailed(Event):
    """Reading or deciding a mail broke off; it is tried again, and quarantined when that doesn't help."""

    mail_id: str
    error: str
    attempt: int


class MailVanished(Event):
    """A mail left its folder before it was moved, and isn't in the target: somebody else took it away.

    Its bytes are in the raw store, and what was decided stands.
    """

    mail_id: str
    folder: str


class MailDeliveredTwice(Event):
    """A mail has the very bytes of another one, `twin_id`: they are two mails, and share what is stored."""

    mail_id: str
    twin_id: str


class MailMetAgain(Event):
    """A known mail stands at another place: its folder was numbered anew, or somebody moved it back."""

    mail_id: str
    folder: str
    uid_validity: str
    uid: str


class OriginProved(Event):
    """A report answers a mail of ours to this address: by `signature`, `archive` or `mark`."""

    personal: ClassVar[frozenset[str]] = frozenset({"address", "detail"})

    mail_id: str
    address: str
    how: str
    detail: str


class OriginNotProved(Event):
    """Nothing shows that a report answers a mail of ours; `then` is count, review or ignore."""

    personal: ClassVar[frozenset[str]] = frozenset({"address"})

    mail_id: str
    address: str
    reason: str
    why: str
    then: str


class AssignmentUndone(Event):
    """A person's word on whose mail it is was taken back; the item is open again."""

    personal: ClassVar[frozenset[str]] = frozenset({"address"})

    mail_id: str
    contact_id: str
    address: str
    why: str
    undoes: int | None = None


class ReviewReopened(Event):
    """A dismissal was taken back; the item is open again."""

    personal: ClassVar[frozenset[str]] = frozenset({"address"})

    mail_id: str
    address: str
    why: str
    undoes: int | None = None


class DocumentUnfiled(Event):
    """A mail is no longer filed at a contact."""

    mail_id: str
    contact_id: str
    why: str
    undoes: int | None = None


class NoticeRaised(Event):
    """A rule asks that somebody be told; `to` names subscribers, none means all who want notices."""

    personal: ClassVar[frozenset[str]] = frozenset({"address", "why"})

    mail_id: str
    contact_id: str | None
    address: str
    to: tuple[str, ...]
    rule: str
    why: str


class DecisionHeld(Event):
    """A mail's decision waits with others of its kind, for one answer of a person."""

    mail_id: str
    brake_id: str


class DecisionResumed(Event):
    """A decision that waited was let through."""

    mail_id: str
    brake_id: str
