"""All tables together: site, provider, phrase, status and reply, in the order in which they speak."""

from dataclasses import dataclass
from functools import cache

from mgtui.bounce.model import Severity
from mgtui.bounce.reasons.entry import Entry
from mgtui.bounce.reasons.errors import TablesError
from mgtui.bounce.reasons.index import Index
from mgtui.bounce.reasons.reading import SeverityTable, read_entry, read_severities
from mgtui.bounce.reasons.source import Source, parse, shipped


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
    return make_tables(shipped())


def tables_with(site_toml: str) -> Tables:
    """Give the tables with an operator's own before them: `[[entry]]`, `[severity]`. Raises TablesError."""
    return make_tables(shipped(), parse("site", site_toml))


def make_tables(source: Source, site: dict[str, object] | None = None) -> Tables:
    """Check and order everything that was read; raises TablesError."""
    site = site or {}
    own = _entries("site", site.get("entry", []))
    ours = [entry for table, raws in source["tables"] for entry in _entries(table, raws)]
    parts = (
        own,
        [entry for entry in ours if entry.is_worded and not entry.general],
        [entry for entry in ours if not entry.is_worded and not entry.general],
        [entry for entry in ours if entry.is_worded and entry.general],
        [entry for entry in ours if not entry.is_worded and entry.general],
    )
    return Tables(tuple(Index(part) for part in parts if part), _severities(source, site))


def _entries(table: str, raws: object) -> list[Entry]:
    if not isinstance(raws, list):
        raise TablesError(f"{table}, entry: write each as [[entry]]")
    return [read_entry(table, raw, number) for number, raw in enumerate(raws, 1)]


def _severities(source: Source, site: dict[str, object]) -> SeverityTable:
    ours = read_severities("severity", source["severity"])
    own = read_severities("site", site.get("severity", {}))
    return SeverityTable({**ours.always, **own.always}, {**ours.temporary, **own.temporary})
