"""The line at the bottom where one types what a list should be narrowed to."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Label


class FilterBox(Horizontal):
    """Narrows as one types; enter keeps it, escape takes it away. Either way the line goes again."""

    DEFAULT_CSS = """
    FilterBox { height: 1; dock: bottom; margin-bottom: 1; background: $surface; }
    FilterBox Label { width: auto; color: $ink-accent; padding: 0 0 0 1; }
    FilterBox Input { border: none; height: 1; padding: 0; background: $surface; width: 1fr; }
    FilterBox Input:focus { border: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave(False)", show=False),
        Binding("down", "leave(True)", show=False),
    ]

    def __init__(self, text: str, typed: Callable[[str], None], back: Widget) -> None:
        super().__init__()
        self.box = Input(text, compact=True, select_on_focus=False)
        self.box.cursor_blink = False
        self._typed, self._back = typed, back

    def compose(self) -> ComposeResult:
        """Give a sign and the box."""
        yield Label("/")
        yield self.box

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow."""
        event.stop()
        self._typed(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep it."""
        event.stop()
        self.action_leave(True)

    def action_leave(self, keep: bool) -> None:
        """Go back to the list, with the filter or without."""
        if not keep:
            self._typed("")
        self.screen.set_focus(self._back)
        self.remove()
