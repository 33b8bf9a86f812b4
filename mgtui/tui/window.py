"""A list that is a window on a query: it holds a few pages of rows, and fetches more by their keys."""

from collections.abc import Callable, Collection, Hashable
from typing import Any

from mgtui.tui.background import in_background
from mgtui.tui.listing import Listing
from mgtui.tui.paint import Line

PAGE = 120  #: rows of one fetch
NEAR = 60  #: rows before the edge at which the next page is fetched
MOST = 360  #: rows held at once

#: (anchor, backwards, limit) -> rows on that side of the anchor, or from an end where it is None, in order
Fetch = Callable[[Any, bool, int], list[Any]]


class WindowList(Listing):
    """Shows a query of any length; going on costs the same everywhere."""

    def __init__(
        self,
        fetch: Fetch,
        draw: Callable[[Any, int], Line],
        key: Callable[[Any], Hashable],
        empty: str = "",
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(draw, key, empty, id=id)
        self.fetch = fetch
        self.floor: Any = None  #: anchor before the first row that is held, None at the beginning
        self.at_end = False
        self._fetching = False

    # fetching

    def load_at(self, anchor: Any) -> None:
        """Show the query with the cursor on the row that comes after an anchor, as at the start."""

        def fetch() -> tuple[list[Any], list[Any]]:
            return self.fetch(anchor, True, NEAR), self.fetch(anchor, False, PAGE)

        def took(found: tuple[list[Any], list[Any]]) -> None:
            before, after = found
            full = len(before) == NEAR
            self.floor = self.key(before[0]) if full else None
            self.at_end = len(after) < PAGE
            before = before[1:] if full else before
            self.show([*before, *after], len(before), max(0, len(before) - self.size.height // 2))

        in_background(self, "rows", fetch, took)

    def load(self, cursor: int = 0) -> None:
        """Show the query from its beginning, as after a change of the filter."""
        in_background(
            self, "rows", lambda: self.fetch(None, False, PAGE), lambda rows: self._first(rows, cursor)
        )

    def _first(self, rows: list[Any], cursor: int) -> None:
        self.floor, self.at_end = None, len(rows) < PAGE
        self.show(rows, cursor, 0)

    def reload(self) -> None:
        """Fetch what is held once more: rows that are gone go, and the cursor stays on its row or its place."""
        floor, limit = self.floor, max(len(self.rows), PAGE)
        in_background(
            self, "rows", lambda: self.fetch(floor, False, limit), lambda rows: self._again(rows, limit)
        )

    def _again(self, rows: list[Any], limit: int) -> None:
        if not rows and self.floor is not None:
            self.load()
            return
        held = self.key(self.current) if self.current is not None else None
        places = {self.key(row): index for index, row in enumerate(rows)}
        self.at_end = len(rows) < limit
        self.marked -= {self.key(row) for row in self.rows} - places.keys()
        shift = places.get(held, self.cursor) - self.cursor
        self.show(rows, self.cursor + shift, max(0, self.top + shift))

    def drop(self, keys: Collection[Hashable]) -> None:
        """Take rows off the list at once, before the query knows; the cursor goes to what comes after them."""
        rows = [row for row in self.rows if self.key(row) not in keys]
        before = sum(self.key(row) in keys for row in self.rows[: self.cursor])
        self.show(rows, self.cursor - before)

    def action_first(self) -> None:
        """Go to the first row of the query."""
        if self.floor is None:
            super().action_first()
        else:
            self.load()

    def action_last(self) -> None:
        """Go to the last row of the query."""
        if self.at_end:
            super().action_last()
        else:
            in_background(self, "rows", lambda: self.fetch(None, True, PAGE), self._last)

    def _last(self, rows: list[Any]) -> None:
        full = len(rows) == PAGE
        self.floor, self.at_end = (self.key(rows[0]) if full else None), True
        self.show(rows[1:] if full else rows, len(rows), len(rows))

    def move_to(self, index: int) -> None:
        """Put the cursor on a row, and fetch on when it comes near an edge."""
        super().move_to(index)
        if self._fetching or not self.rows:
            return
        if not self.at_end and self.cursor > len(self.rows) - NEAR:
            self._fetch_more(self.key(self.rows[-1]), False)
        elif self.floor is not None and self.cursor < NEAR:
            self._fetch_more(self.key(self.rows[0]), True)

    def fetch_on(self) -> None:
        """Fetch what came behind the last row; an empty list is loaded anew."""
        if not self.rows:
            self.load()
        elif not self._fetching:
            self._fetch_more(self.key(self.rows[-1]), False)

    def _fetch_more(self, anchor: Any, backwards: bool) -> None:
        self._fetching = True
        then = self._before if backwards else self._after

        def took(rows: list[Any]) -> None:
            self._fetching = False
            edge = 0 if backwards else -1
            if self.rows and self.key(self.rows[edge]) == anchor:
                then(rows)

        def failed() -> None:
            self._fetching = False

        in_background(self, "more", lambda: self.fetch(anchor, backwards, PAGE), took, failed)

    def _after(self, rows: list[Any]) -> None:
        held = [*self.rows, *rows]
        self.at_end = len(rows) < PAGE
        drop = max(0, len(held) - MOST)
        if drop:
            self.floor = self.key(held[drop - 1])
        self._replace(held[drop:], -drop)

    def _before(self, rows: list[Any]) -> None:
        self.floor = self.key(rows[0]) if len(rows) == PAGE else None
        fresh = rows[1:] if self.floor is not None else rows
        held = [*fresh, *self.rows]
        if len(held) > MOST:
            self.at_end = False
        self._replace(held[:MOST], len(fresh))

    def _replace(self, rows: list[Any], shift: int) -> None:
        """Hold other rows around the cursor without anything moving on the screen."""
        self.rows = rows
        self.cursor += shift
        self.top += shift
        self.refresh()
