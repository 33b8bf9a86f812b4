"""Events of a contact, in streams `contact-<id>`."""

from typing import ClassVar

from eventstore.event import Event


class ContactImported(Event):
    """A contact came in from the administration for the first time."""

    personal: ClassVar[frozenset[str]] = frozenset({"name", "addresses", "fields"})

    contact_id: str
    name: str
    addresses: tuple[str, ...]
    lists: tuple[str, ...]
    fields: dict[str, str]
    source: str


class ContactChanged(Event):
    """A contact as it is from now on, whole."""

    personal: ClassVar[frozenset[str]] = frozenset({"name", "addresses", "fields"})

    contact_id: str
    name: str
    addresses: tuple[str, ...]
    lists: tuple[str, ...]
    fields: dict[str, str]
    source: str


class AddressRemembered(Event):
    """An operator gave a contact one more address; imports leave it."""

    personal: ClassVar[frozenset[str]] = frozenset({"address"})

    contact_id: str
    address: str


class ContactVanished(Event):
    """The source no longer has a contact; what is known of it stays."""

    contact_id: str
    source: str


class BounceCounted(Event):
    """A bounce counts against an address: once for each contact, mailing and day."""

    personal: ClassVar[frozenset[str]] = frozenset({"address"})

    contact_id: str
    address: str
    mail_id: str
    severity: str
    reason: str
    status: str | None
    category: str
    mailing: str
    day: str


class AddressSuppressed(Event):
    """Nothing more goes to an address, in these categories (all if none is named), until a day or for good.

    Categories with `always_send` are never touched by it, whatever it names.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"address", "why"})

    contact_id: str
    address: str
    categories: tuple[str, ...]
    until: str | None
    mail_id: str | None
    rule: str
    why: str


class SuppressionLifted(Event):
    """An address may be written to again."""

    personal: ClassVar[frozenset[str]] = frozenset({"address"})

    contact_id: str
    address: str
    why: str


class RemovedFromList(Event):
    """A contact is off a mailing list."""

    contact_id: str
    list: str
    mail_id: str | None
    rule: str
    why: str


class RestoredToList(Event):
    """A contact is on a mailing list again."""

    contact_id: str
    list: str
    why: str
