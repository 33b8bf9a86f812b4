"""Events of a contact, in streams `contact-<id>`.

`undoes` is the position of the event that one takes back; an undo of an undo does again what it undid.
"""

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
    undoes: int | None = None


class AddressRemembered(Event):
    """An operator gave a contact one more address; imports leave it."""

    personal: ClassVar[frozenset[str]] = frozenset({"address"})

    contact_id: str
    address: str
    undoes: int | None = None


class AddressForgotten(Event):
    """An address that an operator gave a contact is taken away again, with what was counted against it."""

    personal: ClassVar[frozenset[str]] = frozenset({"address"})

    contact_id: str
    address: str
    why: str
    undoes: int | None = None


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
    undoes: int | None = None


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
    day: str | None = None
    undoes: int | None = None


class SuppressionLifted(Event):
    """An address may be written to again."""

    personal: ClassVar[frozenset[str]] = frozenset({"address"})

    contact_id: str
    address: str
    why: str
    mail_id: str | None = None
    rule: str = ""
    undoes: int | None = None


class RemovedFromList(Event):
    """A contact is off a mailing list."""

    contact_id: str
    list: str
    mail_id: str | None
    rule: str
    why: str
    undoes: int | None = None


class RestoredToList(Event):
    """A contact is on a mailing list again."""

    contact_id: str
    list: str
    why: str
    mail_id: str | None = None
    rule: str = ""
    undoes: int | None = None


class BounceUncounted(Event):
    """A counted bounce counts no longer."""

    personal: ClassVar[frozenset[str]] = frozenset({"address"})

    contact_id: str
    address: str
    mail_id: str
    severity: str
    mailing: str
    day: str
    why: str
    undoes: int | None = None


class CountsReset(Event):
    """An address has shown that it works: its soft bounces up to a day count no longer, nor does a trial.

    `soft` is how many were counted until then.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"address"})

    contact_id: str
    address: str
    mail_id: str | None
    why: str
    day: str
    soft: int


class ProbeSent(Event):
    """The one mail went out that an address gets when its suppression has run out."""

    personal: ClassVar[frozenset[str]] = frozenset({"address"})

    contact_id: str
    address: str
    category: str
    day: str
