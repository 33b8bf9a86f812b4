"""Lifting a suppression: which address, and why."""

from collections.abc import Sequence
from typing import ClassVar

from textual.widget import Widget

from mgtui.language import N_, _
from mgtui.tui.dialog import Dialog
from mgtui.tui.digits import DigitInput
from mgtui.tui.listing import Listing

REASON = N_("works again, says the contact")


class LiftDialog(Dialog[tuple[str, str]]):
    """Gives (address, why) or None."""

    HINTS: ClassVar[Sequence[tuple[str, str]]] = (
        ("1-9", N_("pick")),
        (N_("enter"), N_("lift")),
        (N_("esc"), N_("leave")),
    )
    DEFAULT_CSS = """
    LiftDialog Listing { height: 5; margin: 1 0; }
    """

    def __init__(self, addresses: Sequence[str]) -> None:
        super().__init__()
        self._addresses = addresses

    def body(self) -> Sequence[Widget]:
        """Give the addresses and a box for the reason."""
        self._list = Listing(
            lambda row, _width: ((f"{self._addresses.index(row) + 1}  ", "accent"), (row, "")),
            lambda row: row,
        )
        self._list.can_focus = False
        hint = _("why? enter alone means: {reason}").format(reason=_(REASON))
        self._box = DigitInput(hint)
        return self._list, self._box

    def on_mount(self) -> None:
        """Show the choices."""
        self._title.say(((_("Lift a suppression"), "strong"),), _("mail may go to the address again"))
        self._list.show(self._addresses)
        self.set_focus(self._box)

    def on_digit_input_picked(self, event: DigitInput.Picked) -> None:
        """Choose by number."""
        self._list.move_to(event.digit - 1)

    def on_input_submitted(self) -> None:
        """Lift."""
        if self._list.current is not None:
            self.dismiss((self._list.current, self._box.value.strip() or REASON))
