"""The keys of a screen, told."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from mgtui.tui.dialog import Dialog
from mgtui.tui.keys import MOVING, Key, sign_of, with_common
from mgtui.tui.paint import Line, field
from mgtui.tui.pane import Pane

SIGNS_TOLD = (
    ("▌ ●", "the cursor; a mark"),
    ("✓ ✗", "done or well; failed"),
    ("? !", "waits for a person; something was stopped"),
    ("↓ → ·", "fetched; moved; read"),
    ("◆", "a line that a verdict rests on"),
)


class HelpScreen(Dialog[None]):
    """What each key does here; any of ?, q, enter and escape leaves."""

    HINTS: ClassVar[Sequence[tuple[str, str]]] = (("j k", "down, up"), ("esc", "leave"))
    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,q,enter", "leave", "leave", show=False)]
    DEFAULT_CSS = """
    HelpScreen #box { height: 95%; max-width: 84; }
    """

    def __init__(self, below: Any) -> None:
        super().__init__()
        self._keys: Sequence[Key] = getattr(below, "KEYS", ())

    def body(self) -> Sequence[Widget]:
        """Give the text."""
        self._pane = Pane()
        return (self._pane,)

    def on_mount(self) -> None:
        """Tell the keys."""
        self._title.say((("Keys", "strong"),))
        self._pane.show(self._lines)
        self.set_focus(self._pane)

    def _lines(self, width: int) -> list[Line]:
        lines: list[Line] = [(("  on this screen", "strong"),)]
        for key in self._keys:
            lines += field(" ".join(map(sign_of, key.keys.split(","))), key.help, width, indent=20)
        lines += [((" ", ""),), (("  in lists and texts", "strong"),)]
        for keys, does in MOVING:
            lines += field(keys, does, width, indent=20)
        lines += [((" ", ""),), (("  everywhere", "strong"),)]
        for key in with_common(self._keys)[len(self._keys) :]:
            lines += field(" ".join(map(sign_of, key.keys.split(","))), key.help, width, indent=20)
        lines += [((" ", ""),), (("  signs", "strong"),)]
        for signs, means in SIGNS_TOLD:
            lines += field(signs, means, width, indent=20)
        return lines
