"""Contacts as the administration has them, and the index that finds them by address."""

from collections.abc import Iterable, Mapping

from eventstore import events
from projections.fields import as_list, as_object, as_text, base_of
from projections.projection import Fact, Lens, Projection, Row, Rows, Table

CONTACTS = Table(
    name="contacts",
    columns={
        "contact_id": "TEXT",
        "name": "TEXT",
        "addresses": "TEXT",  # JSON list
        "lists": "TEXT",  # JSON list, as it is after removals and restorations
        "left_lists": "TEXT",  # JSON list: taken off and not given back
        "remembered": "TEXT",  # JSON list: addresses that an operator added
        "fields": "TEXT",  # JSON object
        "source": "TEXT",
        "vanished_at": "TEXT",  # since when the source no longer has it, NULL while it has
        "search": "TEXT",  # case-folded id, name and addresses
        "changed_at": "TEXT",
    },
    key=("contact_id",),
    indexes=(("name", "contact_id", "search"),),  # a search reads nothing else until it has found
)
ADDRESSES = Table(
    name="contact_addresses",
    columns={
        "address": "TEXT",
        "contact_id": "TEXT",
        "base": "TEXT",  # without tag and dots: finds variants, which the reader then compares
    },
    key=("address", "contact_id"),
    indexes=(("base",),),
)

_WHOLE = ("contact_id", "name", "addresses", "lists", "fields", "source")
_READS: Lens = {
    events.ContactImported: _WHOLE,
    events.ContactChanged: _WHOLE,
    events.AddressForgotten: ("contact_id", "address"),
    events.AddressRemembered: ("contact_id", "address"),
    events.ContactVanished: ("contact_id",),
    events.RemovedFromList: ("contact_id", "list"),
    events.RestoredToList: ("contact_id", "list"),
}


def fold(tables: Mapping[str, Rows], fact: Fact) -> None:
    """Write a contact as it is now, and its addresses in place of those it had."""
    data = fact.data
    found = tables["contacts"].get(data["contact_id"])
    if fact.type in ("ContactImported", "ContactChanged"):
        _whole(tables, found, fact)
    elif found is not None:
        tables["contacts"].put({**_changed(tables, found, fact), "changed_at": fact.recorded_at})


def _whole(tables: Mapping[str, Rows], found: Row | None, fact: Fact) -> None:
    data, addresses = fact.data, fact.data["addresses"]
    for address in as_list(found["addresses"]) if found else ():
        tables["contact_addresses"].delete(address, data["contact_id"])
    for address in addresses:
        _have(tables, data["contact_id"], address)
    remembered = as_list(found["remembered"]) if found else ()
    tables["contacts"].put(
        {
            "contact_id": data["contact_id"],
            "name": data["name"],
            "addresses": as_text(addresses),
            "lists": as_text(data["lists"]),
            "left_lists": found["left_lists"] if found else "[]",
            "remembered": as_text(one for one in remembered if one in addresses),
            "fields": as_object(data["fields"]),
            "source": data["source"],
            "search": _search(data["contact_id"], data["name"], addresses),
            "vanished_at": None,
            "changed_at": fact.recorded_at,
        }
    )


def _changed(tables: Mapping[str, Rows], found: Row, fact: Fact) -> Row:
    """Give a contact's row after an event that changes one thing of it."""
    match fact.type:
        case "AddressRemembered":
            address = fact.data["address"]
            addresses = tuple(dict.fromkeys((*as_list(found["addresses"]), address)))
            _have(tables, found["contact_id"], address)
            return {
                **found,
                "addresses": as_text(addresses),
                "remembered": as_text(dict.fromkeys((*as_list(found["remembered"]), address))),
                "search": _search(found["contact_id"], found["name"], addresses),
            }
        case "AddressForgotten":
            tables["contact_addresses"].delete(fact.data["address"], found["contact_id"])
            addresses = tuple(one for one in as_list(found["addresses"]) if one != fact.data["address"])
            return {
                **found,
                "addresses": as_text(addresses),
                "remembered": as_text(
                    one for one in as_list(found["remembered"]) if one != fact.data["address"]
                ),
                "search": _search(found["contact_id"], found["name"], addresses),
            }
        case "ContactVanished":
            return {**found, "vanished_at": fact.recorded_at}
    name = fact.data["list"]
    lists = {one for one in as_list(found["lists"]) if one != name}
    left = {one for one in as_list(found["left_lists"]) if one != name}
    (left if fact.type == "RemovedFromList" else lists).add(name)
    order = [one for one in as_list(found["lists"]) if one in lists]
    kept = order if fact.type == "RemovedFromList" else sorted(lists)
    return {**found, "lists": as_text(kept), "left_lists": as_text(sorted(left))}


def _have(tables: Mapping[str, Rows], contact_id: str, address: str) -> None:
    row = {"address": address, "contact_id": contact_id, "base": base_of(address)}
    tables["contact_addresses"].put(row)


def _search(contact_id: str, name: str, addresses: Iterable[str]) -> str:
    return " ".join((contact_id, name, *addresses)).casefold()


PROJECTION = Projection(name="contacts", version=3, tables=(CONTACTS, ADDRESSES), reads=_READS, fold=fold)

#: `{places}` becomes as many question marks as there are values
BY_ADDRESSES = "SELECT address, contact_id FROM contact_addresses WHERE address IN ({places}) ORDER BY 1, 2"
BY_BASES = "SELECT base, address, contact_id FROM contact_addresses WHERE base IN ({places}) ORDER BY 2, 3"
#: `{places}` becomes as many question marks as there are ids
BY_IDS = "SELECT * FROM contacts WHERE contact_id IN ({places})"
STANDING = """
    SELECT contact_id, name, source FROM contacts
    WHERE contact_id > ? AND vanished_at IS NULL ORDER BY contact_id LIMIT ?
"""
ALL = "SELECT * FROM contacts WHERE contact_id > ? ORDER BY contact_id LIMIT ?"
CONTACT = "SELECT * FROM contacts WHERE contact_id = ?"
SEARCH = """
    SELECT c.* FROM (
      SELECT name, contact_id FROM contacts WHERE search LIKE ? ESCAPE '\\' AND (name, contact_id) > (?, ?)
      ORDER BY name, contact_id LIMIT ?
    ) found JOIN contacts c USING (contact_id) ORDER BY found.name, found.contact_id
"""
FIELD_NAMES = "SELECT DISTINCT key AS name FROM contacts, json_each(contacts.fields) ORDER BY key"
COUNT = "SELECT count(*) AS contacts FROM contacts"
#: the page before (name, id), the nearest first
SEARCH_BACK = """
    SELECT c.* FROM (
      SELECT name, contact_id FROM contacts WHERE search LIKE ? ESCAPE '\\' AND (name, contact_id) < (?, ?)
      ORDER BY name DESC, contact_id DESC LIMIT ?
    ) found JOIN contacts c USING (contact_id) ORDER BY found.name DESC, found.contact_id DESC
"""
