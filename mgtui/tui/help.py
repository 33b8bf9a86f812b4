"""The keys of a screen, told."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from mgtui.language import N_, _
from mgtui.tui.dialog import Dialog
from mgtui.tui.keys import MOVES, Key, Keymap, with_common
from mgtui.tui.paint import Line, field
from mgtui.tui.pane import Pane

SIGNS_TOLD = (
    ("▌ ●", N_("the cursor; a mark")),
    ("✓ ✗", N_("done or well; failed")),
    ("? !", N_("waits for a person; something was stopped")),
    ("↓ → ·", N_("fetched; moved or sent; read")),
    ("‖ ▸ ←", N_("held by the brake; goes on; taken back")),
    ("◆", N_("a line that a verdict rests on")),
)


class HelpScreen(Dialog[None]):
    """What each key does here; any of ?, q, enter and escape leaves."""

    HINTS: ClassVar[Sequence[tuple[str, str]]] = (("j k", N_("down, up")), ("esc", N_("leave")))
    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,q,enter", "leave", "leave", show=False)]
    DEFAULT_CSS = """
    HelpScreen #box { height: 95%; max-width: 84; }
    """

    def __init__(self, below: Any, keymap: Keymap) -> None:
        super().__init__()
        self._own: Sequence[Key] = getattr(below, "KEYS", ())
        self._keymap = keymap

    def body(self) -> Sequence[Widget]:
        """Give the text."""
        self._pane = Pane()
        return (self._pane,)

    def on_mount(self) -> None:
        """Tell the keys."""
        self._title.say(((_("Keys"), "strong"),))
        self._pane.show(self._lines)
        self.set_focus(self._pane)

    def _lines(self, width: int) -> list[Line]:
        lines: list[Line] = [((f"  {_('on this screen')}", "strong"),)]
        keys = with_common(self._own, self._keymap)
        lines += self._told(keys[: len(self._own)], width)
        lines += [((" ", ""),), ((f"  {_('in lists and texts')}", "strong"),)]
        lines += self._told(self._keymap.of(MOVES), width)
        lines += [((" ", ""),), ((f"  {_('everywhere')}", "strong"),)]
        lines += self._told(keys[len(self._own) :], width)
        lines += [((" ", ""),), ((f"  {_('signs')}", "strong"),)]
        for signs, means in SIGNS_TOLD:
            lines += field(signs, _(means), width, indent=20)
        return lines

    def _told(self, keys: Sequence[Key], width: int) -> list[Line]:
        return [line for key in keys for line in field(key.all_shown, _(key.help), width, indent=20)]
