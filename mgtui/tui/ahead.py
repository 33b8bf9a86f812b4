"""What belongs to the rows around the cursor, asked ahead, so that moving shows it in the same frame."""

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from mgtui.tui.background import in_background
from mgtui.tui.listing import Listing

REACH = 2  #: rows before and behind the cursor that are asked ahead
MOST = 64  #: answers kept

Answer = TypeVar("Answer")


class Ahead(Generic[Answer]):
    """Shows what `ask` says of the row under the cursor, from memory where it can."""

    def __init__(
        self, asker: Any, listing: Listing, ask: Callable[[Any], Answer], show: Callable[[Answer], None]
    ) -> None:
        self._asker, self._listing, self._ask, self._show = asker, listing, ask, show
        self._known: dict[Hashable, Answer] = {}

    def forget(self) -> None:
        """Ask anew: something changed."""
        self._known.clear()

    def look(self) -> None:
        """Show what belongs to the row under the cursor."""
        row = self._listing.current
        if row is None:
            return
        key = self._listing.key(row)
        if key in self._known:
            self._show(self._known[key])
            self._ask_around()
        else:
            in_background(self._asker, "here", lambda: self._ask(row), lambda answer: self._here(key, answer))

    def _here(self, key: Hashable, answer: Answer) -> None:
        self._known[key] = answer
        self._show(answer)
        self._ask_around()

    def _ask_around(self) -> None:
        at, rows = self._listing.cursor, self._listing.rows
        near = rows[max(0, at - REACH) : at + REACH + 1]
        missing = {self._listing.key(row): row for row in near if self._listing.key(row) not in self._known}
        if not missing:
            return

        def ask() -> dict[Hashable, Answer]:
            return {key: self._ask(row) for key, row in missing.items()}

        in_background(self._asker, "around", ask, self._keep)

    def _keep(self, found: dict[Hashable, Answer]) -> None:
        self._known.update(found)
        while len(self._known) > MOST:
            del self._known[next(iter(self._known))]
