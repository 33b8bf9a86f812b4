"""Going to a place of the log: a position, or a day."""

from collections.abc import Sequence
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import Input

from mgtui.language import N_, _
from mgtui.logbook import Logbook
from mgtui.tui.background import in_background
from mgtui.tui.dialog import Dialog
from mgtui.tui.paint import Line, field
from mgtui.tui.pane import Pane


class GotoDialog(Dialog[int]):
    """Gives a position or None."""

    HINTS: ClassVar[Sequence[tuple[str, str]]] = ((N_("enter"), N_("go there")), (N_("esc"), N_("leave")))
    DEFAULT_CSS = """
    GotoDialog Pane { height: 3; margin: 1 0; }
    """

    def __init__(self, book: Logbook) -> None:
        super().__init__()
        self._book = book

    def body(self) -> Sequence[Widget]:
        """Give what may be typed, and the box."""
        self._pane = Pane(can_focus=False)
        self._box = Input(placeholder=_("4711   2026-11-20   2026-11-20 14:30"), compact=True)
        self._box.cursor_blink = False
        return self._pane, self._box

    def on_mount(self) -> None:
        """Say what may be typed."""
        self._title.say(((_("Go to"), "strong"),))
        told = _("a position of the log, or a day, or a day and a time: the first event from then on")
        self._pane.show(lambda width: field("", told, width, indent=2))
        self.set_focus(self._box)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Find the place."""
        text = event.value
        in_background(self, "place", lambda: self._book.place_of(text), self._found)

    def _found(self, position: int | None) -> None:
        if position is not None:
            self.dismiss(position)
            return

        def lines(width: int) -> list[Line]:
            return field("✗", _("this is neither a position nor a day"), width, "bad", indent=4)

        self._pane.show(lines)
