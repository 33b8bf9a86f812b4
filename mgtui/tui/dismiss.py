"""Dismissing an item: a reason by digit, or in words."""

from collections.abc import Sequence
from typing import ClassVar

from textual.widget import Widget

from mgtui.language import N_, _, counted
from mgtui.tui.dialog import Dialog
from mgtui.tui.digits import DigitInput
from mgtui.tui.paint import Line
from mgtui.tui.pane import Pane
from projections.reviews import BRAKE

#: queue -> reasons that come up again and again
REASONS = {
    "bounces": (
        N_("no contact of ours"),
        N_("spam or forged"),
        N_("address corrected by hand"),
        N_("temporary, nothing to do"),
        N_("seen to by phone"),
        N_("sent by post"),
    ),
    "imports": (
        N_("advertising"),
        N_("not for us"),
        N_("internal"),
        N_("answered by phone"),
        N_("filed elsewhere"),
    ),
    BRAKE: (
        N_("a fault of ours"),
        N_("a fault of the provider's"),
        N_("our own test"),
    ),
}


class DismissDialog(Dialog[str]):
    """Gives a reason or None."""

    HINTS: ClassVar[Sequence[tuple[str, str]]] = (
        ("1-9", N_("dismiss so")),
        (N_("enter"), N_("dismiss as typed")),
        (N_("esc"), N_("leave")),
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
        self._box = DigitInput(_("or another reason, in your words"))
        return self._pane, self._box

    def on_mount(self) -> None:
        """Show the choices."""
        if self._held:
            drop = counted(self._held, "Drop {} decision", "Drop {} decisions")
            self._title.say(((drop, "strong"),), _("none of these bounces counts"))
            return self._choose()
        what = _("Dismiss item {item}").format(item=self._items[0])
        if len(self._items) > 1:
            what = counted(len(self._items), "Dismiss {} item", "Dismiss {} items")
        self._title.say(((what, "strong"),), _("it leaves the list; nothing else follows"))
        return self._choose()

    def _choose(self) -> None:
        self._pane.show(self._choices)
        self.set_focus(self._box)

    def _choices(self, _width: int) -> list[Line]:
        return [
            ((f"  {number}  ", "accent"), (_(reason), ""))
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
