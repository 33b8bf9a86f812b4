"""The outbox: what was asked for, what became of it, and when it is tried again."""

from collections.abc import Mapping

from eventstore import events
from projections.projection import Fact, Lens, Projection, Rows, Table

ACTIONS = Table(
    name="actions",
    columns={
        "action_id": "TEXT",
        "event": "INTEGER",  # position of the ActionRequested event
        "kind": "TEXT",
        "subscriber": "TEXT",
        "subject": "TEXT",
        "text": "TEXT",
        "requested_at": "TEXT",
        "state": "TEXT",  # open, done, abandoned
        "attempts": "INTEGER",
        "due_at": "TEXT",  # ISO 8601, UTC
        "error": "TEXT",
        "ended_at": "TEXT",
    },
    key=("action_id",),
    indexes=(("state", "due_at"), ("event",)),
)
_READS: Lens = {
    events.ActionRequested: ("action_id", "kind", "subscriber", "subject", "text"),
    events.ActionSucceeded: ("action_id", "attempt"),
    events.ActionFailed: ("action_id", "attempt", "error", "retry_at"),
    events.ActionAbandoned: ("action_id", "attempts", "error"),
}


def fold(tables: Mapping[str, Rows], fact: Fact) -> None:
    """Enter an action, or note how an attempt ended; the text of one that ended isn't kept twice."""
    rows, data = tables["actions"], fact.data
    if fact.type == "ActionRequested":
        blank = {"state": "open", "attempts": 0, "error": "", "ended_at": None}
        moment = {"requested_at": fact.recorded_at, "due_at": fact.recorded_at, "event": fact.position}
        rows.put({**data, **blank, **moment})
        return
    found = rows.get(data["action_id"])
    if found is None:
        return
    if fact.type == "ActionFailed":
        tried = {"attempts": data["attempt"], "error": data["error"], "due_at": data["retry_at"]}
        rows.put({**found, **tried})
        return
    done = fact.type == "ActionSucceeded"
    ended = {"ended_at": fact.recorded_at, "text": "", "state": "done" if done else "abandoned"}
    attempts = data["attempt"] if done else data["attempts"]
    rows.put({**found, **ended, "attempts": attempts, "error": "" if done else data["error"]})


PROJECTION = Projection(name="actions", version=1, tables=(ACTIONS,), reads=_READS, fold=fold)

DUE = "SELECT * FROM actions WHERE state = 'open' AND due_at <= ? ORDER BY due_at, event LIMIT 100"
UNDONE = "SELECT * FROM actions WHERE state <> 'done' AND event > ? ORDER BY event LIMIT ?"
