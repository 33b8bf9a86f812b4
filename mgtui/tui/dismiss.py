"""Dismissing an item: a reason by digit, or in words."""

from collections.abc import Sequence
from typing import ClassVar

from textual.widget import Widget

from mgtui.tui.dialog import Dialog
from mgtui.tui.digits import DigitInput
from mgtui.tui.paint import Line
from mgtui.tui.pane import Pane
from mgtui.tui.telling import counted
from projections.reviews import BRAKE

#: queue -> reasons that come up again and again
REASONS = {
    "bounces": (
        "no contact of ours",
        "spam or forged",
        "address corrected by hand",
        "temporary, nothing to do",
        "seen to by phone",
    ),
    "imports": (
        "advertising",
        "not for us",
        "internal",
        "answered by phone",
        "filed elsewhere",
    ),
    BRAKE: (
        "a fault of ours",
        "a fault of the provider's",
        "our own test",
    ),
}


class DismissDialog(Dialog[str]):
    """Gives a reason or None."""

    HINTS: ClassVar[Sequence[tuple[str, str]]] = (
        ("1-5", "dismiss so"),
        ("enter", "dismiss as typed"),
        ("esc", "leave"),
    )
    DEFAULT_CSS = """
    DismissDialog Pane { height: 7; margin: 1 0; }
    """

    def __init__(self, queue: str, items: Sequence[int], held: int = 0) -> None:
        super().__init__()
        self._reasons, self._items, self._held = REASONS[queue], items, held

    def body(self) -> Sequence[Widget]:
        """Give the reasons and a box for another one."""
        self._pane = Pane(can_focus=False)
        self._box = DigitInput(placeholder="or another reason, in your words", compact=True)
        return self._pane, self._box

    def on_mount(self) -> None:
        """Show the choices."""
        what = f"{len(self._items)} items" if len(self._items) > 1 else f"item {self._items[0]}"
        if self._held:
            drop = f"Drop {counted(self._held, 'decision')}"
            self._title.say(((drop, "strong"),), "none of these bounces counts")
        else:
            self._title.say(((f"Dismiss {what}", "strong"),), "it leaves the list; nothing else follows")
        self._pane.show(self._choices)
        self.set_focus(self._box)

    def _choices(self, _width: int) -> list[Line]:
        return [
            ((f"  {number}  ", "accent"), (reason, ""))
            for number, reason in enumerate(self._reasons, start=1)
        ]

    def on_digit_input_picked(self, event: DigitInput.Picked) -> None:
        """Dismiss with a reason of the list."""
        if event.digit <= len(self._reasons):
            self.dismiss(self._reasons[event.digit - 1])

    def on_input_submitted(self) -> None:
        """Dismiss with the reason typed."""
        if self._box.value.strip():
            self.dismiss(self._box.value.strip())
