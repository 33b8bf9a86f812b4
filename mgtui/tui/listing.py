"""A list with a cursor that paints only the rows in sight."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, ClassVar

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from mgtui.tui.inked import Inked
from mgtui.tui.keys import moves
from mgtui.tui.paint import Line

WHEEL = 3  #: rows for one turn of a mouse wheel


class Listing(Inked, can_focus=True):
    """Shows rows that somebody else holds; `draw(row, width)` says how one looks, `key` which one it is."""

    DEFAULT_CSS = """
    Listing { height: 1fr; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*moves("move({})", "page({})", "first", "last")]

    class Moved(Message):
        """The cursor stands on another row, or on none."""

        def __init__(self, listing: "Listing") -> None:
            super().__init__()
            self.listing = listing

        @property
        def control(self) -> "Listing":
            """The list."""
            return self.listing

    class Chosen(Moved):
        """A row was opened."""

    def __init__(
        self,
        draw: Callable[[Any, int], Line],
        key: Callable[[Any], Hashable],
        empty: str = "",
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.draw, self.key, self.empty = draw, key, empty
        self.rows: Sequence[Any] = ()
        self.cursor = 0
        self.top = 0
        self.marked: set[Hashable] = set()

    # what is shown

    @property
    def current(self) -> Any | None:
        """The row under the cursor, None in an empty list."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    def show(self, rows: Sequence[Any], cursor: int = 0, top: int | None = None) -> None:
        """Show other rows, with the cursor on one of them, or on none for -1."""
        self.rows = rows
        self.cursor = min(cursor, len(rows) - 1)
        if self.cursor < 0 <= cursor:
            self.cursor = 0
        self.top = self.top if top is None else top
        self.reveal()
        self.refresh()
        self.post_message(self.Moved(self))

    def reveal(self) -> None:
        """Bring the cursor into sight, moving the rows as little as possible."""
        height = max(self.size.height, 1)
        lowest = max(0, len(self.rows) - height)
        top = min(max(self.top, self.cursor - height + 1), self.cursor, lowest)
        if top != self.top:
            self.top = max(0, top)
            self.refresh()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.reveal()

    def render_line(self, y: int) -> Strip:
        """Paint one row: sign of the cursor, mark, and what `draw` says."""
        width = self.size.width
        index = self.top + y
        if index >= len(self.rows):
            text = self.empty if not self.rows and y == self.size.height // 3 else ""
            return self.strip(((f"{text:^{width}}", "dim"),), width)
        row = self.rows[index]
        here = index == self.cursor
        sign = "▌" if here else " "
        mark = "●" if self.key(row) in self.marked else " "
        line: Line = ((sign, "accent"), (f"{mark} ", "warn"), *self.draw(row, width - 3))
        return self.strip(line, width, self._beneath(here))

    def _beneath(self, here: bool) -> Style | None:
        if not here:
            return None
        return self.under + self.inks["cursor" if self.has_focus else "blurred"]

    # moving

    def move_to(self, index: int) -> None:
        """Put the cursor on a row that is loaded."""
        index = max(0, min(index, len(self.rows) - 1))
        if index == self.cursor or not self.rows:
            return
        before, top = self.cursor, self.top
        self.cursor = index
        self.reveal()
        if self.top == top:
            self.paint_rows(before, index)
        self._tell_moved()

    def _tell_moved(self) -> None:
        """Tell those around at once: after a message, what they then show would come a frame behind the cursor."""
        for node in self.ancestors:
            moved = getattr(node, "on_listing_moved", None)
            if moved is not None:
                moved()

    def paint_rows(self, *indexes: int) -> None:
        """Paint single rows anew."""
        self.refresh(*(Region(0, index - self.top, self.size.width, 1) for index in indexes))

    def action_move(self, by: int) -> None:
        """Go up or down."""
        self.move_to(self.cursor + by)

    def action_page(self, by: int) -> None:
        """Go a page up or down."""
        height = max(self.size.height - 1, 1)
        self.top = max(0, min(self.top + by * height, len(self.rows) - self.size.height))
        self.refresh()
        self.move_to(self.cursor + by * height)

    def action_first(self) -> None:
        """Go to the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """Go to the last row."""
        self.move_to(len(self.rows) - 1)

    # marks

    def toggle_mark(self) -> None:
        """Mark the row or take its mark away, and go on to the next."""
        if self.current is None:
            return
        self.marked ^= {self.key(self.current)}
        self.paint_rows(self.cursor)
        self.action_move(1)

    def clear_marks(self) -> None:
        """Take all marks away."""
        self.marked.clear()
        self.refresh()

    # mouse, for those who want it

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; a second click opens."""
        index = self.top + event.y
        if index == self.cursor and event.chain > 1:
            self.post_message(self.Chosen(self))
        elif index < len(self.rows):
            self.move_to(index)

    def on_mouse_scroll_down(self) -> None:
        """Go on."""
        self.action_move(WHEEL)

    def on_mouse_scroll_up(self) -> None:
        """Go back."""
        self.action_move(-WHEEL)
