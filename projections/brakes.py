"""Brakes, the mails that wait behind them, and how many addresses bounced on each day."""

from collections.abc import Mapping

from eventstore import events
from projections.projection import Fact, Lens, Projection, Rows, Table

BRAKES = Table(
    name="brakes",
    columns={
        "brake_id": "TEXT",
        "scope": "TEXT",
        "name": "TEXT",
        "day": "TEXT",  # on which it was applied, UTC
        "state": "TEXT",  # open, released, dropped
        "event": "INTEGER",  # position of the BrakeApplied event
    },
    key=("brake_id",),
    indexes=(("state",), ("scope", "name", "day")),
)
HELD = Table(
    name="held_mails",
    columns={"mail_id": "TEXT", "brake_id": "TEXT", "event": "INTEGER"},
    key=("mail_id",),
    indexes=(("brake_id", "event"),),
)
DAYS = Table(
    name="bounce_days",
    columns={"day": "TEXT", "domain": "TEXT", "address": "TEXT"},
    key=("day", "domain", "address"),
)
_READS: Lens = {
    events.BrakeApplied: ("brake_id", "scope", "name"),
    events.BrakeReleased: ("brake_id",),
    events.BrakeDropped: ("brake_id",),
    events.DecisionHeld: ("brake_id", "mail_id"),
    events.DecisionResumed: ("brake_id", "mail_id"),
    events.BounceCounted: ("address",),
}


def fold(tables: Mapping[str, Rows], fact: Fact) -> None:
    """Note a brake and what waits behind it; a bounce counts on the day it was recorded."""
    data, day = fact.data, fact.recorded_at[:10]
    match fact.type:
        case "BounceCounted":
            domain = data["address"].rpartition("@")[2]
            tables["bounce_days"].put({"day": day, "domain": domain, "address": data["address"]})
        case "BrakeApplied":
            tables["brakes"].put({**data, "day": day, "state": "open", "event": fact.position})
        case "DecisionHeld":
            tables["held_mails"].put({**data, "event": fact.position})
        case "DecisionResumed":
            tables["held_mails"].delete(data["mail_id"])
        case _:
            found = tables["brakes"].get(data["brake_id"])
            if found:
                state = "released" if fact.type == "BrakeReleased" else "dropped"
                tables["brakes"].put({**found, "state": state})


PROJECTION = Projection(name="brakes", version=1, tables=(BRAKES, HELD, DAYS), reads=_READS, fold=fold)

OPEN = "SELECT * FROM brakes WHERE state = 'open'"
OF_DAY = "SELECT * FROM brakes WHERE scope = ? AND name = ? AND day = ?"
HELD_BY = "SELECT * FROM held_mails WHERE brake_id = ? ORDER BY event LIMIT ?"
BRAKE_OF = "SELECT brake_id FROM held_mails WHERE mail_id = ?"
BOUNCED_AT = "SELECT count(*) AS bounced FROM bounce_days WHERE day = ? AND domain = ?"
BOUNCED = "SELECT count(*) AS bounced FROM bounce_days WHERE day = ?"
ADDRESSES_AT = (
    "SELECT count(DISTINCT address) AS addresses FROM contact_addresses WHERE address LIKE ? ESCAPE '\\'"
)
ADDRESSES = "SELECT count(DISTINCT address) AS addresses FROM contact_addresses"
