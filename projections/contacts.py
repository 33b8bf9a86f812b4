"""Contacts as the administration has them, and the index that finds them by address."""

from collections.abc import Mapping

from eventstore import events
from projections.fields import as_list, as_text, base_of
from projections.projection import Fact, Lens, Projection, Rows, Table

CONTACTS = Table(
    name="contacts",
    columns={
        "contact_id": "TEXT",
        "name": "TEXT",
        "addresses": "TEXT",  # JSON list
        "lists": "TEXT",  # JSON list, as it is after removals and restorations
        "fields": "TEXT",  # JSON list of "name=value"
        "search": "TEXT",  # case-folded id, name and addresses
        "changed_at": "TEXT",
    },
    key=("contact_id",),
    indexes=(("name",),),
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

_WHOLE = ("contact_id", "name", "addresses", "lists", "fields")
_READS: Lens = {
    events.ContactImported: _WHOLE,
    events.ContactChanged: _WHOLE,
    events.RemovedFromList: ("contact_id", "list"),
    events.RestoredToList: ("contact_id", "list"),
}


def fold(tables: Mapping[str, Rows], fact: Fact) -> None:
    """Write a contact as it is now, and its addresses in place of those it had."""
    contacts, data = tables["contacts"], fact.data
    found = contacts.get(data["contact_id"])
    if fact.type in ("RemovedFromList", "RestoredToList"):
        if found is not None:
            rest = [name for name in as_list(found["lists"]) if name != data["list"]]
            lists = rest if fact.type == "RemovedFromList" else sorted([*rest, data["list"]])
            contacts.put({**found, "lists": as_text(lists), "changed_at": fact.recorded_at})
        return
    for address in as_list(found["addresses"]) if found else ():
        tables["contact_addresses"].delete(address, data["contact_id"])
    for address in data["addresses"]:
        row = {"address": address, "contact_id": data["contact_id"], "base": base_of(address)}
        tables["contact_addresses"].put(row)
    contacts.put(
        {
            "contact_id": data["contact_id"],
            "name": data["name"],
            "addresses": as_text(data["addresses"]),
            "lists": as_text(data["lists"]),
            "fields": as_text(f"{name}={value}" for name, value in data["fields"].items()),
            "search": " ".join((data["contact_id"], data["name"], *data["addresses"])).casefold(),
            "changed_at": fact.recorded_at,
        }
    )


PROJECTION = Projection(name="contacts", version=2, tables=(CONTACTS, ADDRESSES), reads=_READS, fold=fold)

#: `{places}` becomes as many question marks as there are values
BY_ADDRESSES = "SELECT address, contact_id FROM contact_addresses WHERE address IN ({places}) ORDER BY 1, 2"
BY_BASES = "SELECT base, address, contact_id FROM contact_addresses WHERE base IN ({places}) ORDER BY 2, 3"
CONTACT = "SELECT * FROM contacts WHERE contact_id = ?"
SEARCH = """
    SELECT * FROM contacts WHERE search LIKE ? ESCAPE '\\' AND (name, contact_id) > (?, ?)
    ORDER BY name, contact_id LIMIT ?
"""
COUNT = "SELECT count(*) AS contacts FROM contacts"
