"""How often each address of a contact bounced, by severity, with the last word about it."""

from collections.abc import Collection, Mapping

from eventstore import events
from projections.fields import as_list, as_text
from projections.projection import Fact, Lens, Projection, Rows, Table

BOUNCES = Table(
    name="bounce_counts",
    columns={
        "contact_id": "TEXT",
        "address": "TEXT",
        "hard": "INTEGER",
        "soft": "INTEGER",
        "refused": "INTEGER",
        "undetermined": "INTEGER",
        "last_day": "TEXT",
        "last_reason": "TEXT",
        "last_status": "TEXT",
    },
    key=("contact_id", "address"),
)
#: The addresses of a contact that have a row above, so that those it gives up are found.
BOUNCED = Table(
    name="bounced_addresses", columns={"contact_id": "TEXT", "addresses": "TEXT"}, key=("contact_id",)
)
_READS: Lens = {
    events.BounceCounted: ("contact_id", "address", "severity", "reason", "status", "day"),
    events.BounceUncounted: ("contact_id", "address", "severity"),
    events.CountsReset: ("contact_id", "address", "soft"),
    events.AddressForgotten: ("contact_id", "address"),
    events.ContactImported: ("contact_id", "addresses"),
    events.ContactChanged: ("contact_id", "addresses"),
}
_NONE = {"hard": 0, "soft": 0, "refused": 0, "undetermined": 0}


def fold(tables: Mapping[str, Rows], fact: Fact) -> None:
    """Add one to the count of the address, or take some away; an address given up is a new start."""
    rows, data = tables["bounce_counts"], fact.data
    if fact.type in ("ContactImported", "ContactChanged"):
        _give_up(tables, data["contact_id"], data["addresses"])
        return
    if fact.type == "AddressForgotten":
        rows.delete(data["contact_id"], data["address"])
        return
    if fact.type != "BounceCounted":
        _take_away(rows, fact)
        return
    _remember(tables["bounced_addresses"], data["contact_id"], data["address"])
    key = {"contact_id": data["contact_id"], "address": data["address"]}
    row = dict(rows.get(*key.values()) or {**key, **_NONE, "last_day": ""})
    row[data["severity"]] += 1
    if data["day"] >= row["last_day"]:
        row.update(last_day=data["day"], last_reason=data["reason"], last_status=data["status"])
    rows.put(row)


def _take_away(rows: Rows, fact: Fact) -> None:
    data = fact.data
    row = rows.get(data["contact_id"], data["address"])
    if row is None:
        return
    severity, number = ("soft", data["soft"]) if fact.type == "CountsReset" else (data["severity"], 1)
    rows.put({**row, severity: max(row[severity] - number, 0)})


def _remember(rows: Rows, contact_id: str, address: str) -> None:
    found = rows.get(contact_id)
    addresses = as_list(found["addresses"]) if found else ()
    if address not in addresses:
        rows.put({"contact_id": contact_id, "addresses": as_text((*addresses, address))})


def _give_up(tables: Mapping[str, Rows], contact_id: str, addresses: Collection[str]) -> None:
    found = tables["bounced_addresses"].get(contact_id)
    if found is None:
        return
    had = as_list(found["addresses"])
    for address in had:
        if address not in addresses:
            tables["bounce_counts"].delete(contact_id, address)
    kept = as_text(address for address in had if address in addresses)
    tables["bounced_addresses"].put({"contact_id": contact_id, "addresses": kept})


PROJECTION = Projection(name="bounces", version=1, tables=(BOUNCES, BOUNCED), reads=_READS, fold=fold)

OF_CONTACT = "SELECT * FROM bounce_counts WHERE contact_id = ? ORDER BY address"
