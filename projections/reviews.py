"""What waits for a person: the queue of bounces and the import list, and what became of each item."""

from collections.abc import Mapping

from eventstore import events
from projections.fields import as_text
from projections.projection import Fact, Lens, Projection, Row, Rows, Table

BRAKE = "brake"  #: the reason of an item that stands for many decisions

REVIEWS = Table(
    name="reviews",
    columns={
        "mail_id": "TEXT",
        "address": "TEXT",
        "item": "INTEGER",  # position of the ReviewRequested event: the number an operator types
        "queue": "TEXT",  # bounces, imports
        "reason": "TEXT",
        "why": "TEXT",
        "candidates": "TEXT",  # JSON list of contact ids
        "opened_at": "TEXT",
        "state": "TEXT",  # open, assigned, dismissed, released, dropped
        "contact_id": "TEXT",
        "closed_by": "TEXT",
        "closed_at": "TEXT",
        "held": "INTEGER",  # decisions that wait behind a brake, whose id stands as mail_id; else 0
    },
    key=("mail_id", "address"),
    indexes=(("state", "queue", "item"), ("item",)),
)

_READS: Lens = {
    events.ReviewRequested: ("mail_id", "queue", "reason", "why", "address", "candidates"),
    events.MailAssigned: ("mail_id", "address", "contact_id"),
    events.ReviewDismissed: ("mail_id", "address", "reason"),
    events.AssignmentUndone: ("mail_id", "address"),
    events.ReviewReopened: ("mail_id", "address"),
    events.BrakeApplied: ("brake_id", "why"),
    events.BrakeReleased: ("brake_id",),
    events.BrakeDropped: ("brake_id",),
    events.DecisionHeld: ("brake_id",),
    events.DecisionResumed: ("brake_id",),
}


def _opened(fact: Fact) -> Row:
    return {
        "item": fact.position,
        "opened_at": fact.recorded_at,
        "state": "open",
        "contact_id": None,
        "closed_by": "",
        "closed_at": None,
        "held": 0,
    }


def _fold_brake(rows: Rows, fact: Fact) -> None:
    """Keep one item for all that waits behind a brake."""
    brake_id = fact.data["brake_id"]
    if fact.type == "BrakeApplied":
        words = {"queue": "bounces", "reason": BRAKE, "why": fact.data["why"], "candidates": "[]"}
        rows.put({"mail_id": brake_id, "address": "", **words, **_opened(fact)})
        return
    found = rows.get(brake_id, "")
    if found is None:
        return
    match fact.type:
        case "DecisionHeld":
            rows.put({**found, "held": found["held"] + 1})
        case "DecisionResumed":
            rows.put({**found, "held": found["held"] - 1})
        case _:
            state = "released" if fact.type == "BrakeReleased" else "dropped"
            rows.put({**found, "state": state, "closed_by": fact.actor, "closed_at": fact.recorded_at})


def fold(tables: Mapping[str, Rows], fact: Fact) -> None:
    """Open an item, or close it with who did what."""
    rows, data = tables["reviews"], fact.data
    if "brake_id" in data:
        _fold_brake(rows, fact)
        return
    if fact.type == "ReviewRequested":
        rows.put({**data, "candidates": as_text(data["candidates"]), **_opened(fact)})
        return
    found = rows.get(data["mail_id"], data["address"])
    if found is None:
        return
    if fact.type in ("AssignmentUndone", "ReviewReopened"):
        rows.put({**found, "state": "open", "contact_id": None, "closed_by": "", "closed_at": None})
        return
    closed = {**found, "closed_by": fact.actor, "closed_at": fact.recorded_at}
    if fact.type == "MailAssigned":
        rows.put({**closed, "state": "assigned", "contact_id": data["contact_id"]})
    else:
        rows.put({**closed, "state": "dismissed"})


PROJECTION = Projection(name="reviews", version=1, tables=(REVIEWS,), reads=_READS, fold=fold)

#: The mail of an item; that of a brake has none.
_MAIL = (
    "coalesce(m.kind, '') AS kind, coalesce(m.sender, '') AS sender, coalesce(m.subject, '') AS subject, "
    "m.sent_at, coalesce(m.fetched_at, r.opened_at) AS fetched_at, coalesce(m.attachments, 0) AS attachments, "
    "coalesce(m.grabber, '') AS grabber"
)
OPEN = f"""
    SELECT r.*, {_MAIL}
    FROM reviews r LEFT JOIN mails m USING (mail_id)
    WHERE r.state = 'open' AND r.queue = ? AND r.item > ? ORDER BY r.item LIMIT ?
"""  # noqa: S608 - constants only
ITEM = f"""
    SELECT r.*, {_MAIL}
    FROM reviews r LEFT JOIN mails m USING (mail_id) WHERE r.item = ?
"""  # noqa: S608 - constants only
COUNTS = "SELECT queue, count(*) AS open FROM reviews WHERE state = 'open' GROUP BY queue"
#: a page on either side of an item; `{order}` is ASC or DESC
OPEN_PAGE = f"""
    SELECT r.*, {_MAIL}
    FROM reviews r LEFT JOIN mails m USING (mail_id)
    WHERE r.state = 'open' AND r.queue = ? AND r.item > ? AND r.item < ?
      AND (? = '%%' OR r.address || ' ' || r.reason || ' ' || r.why || ' '
           || coalesce(m.kind || ' ' || m.sender || ' ' || m.subject || ' ', '') || r.candidates LIKE ? ESCAPE '\\')
    ORDER BY r.item {{order}} LIMIT ?
"""  # noqa: S608 - constants only
#: open items by the day on which they were opened
AGES = """
    SELECT queue, substr(opened_at, 1, 10) AS day, count(*) AS number FROM reviews
    WHERE state = 'open' GROUP BY queue, day
"""
