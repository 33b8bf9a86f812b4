"""Reading the log as a book: pages on either side of a place, what is asked for only, and where a day begins."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from eventstore import EventStore, Recorded
from mgtui.eventfilter import EventFilter

MOST_READ = 100_000  #: events that one page looks through where no index answers

DATED = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d))?$")
DAY_FIRST = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})\b")  #: a day as German has it


@dataclass(frozen=True, slots=True)
class Page:
    """Events in order; `broken_off` says that more may fit beyond what was looked through."""

    events: tuple[Recorded, ...]
    broken_off: bool = False


@dataclass(frozen=True, slots=True)
class Logbook:
    """Pages of the log."""

    store: EventStore

    def page(self, wanted: EventFilter, anchor: int | None, backwards: bool, limit: int) -> Page:
        """Give events behind a position, or before it; from an end where it is None. Oldest first either way."""
        found: list[Recorded] = []
        broken_off = False
        for looked, recorded in enumerate(self._from(wanted, anchor, backwards), start=1):
            if wanted.fits(recorded):
                found.append(recorded)
            if len(found) >= limit:
                break
            if looked >= MOST_READ:
                broken_off = True
                break
        return Page(tuple(found[::-1] if backwards else found), broken_off)

    def _from(self, wanted: EventFilter, anchor: int | None, backwards: bool) -> Iterator[Recorded]:
        if wanted.stream and wanted.category is None:
            return self._of_stream(wanted.stream, anchor, backwards)
        after, before = (0, anchor) if backwards else (anchor or 0, None)
        if wanted.types is not None and not wanted.types:
            return iter(())
        return self.store.read(
            after=after, before=before, types=wanted.types, category=wanted.category, backwards=backwards
        )

    def _of_stream(self, stream: str, anchor: int | None, backwards: bool) -> Iterator[Recorded]:
        if not backwards:
            version = self._version_at(stream, anchor or 0)
            yield from self.store.read_stream(stream, after=version)
            return
        for recorded in self.store.read_stream(stream, backwards=True):
            if anchor is None or recorded.position < anchor:
                yield recorded

    def _version_at(self, stream: str, position: int) -> int:
        """Give the last version of a stream that stands at or before a position."""
        low, high = 0, self.store.stream_version(stream)
        while low < high:
            middle = (low + high + 1) // 2
            recorded = next(self.store.read_stream(stream, after=middle - 1, limit=1))
            low, high = (middle, high) if recorded.position <= position else (low, middle - 1)
        return low

    def at(self, position: int) -> Recorded | None:
        """Give the event at a position."""
        return next(self.store.read(after=position - 1, before=position + 1), None)

    def place_of(self, text: str) -> int | None:
        """Read a place: a position, or a day with or without a time; None for what is neither.

        A day is that of this machine's clock; its place is the first event recorded from then on.
        """
        bare = text.strip().lstrip("#")
        position = bare.replace(",", "").replace(".", "")
        if position.isdigit() and not DAY_FIRST.match(bare):
            return min(max(int(position), 1), max(self.store.head(), 1))
        found = DATED.match(DAY_FIRST.sub(r"\3-\2-\1", bare))
        if found is None:
            return None
        try:
            moment = datetime.fromisoformat(f"{found[1]} {found[2] or '00:00'}").astimezone(UTC)
        except (ValueError, OverflowError):
            return None
        return self.first_since(moment)

    def first_since(self, moment: datetime) -> int:
        """Give the first position recorded from a moment on, the last one where none is."""
        low, high = 1, max(self.store.head(), 1)
        while low < high:
            middle = (low + high) // 2
            recorded = self.at(middle)
            if recorded is not None and recorded.recorded_at < moment:
                low = middle + 1
            else:
                high = middle
        return low
