"""A box to type in whose digits pick from a list, as long as nothing was typed."""

from textual import events
from textual.message import Message
from textual.widgets import Input

from mgtui.tui.paint import plain


class DigitInput(Input):
    """An input that hands on a digit when it is empty."""

    class Picked(Message):
        """A digit from 1 to 9 was pressed in the empty box."""

        def __init__(self, digit: int) -> None:
            super().__init__()
            self.digit = digit

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder=plain(placeholder), compact=True)

    def on_mount(self) -> None:
        """Let the cursor stand still: nothing is sent to a terminal where nothing happens."""
        self.cursor_blink = False

    def on_key(self, event: events.Key) -> None:
        """Catch the digit before it is typed."""
        digit = event.character or ""
        if not self.value and len(digit) == 1 and digit in "123456789":
            event.stop()
            event.prevent_default()
            self.post_message(self.Picked(int(digit)))
