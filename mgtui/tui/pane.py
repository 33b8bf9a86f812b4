"""Text that scrolls: laid out once for a width, painted line by line."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.strip import Strip

from mgtui.language import counted
from mgtui.tui.inked import Inked
from mgtui.tui.keys import moves
from mgtui.tui.paint import INDENT, Line

#: width -> lines
Layout = Callable[[int], Sequence[Line]]


class Pane(Inked, can_focus=True):
    """Shows what a layout gives for its width."""

    DEFAULT_CSS = """
    Pane { height: 1fr; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *moves("scroll_by({})", "page({})", "scroll_by(-1000000)", "scroll_by(1000000)"),
        Binding("space", "page(1)", show=False),
    ]

    def __init__(self, *, id: str | None = None, can_focus: bool = True) -> None:
        super().__init__(id=id)
        self.can_focus = can_focus
        self._source: Layout = lambda _width: ()
        self._lines: Sequence[Line] = ()
        self.top = 0

    @property
    def lines(self) -> Sequence[Line]:
        """The lines as laid out for the width of the moment."""
        return self._lines

    def show(self, layout: Layout, top: int = 0) -> None:
        """Show something else."""
        self._source, self.top = layout, top
        self._lay_out()

    def on_resize(self) -> None:
        """Lay out for the new width."""
        self._lay_out()

    def _lay_out(self) -> None:
        self._lines = self._source(self.size.width) if self.size.width else ()
        self.top = max(0, min(self.top, len(self._lines) - self.size.height))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paint one line; the last one in sight says that there is more below."""
        at, width = self.top + y, self.size.width
        if at >= len(self._lines):
            return self.strip((), width)
        below = len(self._lines) - at - 1
        if below and y == self.size.height - 1:
            more = counted(below + 1, "{} more line", "{} more lines")
            return self.strip(((f"{'':{INDENT}}↓ {more}", "dim"),), width)
        return self.strip(self._lines[at], width)

    def action_scroll_by(self, by: int) -> None:
        """Move the text."""
        top = max(0, min(self.top + by, len(self._lines) - self.size.height))
        if top != self.top:
            self.top = top
            self.refresh()

    def action_page(self, by: int) -> None:
        """Move by what is in sight."""
        self.action_scroll_by(by * max(self.size.height - 2, 1))

    def on_mouse_scroll_down(self) -> None:
        """Go on."""
        self.action_scroll_by(3)

    def on_mouse_scroll_up(self) -> None:
        """Go back."""
        self.action_scroll_by(-3)
