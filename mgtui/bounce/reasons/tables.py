"""All tables together: site, provider, phrase, status and reply, in the order in which they speak."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from typing import Any

from mgtui.bounce.model import Severity
from mgtui.bounce.reasons.entry import Entry
from mgtui.bounce.reasons.errors import TablesError
from mgtui.bounce.reasons.index import Index, make_index
from mgtui.bounce.reasons.reading import SeverityTable, check_entry, read_entry, read_severities
from mgtui.bounce.reasons.source import Source, parse, shipped

#: An entry as read and as written.
Pair = tuple[Entry, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Tables:
    """Ready to judge.

    Each index speaks only where those before it are silent: the site's own entries, phrases, statuses,
    then phrases and codes too general to outrank a status. Within one, the first entry wins.
    """

    indexes: tuple[Index, ...]
    severities: SeverityTable

    def severity(self, reason: str, *, temporary: bool) -> Severity:
        """Give what a reason means for the address."""
        if temporary and reason in self.severities.temporary:
            return self.severities.temporary[reason]
        return self.severities.always.get(reason, "undetermined")


@cache
def default_tables() -> Tables:
    """Give the tables that come with the program, loaded when first asked for."""
    packed = shipped()
    return Tables(tuple(Index(**index) for index in packed["indexes"]), SeverityTable(**packed["severities"]))


@lru_cache(maxsize=2)
def tables_with(site_toml: str) -> Tables:
    """Give the tables with an operator's own before them: `[[entry]]`, `[severity]`. Raises TablesError."""
    ours, site = default_tables(), parse("site", site_toml)
    if unknown := sorted(site.keys() - {"entry", "severity"}):
        raise TablesError(f"site, {unknown[0]}: write [[entry]], [severity] or [severity.temporary]")
    entries = _pairs("site", site.get("entry", []))
    own = read_severities("site", site.get("severity", {}))
    return Tables(
        (make_index(entries, named=len(entries)), *ours.indexes),
        SeverityTable(
            {**ours.severities.always, **own.always}, {**ours.severities.temporary, **own.temporary}
        ),
    )


def make_tables(source: Source) -> Tables:
    """Check and order everything that was written; raises TablesError."""
    tables = [(table, _pairs(table, raw)) for table, raw in source["tables"]]
    last = [table for table, _ in tables].index(source["named"])
    parts = [
        make_index(_of_kind(tables, kind), named=len(_of_kind(tables[: last + 1], kind)))
        for kind in ((False, True), (False, False), (True, True), (True, False))
    ]
    return Tables(tuple(parts), read_severities("severity", source["severity"]))


def _of_kind(tables: Sequence[tuple[str, list[Pair]]], kind: tuple[bool, bool]) -> list[Pair]:
    """Choose the entries that are general and worded, or not."""
    return [pair for _, pairs in tables for pair in pairs if (pair[0].general, pair[0].is_worded) == kind]


def pack(tables: Tables) -> dict[str, Any]:
    """Give tables as the plain data that `default_tables` loads."""
    indexes = [asdict(index) for index in tables.indexes]
    return {"indexes": [{**index, "read": {}} for index in indexes], "severities": asdict(tables.severities)}


def _pairs(table: str, raw: object) -> list[Pair]:
    if not isinstance(raw, list):
        raise TablesError(f"{table}, entry: write each as [[entry]]")
    pairs = [(read_entry(table, one, number), one) for number, one in enumerate(raw, 1)]
    for number, (entry, _) in enumerate(pairs):
        check_entry(table, entry)
        if any(entry.id == other.id for other, _ in pairs[:number]):
            raise TablesError(f"{table}, entry {entry.id!r}, id: give it a name of its own")
    return pairs
