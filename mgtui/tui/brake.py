"""A brake explained: why decisions wait, how many, whose; and what can be done with all of them."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from mgtui.application import Application
from mgtui.language import N_, _, counted
from mgtui.questions import Row
from mgtui.tui.background import in_background
from mgtui.tui.details import brake_lines
from mgtui.tui.dialog import Dialog
from mgtui.tui.keys import Key, bindings
from mgtui.tui.paint import Line, field
from mgtui.tui.pane import Pane

SAMPLE = 5  #: mails named as examples
RELEASE = Key(
    "brake.release",
    "l",
    "choose('release')",
    N_("let all through"),
    N_("lets them all through: each is decided as the rules say"),
)
DROP = Key(
    "brake.drop", "d", "choose('drop')", N_("drop all"), N_("drops them all: none of these bounces counts")
)


class BrakeDialog(Dialog[str]):
    """Gives "release", "drop" or None."""

    KEYS: ClassVar[Sequence[Key]] = (RELEASE, DROP)
    HINTS: ClassVar[Sequence[Key | tuple[str, str]]] = (*KEYS, (N_("esc"), N_("leave them waiting")))
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEYS)]
    DEFAULT_CSS = """
    BrakeDialog Pane { height: 12; margin: 1 0; }
    """

    def __init__(self, office: Application, item: Row) -> None:
        super().__init__()
        self._office, self._item = office, item

    def body(self) -> Sequence[Widget]:
        """Give the explanation."""
        self._pane = Pane()
        return (self._pane,)

    def on_mount(self) -> None:
        """Explain, first with what is known already."""
        held = self._item["held"]
        waiting = counted(held, "{} decision waits", "{} decisions wait")
        self._title.say(((_("The brake is on"), "strong"), (f"  {waiting}", "warn")))
        self.set_focus(self._pane)
        self._show([])
        in_background(self, "sample", self._sample, self._show)

    def _sample(self) -> list[str]:
        """Name the recipients of a few mails that wait."""
        found = []
        for mail_id in self._office.ask.held(self._item["mail_id"], SAMPLE):
            mail = self._office.classified(mail_id)
            found += (
                [one.original_recipient or one.recipient or "" for one in mail.recipients] if mail else []
            )
        return [address for address in dict.fromkeys(found) if address][:SAMPLE]

    def _show(self, sample: list[str]) -> None:
        keymap = self.screens.keymap
        release, drop = (keymap.sign(key.id, key.keys) for key in self.KEYS)

        def lines(width: int) -> list[Line]:
            told = brake_lines(self._item, width, release, drop)
            more = "" if len(sample) >= self._item["held"] else ", …"
            return told + (field(_("such as"), ", ".join(sample) + more, width, "dim") if sample else [])

        self._pane.show(lines)

    def action_choose(self, choice: str) -> None:
        """Leave with what is to be done."""
        self.dismiss(choice)
