"""A brake explained: why decisions wait, how many, whose; and what can be done with all of them."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from mgtui.application import Application
from mgtui.language import N_, _, counted
from mgtui.questions import Row
from mgtui.tui.background import in_background
from mgtui.tui.details import brake_lines
from mgtui.tui.dialog import Dialog
from mgtui.tui.paint import Line, field
from mgtui.tui.pane import Pane

SAMPLE = 5  #: mails named as examples


class BrakeDialog(Dialog[str]):
    """Gives "release", "drop" or None."""

    HINTS: ClassVar[Sequence[tuple[str, str]]] = (
        ("l", N_("let all through")),
        ("d", N_("drop all")),
        (N_("esc"), N_("leave them waiting")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "choose('release')", "let all through", show=False),
        Binding("d", "choose('drop')", "drop all", show=False),
    ]
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
        def lines(width: int) -> list[Line]:
            told = brake_lines(self._item, width)
            more = "" if len(sample) >= self._item["held"] else ", …"
            return told + (field(_("such as"), ", ".join(sample) + more, width, "dim") if sample else [])

        self._pane.show(lines)

    def action_choose(self, choice: str) -> None:
        """Leave with what is to be done."""
        self.dismiss(choice)
