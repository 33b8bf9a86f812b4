"""What importing a contact changes."""

from dataclasses import dataclass
from typing import Any, Literal

from eventstore import Event
from eventstore.events import ContactChanged, ContactImported
from mgtui.contacts.incoming import IncomingContact
from mgtui.contacts.state import ContactState


@dataclass(frozen=True, slots=True)
class Change:
    """What an import does, or would do, to a contact; `fields` are those that differ."""

    contact_id: str
    name: str
    what: Literal["new", "changed", "vanished"]
    fields: tuple[str, ...] = ()


def decide_import(contact: IncomingContact, state: ContactState, source: str) -> tuple[Event, ...]:
    """Say what importing a contact means: nothing where it is known as it is.

    A list the contact was taken off (by a complaint, say) isn't given back by an import: `lists` of a known
    contact are those the source added since, and those it is still on. Addresses that an operator has added
    stay.
    """
    addresses, lists = _wanted(contact, state)
    whole: dict[str, Any] = {
        "contact_id": contact.contact_id,
        "name": contact.name,
        "addresses": addresses,
        "lists": lists,
        "fields": dict(contact.fields),
        "source": source,
    }
    if not state.version:
        return (ContactImported(**whole),)
    return (ContactChanged(**whole),) if changed_fields(contact, state) else ()


def changed_fields(contact: IncomingContact, state: ContactState) -> tuple[str, ...]:
    """Name what an import changes: name, addresses, lists, free fields; `back` for one that had vanished."""
    addresses, lists = _wanted(contact, state)
    changed = ["back"] if state.vanished else []
    pairs = (("name", contact.name, state.name), ("addresses", addresses, state.addresses))
    changed += [name for name, now, before in (*pairs, ("lists", lists, state.lists)) if now != before]
    if dict(contact.fields) != dict(state.fields):
        names = {**state.fields, **contact.fields}
        changed += [name for name in names if contact.fields.get(name) != state.fields.get(name)]
    return tuple(changed)


def _wanted(contact: IncomingContact, state: ContactState) -> tuple[tuple[str, ...], tuple[str, ...]]:
    added = (address for address in state.remembered if address not in contact.addresses)
    if contact.lists is None:
        return (*contact.addresses, *added), state.lists
    lists = tuple(name for name in contact.lists if name in state.lists or name not in state.left)
    return (*contact.addresses, *added), lists
