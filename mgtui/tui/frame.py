"""What every screen has: the bar on top, the bar of keys, and a way to hear of news."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from eventstore import Recorded
from mgtui.application import Application
from mgtui.tui.bars import BottomBar, TopBar
from mgtui.tui.inked import Inked
from mgtui.tui.keys import Key, hints, with_common
from mgtui.tui.paint import Ink, Line, plain

if TYPE_CHECKING:
    from textual.strip import Strip

    from mgtui.tui.app import MgtuiApp


class Title(Inked):
    """A line over a list or a card: what it is on the left, how far one is on the right."""

    DEFAULT_CSS = """
    Title { height: 1; background: $surface; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left: Line = ()
        self._right = ""

    @property
    def is_said(self) -> bool:
        """Tell whether the line says anything yet."""
        return bool(self._left)

    def say(self, left: Line, right: str = "") -> None:
        """Change the line."""
        right = plain(right)
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def render_line(self, y: int) -> "Strip":
        """Paint the line."""
        from rich.cells import cell_len
        from textual.strip import Strip

        width = self.size.width
        # What it is stands whole, what else is said of it makes room.
        name = cell_len(self._left[0][0]) + 2 if self._left else 0
        tail = max(min(cell_len(self._right) + 2, width - name), 0)
        return Strip.join(
            [
                self.strip(((" ", ""), *self._left), width - tail),
                self.strip(((f" {self._right} ", "dim"),), tail),
            ]
        )


class Hears:
    """A screen or dialog that is told of events while it is shown."""

    def news(self, events: Sequence[Recorded]) -> None:
        """Hear of events."""


class OfficeScreen(Hears, Screen[None]):
    """A numbered screen."""

    KEYS: ClassVar[Sequence[Key]] = ()

    def __init__(self) -> None:
        super().__init__()
        # A screen gets its styles when it is mounted; Textual would work out those of all screens again for it.
        self._css_update_count = self.app._css_update_count

    @property
    def office(self) -> Application:
        """What the screens ask and command."""
        return self.screens.office

    @property
    def screens(self) -> "MgtuiApp":
        """The program on the terminal."""
        return cast("MgtuiApp", self.app)

    def compose(self) -> ComposeResult:
        """Put the bars around the body."""
        yield TopBar()
        yield from self.body()
        yield BottomBar(hints(with_common(self.KEYS, self.screens.keymap)))

    def body(self) -> Sequence[Widget]:
        """Give what stands between the bars."""
        raise NotImplementedError

    def say(self, text: str, ink: Ink = "") -> None:
        """Show a notice until the next key."""
        self.query_one(BottomBar).say(text, ink)

    def hush(self) -> None:
        """Take the notice away."""
        for bar in self.query(BottomBar):
            bar.hush()

    async def ask_filter(self, text: str, typed: Callable[[str], None], back: Widget) -> None:
        """Let a filter be typed in a line above the keys."""
        from mgtui.tui.filterbox import FilterBox

        box = FilterBox(text, typed, back)
        await self.mount(box, before=self.query_one(BottomBar))
        self.set_focus(box.box)

    async def action_undo(self) -> None:
        """Offer to take back one's own last act."""
        from mgtui.tui.undo import offer

        offer(self)

    def on_screen_resume(self) -> None:
        """Show the counts of now: those of another screen's time may still stand there."""
        for bar in self.query(TopBar):
            bar.refresh()

    def forget_drawn(self) -> None:
        """Let go of what was drawn: a screen that isn't shown needs only what it holds."""
        for widget in (self, *self.query(Widget)):
            if isinstance(widget, Inked):
                widget.forget_drawn()
            widget._styles_cache.clear()

    def counts_changed(self) -> None:
        """Show the counts anew."""
        for bar in self.query(TopBar):
            bar.refresh()
