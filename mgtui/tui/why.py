"""Asking why, before something is done that says itself what follows."""

from collections.abc import Sequence
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import Input

from mgtui.language import N_, _
from mgtui.tui.dialog import Dialog
from mgtui.tui.paint import field, plain
from mgtui.tui.pane import Pane


class WhyDialog(Dialog[str]):
    """Gives a reason, which may be empty, or None."""

    HINTS: ClassVar[Sequence[tuple[str, str]]] = ((N_("enter"), N_("do it")), (N_("esc"), N_("leave")))
    DEFAULT_CSS = """
    WhyDialog Pane { height: 3; margin: 1 0; }
    """

    def __init__(self, title: str, follows: str) -> None:
        super().__init__()
        self._heading, self._follows = title, follows

    def body(self) -> Sequence[Widget]:
        """Give what follows, and a box for the reason."""
        self._pane = Pane(can_focus=False)
        self._box = Input(placeholder=plain(_("why? may be left empty")), compact=True)
        self._box.cursor_blink = False
        return self._pane, self._box

    def on_mount(self) -> None:
        """Say what follows."""
        self._title.say(((self._heading, "strong"),))
        self._pane.show(lambda width: field("", self._follows, width, indent=2))
        self.set_focus(self._box)

    def on_input_submitted(self) -> None:
        """Do it."""
        self.dismiss(self._box.value.strip())
