"""Whose a mail is: addresses of it looked up among contacts, the most trustworthy first.

Internal addresses are left out at every step, and an address of several contacts settles nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from eventstore.events import MailClassified, Verdict
from mgtui.contacts.address import Internal, normalise
from mgtui.contacts.variants import Variants

ORIGINAL = "original recipient"
FINAL = "final recipient"
RETURNED = "addressee of the returned mail"
RETURN_PATH = "return path"
ARCHIVED = "returned Message-ID"
CORRESPONDENT = "sender or addressee"


@dataclass(frozen=True, slots=True)
class Sent:
    """An outgoing mail in the archive: the contact it is filed at, and the address of it that it went to."""

    mail_id: str
    contact_id: str
    address: str
    grabber: str = ""  #: which grabber brought it in


@dataclass(frozen=True, slots=True)
class Book:
    """What matching looks things up in."""

    holders: Mapping[str, tuple[str, ...]]  #: normalised address -> ids of the contacts that have it
    addresses: Mapping[str, Sequence[str]] = field(default_factory=dict)  #: contact id -> its addresses
    sent: Mapping[str, tuple[Sent, ...]] = field(default_factory=dict)  #: bare Message-ID -> archived mails
    internal: Internal = field(default_factory=Internal)
    variants: Variants = field(default_factory=Variants)

    def holders_of(self, address: str) -> tuple[str, ...]:
        """Name the contacts that have an address; nobody has one of our own."""
        if not address or self.internal.has(address):
            return ()
        return self.holders.get(address, ())

    def held(self, contact_id: str, address: str) -> str:
        """Give an address as its contact has it: without the tag or the dots that a variant adds."""
        own = self.addresses.get(contact_id, ())
        if address in own:
            return address
        return next((one for one in own if self.variants.same(one, address)), address)


@dataclass(frozen=True, slots=True)
class Match:
    """What was found: exactly one candidate is a match, several wait for a person, none is nobody."""

    address: str  #: as the contact has it; of a mail that matches nobody, the address that was asked first
    how: str
    candidates: tuple[str, ...] = ()

    @property
    def contact_id(self) -> str | None:
        """The one contact, None where there is none or several."""
        return self.candidates[0] if len(self.candidates) == 1 else None


def bare_message_id(message_id: str) -> str:
    """Give a Message-ID without its brackets, which some servers leave out when they return it."""
    return message_id.strip().removeprefix("<").removesuffix(">").strip()


def addresses_asked(mail: MailClassified) -> tuple[str, ...]:
    """Name every address (normalised) whose holders matching may ask for."""
    found = [*mail.sender, *mail.addressees, *mail.original_addressees, mail.verp_recipient or ""]
    for verdict in mail.recipients:
        found += [verdict.original_recipient or "", verdict.recipient or ""]
    return tuple(dict.fromkeys(filter(None, map(normalise, found))))


def message_ids_asked(mail: MailClassified) -> tuple[str, ...]:
    """Name the returned Message-ID (bare) that matching may look up in the archive."""
    bare = bare_message_id(mail.original_message_id)
    return (bare,) if bare else ()


def match_recipient(mail: MailClassified, verdict: Verdict, book: Book) -> Match:
    """Find whose address a report is about: the original recipient before the final one.

    What stands for the report as a whole (the returned mail, the return path it came to) names somebody only
    if the report is about one recipient: the contact forwards, or the report names nobody.
    """
    tries = list(_tries(mail, verdict))
    for address, how in tries:
        holders = book.holders_of(address)
        if holders:
            held = book.held(holders[0], address) if len(holders) == 1 else address
            return Match(held, how, holders)
    archived = _archived(mail, book) if len(mail.recipients) == 1 else None
    return archived or Match(next((address for address, _ in tries if address), ""), "")


def _tries(mail: MailClassified, verdict: Verdict) -> Iterator[tuple[str, str]]:
    yield normalise(verdict.original_recipient or ""), ORIGINAL
    yield normalise(verdict.recipient or ""), FINAL
    if len(mail.recipients) == 1:
        if len(mail.original_addressees) == 1:
            yield normalise(mail.original_addressees[0]), RETURNED
        yield normalise(mail.verp_recipient or ""), RETURN_PATH


def _archived(mail: MailClassified, book: Book) -> Match | None:
    """Find whose mail came back by its Message-ID among the outgoing mails in the archive."""
    found = [
        sent
        for bare in message_ids_asked(mail)
        for sent in book.sent.get(bare, ())
        if not book.internal.has(sent.address)
    ]
    if not found:
        return None
    candidates = tuple(dict.fromkeys(sent.contact_id for sent in found))
    own = book.addresses.get(found[0].contact_id, ())
    # A letter that a person has filed went to an address the contact needn't have; its only one stands for it.
    address = found[0].address or (own[0] if len(own) == 1 else "")
    return Match(address, ARCHIVED, candidates) if address else None


def match_correspondent(mail: MailClassified, book: Book) -> Match:
    """Find the contact that a letter is of: its sender or addressee who isn't one of our own."""
    found: dict[str, str] = {}
    for address in map(normalise, (*mail.sender, *mail.addressees)):
        for contact_id in book.holders_of(address):
            found.setdefault(contact_id, book.held(contact_id, address))
    address = next(iter(found.values())) if len(found) == 1 else ""
    return Match(address, CORRESPONDENT, tuple(found))
