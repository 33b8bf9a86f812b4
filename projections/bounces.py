"""How often each address of a contact bounced, by severity, with the last word about it."""

from collections.abc import Mapping

from eventstore import events
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
_READS: Lens = {
    events.BounceCounted: ("contact_id", "address", "severity", "reason", "status", "day"),
}
_NONE = {"hard": 0, "soft": 0, "refused": 0, "undetermined": 0}


def fold(tables: Mapping[str, Rows], fact: Fact) -> None:
    """Add one to the count of the address."""
    rows, data = tables["bounce_counts"], fact.data
    key = {"contact_id": data["contact_id"], "address": data["address"]}
    row = dict(rows.get(*key.values()) or {**key, **_NONE, "last_day": ""})
    row[data["severity"]] += 1
    if data["day"] >= row["last_day"]:
        row.update(last_day=data["day"], last_reason=data["reason"], last_status=data["status"])
    rows.put(row)


PROJECTION = Projection(name="bounces", version=1, tables=(BOUNCES,), reads=_READS, fold=fold)

OF_CONTACT = "SELECT * FROM bounce_counts WHERE contact_id = ? ORDER BY address"
