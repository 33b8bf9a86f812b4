"""Addresses that get no more mail, in which categories, until when and why."""

from collections.abc import Mapping

from eventstore import events
from projections.fields import as_text
from projections.projection import Fact, Lens, Projection, Rows, Table

SUPPRESSIONS = Table(
    name="suppressions",
    columns={
        "contact_id": "TEXT",
        "address": "TEXT",
        "categories": "TEXT",  # JSON list; empty means every category without always_send
        "until": "TEXT",  # ISO date of the first day that mail may go again; NULL is for good
        "mail_id": "TEXT",
        "rule": "TEXT",
        "why": "TEXT",
        "since": "TEXT",
        "event": "INTEGER",  # position of the AddressSuppressed event
        "actor": "TEXT",
        "probed": "TEXT",  # ISO date on which the one mail went out that an address gets after `until`
    },
    key=("address", "contact_id"),
    indexes=(("contact_id",), ("event",)),
)
_READS: Lens = {
    events.AddressSuppressed: ("contact_id", "address", "categories", "until", "mail_id", "rule", "why"),
    events.SuppressionLifted: ("contact_id", "address"),
    events.CountsReset: ("contact_id", "address", "day"),
    events.ProbeSent: ("contact_id", "address", "day"),
}


def fold(tables: Mapping[str, Rows], fact: Fact) -> None:
    """Put the suppression in force, or take it away; one that has run out ends when the address works."""
    rows, data = tables["suppressions"], fact.data
    found = rows.get(data["address"], data["contact_id"])
    if fact.type == "ProbeSent":
        if found:
            rows.put({**found, "probed": data["day"]})
        return
    if fact.type == "CountsReset":
        if found and found["until"] and found["until"] <= data["day"]:
            rows.delete(data["address"], data["contact_id"])
        return
    if fact.type == "SuppressionLifted":
        rows.delete(data["address"], data["contact_id"])
        return
    rows.put(
        {
            **data,
            "categories": as_text(data["categories"]),
            "since": fact.recorded_at,
            "event": fact.position,
            "actor": fact.actor,
            "probed": None,
        }
    )


PROJECTION = Projection(name="suppressions", version=1, tables=(SUPPRESSIONS,), reads=_READS, fold=fold)

OF_ADDRESS = "SELECT * FROM suppressions WHERE address = ? ORDER BY event"
#: `{places}` becomes as many question marks as there are addresses
OF_ADDRESSES = "SELECT * FROM suppressions WHERE address IN ({places}) ORDER BY event"
OF_CONTACT = "SELECT * FROM suppressions WHERE contact_id = ? ORDER BY event"
ALL = "SELECT * FROM suppressions WHERE event > ? ORDER BY event LIMIT ?"
#: how many stand on a day, and how many ran out by it
STANDING = """
    SELECT count(*) AS known, count(CASE WHEN until <= ? THEN 1 END) AS ended FROM suppressions
"""
#: those that stand on a day, or that ran out by it, on either side of an event
_BESIDE = """
    SELECT event FROM suppressions
    WHERE event {side} ? AND (until IS NOT NULL AND until <= ?) = ? ORDER BY event {order} LIMIT ?
"""
OLDER = _BESIDE.format(side="<", order="DESC")
NEWER = _BESIDE.format(side=">", order="ASC")
