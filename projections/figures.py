"""How often what happened on each day: mails by kind, bounces by severity, reason and domain, rules, mailboxes."""

from collections.abc import Iterator, Mapping

from eventstore import events
from projections.projection import Fact, Lens, Projection, Rows, Table

FIGURES = Table(
    name="figures",
    columns={
        "what": "TEXT",  # kind, severity, reason, domain, rule, fetched, suppression
        "day": "TEXT",  # on which it was recorded, UTC
        "name": "TEXT",  # which kind, which severity ...
        "number": "INTEGER",
        "first": "INTEGER",  # positions between which the events of this day lie
        "last": "INTEGER",
    },
    key=("what", "day", "name"),
)
#: The same over all days; one row for each name, so that the whole is known without adding up.
TOTALS = Table(
    name="figure_totals",
    columns={"what": "TEXT", "name": "TEXT", "number": "INTEGER", "last": "INTEGER", "last_at": "TEXT"},
    key=("what", "name"),
)
_READS: Lens = {
    events.MailFetched: ("grabber",),
    events.MailClassified: ("kind",),
    events.BounceCounted: ("address", "severity", "reason"),
    events.RuleApplied: ("rule",),
    events.AddressSuppressed: (),
    events.SuppressionLifted: (),
}
#: what is counted -> the type of the events behind it
BEHIND: Mapping[str, str] = {
    "kind": "MailClassified",
    "severity": "BounceCounted",
    "reason": "BounceCounted",
    "domain": "BounceCounted",
    "rule": "RuleApplied",
    "fetched": "MailFetched",
}


def counted(event_type: str, data: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Say under which names an event counts."""
    match event_type:
        case "MailFetched":
            yield "fetched", data["grabber"]
        case "MailClassified":
            yield "kind", data["kind"]
        case "BounceCounted":
            yield "severity", data["severity"]
            yield "reason", data["reason"]
            yield "domain", data["address"].rpartition("@")[2]
        case "RuleApplied":
            yield "rule", data["rule"]
        case "AddressSuppressed":
            yield "suppression", "begun"
        case _:
            yield "suppression", "lifted"


def fold(tables: Mapping[str, Rows], fact: Fact) -> None:
    """Add one to each count of the day."""
    day = fact.recorded_at[:10]
    for what, name in counted(fact.type, fact.data):
        found = tables["figures"].get(what, day, name)
        if found is None:
            found = {"what": what, "day": day, "name": name, "number": 0, "first": fact.position}
        tables["figures"].put({**found, "number": found["number"] + 1, "last": fact.position})
        total = tables["figure_totals"].get(what, name) or {"what": what, "name": name, "number": 0}
        newest = {"last": fact.position, "last_at": fact.recorded_at}
        tables["figure_totals"].put({**total, **newest, "number": total["number"] + 1})


PROJECTION = Projection(name="figures", version=1, tables=(FIGURES, TOTALS), reads=_READS, fold=fold)

#: counts of each day since one, of one thing
DAYS = "SELECT day, name, number FROM figures WHERE what = ? AND day >= ? ORDER BY day"
#: the names that count most since a day
TOP = """
    SELECT name, sum(number) AS number FROM figures WHERE what = ? AND day >= ?
    GROUP BY name ORDER BY number DESC, name LIMIT ?
"""
#: counts of each day since one, of one name
DAYS_OF = "SELECT day, number FROM figures WHERE what = ? AND day >= ? AND name = ? ORDER BY day"
#: where the events behind a figure lie, the newest day first; `{before}` bounds them
SPANS = """
    SELECT day, number, first, last FROM figures
    WHERE what = ? AND name = ? AND day >= ? AND day <= ? ORDER BY day DESC
"""
TOTALS_OF = "SELECT name, number, last, last_at FROM figure_totals WHERE what = ?"
