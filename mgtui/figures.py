"""The figures of the office over a span of days, and the events behind each of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from eventstore import EventStore, Recorded
from mgtui.language import N_
from projections import figures, reviews, suppressions

Row = dict[str, Any]
SPANS = (7, 30, 90, 365)  #: days that are looked at together
NO_EVENT = 1 << 62  #: a position above all
PAGE = 200  #: suppressions asked for at a time
TOP = 8  #: names shown where there may be many

#: section -> what is counted in it, and how many names of it are shown at most
SECTIONS: Mapping[str, tuple[str, int]] = {
    N_("mails by kind"): ("kind", 20),
    N_("bounces by severity"): ("severity", 8),
    N_("reasons"): ("reason", TOP),
    N_("domains that bounce"): ("domain", TOP),
    N_("fetched by mailbox"): ("fetched", 30),
    N_("suppressions"): ("suppression", 2),
}
SUPPRESSIONS = N_("suppressions")
#: oldest age in days -> how an item of that age is told; ages count from the day it was opened
AGES = ((0, N_("opened today")), (2, N_("1 to 2 days")), (7, N_("3 to 7 days")), (30, N_("8 to 30 days")))
OLDER = N_("older than 30 days")
WAITING = {"bounces": N_("waiting in the queue"), "imports": N_("waiting in the import list")}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its name; `series` holds it for each day of the span, where it is one of days."""

    section: str
    what: str
    name: str
    number: int
    series: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """Asks the read models that count, never the log."""

    query: Callable[[str, Sequence[Any]], list[Row]]
    store: EventStore

    def all(self, days: int, today: date) -> list[Figure]:
        """Give every figure of the last `days` days, today among them, section after section."""
        found = [figure for section in SECTIONS for figure in self._section(section, days, today)]
        return [*found, *self.standing(today), *self._waiting(today)]

    def _section(self, section: str, days: int, today: date) -> list[Figure]:
        what, most = SECTIONS[section]
        since = today - timedelta(days=days - 1)
        top = self.query(figures.TOP, (what, since.isoformat(), most))
        series = {row["name"]: [0] * days for row in top}
        for name, line in series.items():
            for row in self.query(figures.DAYS_OF, (what, since.isoformat(), name)):
                at = (date.fromisoformat(row["day"]) - since).days
                if at < days:  # a clock that ran ahead
                    line[at] = row["number"]
        return [Figure(section, what, row["name"], row["number"], tuple(series[row["name"]])) for row in top]

    def standing(self, today: date) -> list[Figure]:
        """Count the suppressions that stand on a day, and those that ended by it."""
        (row,) = self.query(suppressions.STANDING, (today.isoformat(),))
        return [
            Figure(SUPPRESSIONS, "standing", N_("standing"), row["known"] - row["ended"]),
            Figure(SUPPRESSIONS, "ended", N_("ended, on trial"), row["ended"]),
        ]

    def _waiting(self, today: date) -> list[Figure]:
        found: dict[tuple[str, str], int] = {}
        for row in self.query(reviews.AGES, ()):
            age = (today - date.fromisoformat(row["day"])).days
            name = next((name for most, name in AGES if age <= most), OLDER)
            found[row["queue"], name] = found.get((row["queue"], name), 0) + row["number"]
        names = [*(name for _, name in AGES), OLDER]
        return [
            Figure(told, queue, name, found[queue, name])
            for queue, told in WAITING.items()
            for name in names
            if (queue, name) in found
        ]

    def totals(self, what: str) -> dict[str, Row]:
        """Give number, last position and last time of each name, over all days."""
        return {row["name"]: row for row in self.query(figures.TOTALS_OF, (what,))}

    def since(self, what: str, first: date) -> dict[str, int]:
        """Give the number of each name since a day."""
        rows = self.query(figures.TOP, (what, first.isoformat(), -1))
        return {row["name"]: row["number"] for row in rows}

    def behind(
        self,
        what: str,
        name: str,
        first: date,
        last: date,
        anchor: int | None = None,
        newer: bool = False,
    ) -> Iterator[Recorded]:
        """Give the events that a figure counts before `anchor`, the newest first; with `newer` those after it.

        Days without any are never looked at. Newer ones come the oldest first.
        """
        types = _types_behind(what, name)
        spans = self.query(figures.SPANS, (what, name, first.isoformat(), last.isoformat()))
        for span in reversed(spans) if newer else spans:
            low, high = span["first"] - 1, span["last"] + 1
            if anchor is not None:
                low, high = (max(low, anchor), high) if newer else (low, min(high, anchor))
            if high - low < 2:
                continue
            for recorded in self.store.read(after=low, before=high, types=types, backwards=not newer):
                erased = "erased" in recorded.data
                if not erased and (what, name) in figures.counted(recorded.type, recorded.data):
                    yield recorded

    def suppressing(
        self, state: str, today: date, anchor: int | None = None, newer: bool = False
    ) -> Iterator[Recorded]:
        """Give the events that put suppressions in force: those `standing` today, or those that `ended`."""
        sql = suppressions.NEWER if newer else suppressions.OLDER
        while True:
            at = anchor if anchor is not None else (0 if newer else NO_EVENT)
            rows = self.query(sql, (at, today.isoformat(), state == "ended", PAGE))
            for row in rows:
                yield from self.store.read(after=row["event"] - 1, before=row["event"] + 1)
            if len(rows) < PAGE:
                return
            anchor = rows[-1]["event"]


def _types_behind(what: str, name: str) -> tuple[str, ...]:
    if what == "suppression":
        return ("AddressSuppressed",) if name == "begun" else ("SuppressionLifted",)
    return (figures.BEHIND[what],)
