"""What other rules would decide on the mails of the log: which file, and the mails that would end otherwise."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Input

from mgtui.application import Application
from mgtui.faults import fault_in_words
from mgtui.language import N_, _, figures
from mgtui.rules import LoadedRules
from mgtui.settings import SettingsError
from mgtui.tui.background import in_background
from mgtui.tui.dialog import Dialog
from mgtui.tui.frame import OfficeScreen, Title
from mgtui.tui.keys import Key, bindings
from mgtui.tui.listing import Listing
from mgtui.tui.paint import Line, field
from mgtui.tui.pane import Pane
from mgtui.tui.rule_card import difference_line, difference_lines
from mgtui.whatif import Difference

MOST = 5000  #: differences held


class Left(Exception):
    """The screen was left while the log was gone through."""


class FileDialog(Dialog[LoadedRules]):
    """Gives rules that were read from a file and are sound, or None."""

    HINTS: ClassVar[Sequence[Key | tuple[str, str]]] = (
        (N_("enter"), N_("show what differs")),
        (N_("esc"), N_("leave")),
    )
    DEFAULT_CSS = """
    FileDialog Pane { height: 5; margin: 1 0; }
    """

    def __init__(self, office: Application, file: str) -> None:
        super().__init__()
        self._office, self._file = office, file

    def body(self) -> Sequence[Widget]:
        """Give what is meant, and a box for the path."""
        self._pane = Pane(can_focus=False)
        self._box = Input(self._file, compact=True, select_on_focus=False)
        self._box.cursor_blink = False
        return self._pane, self._box

    def on_mount(self) -> None:
        """Say what is asked."""
        self._title.say(((_("What would other rules have decided?"), "strong"),))
        told = _(
            "Every mail of the log is decided anew in memory, by the rules of this file. Nothing is changed: "
            "rules come in force where the configuration names them."
        )
        self._pane.show(lambda width: field("", told, width, indent=2))
        self.set_focus(self._box)

    def on_input_submitted(self) -> None:
        """Read the file, and say what is wrong with it."""
        path = Path(self._box.value.strip()).expanduser()

        def read() -> LoadedRules | str:
            try:
                return self._office.read_rules(path)
            except SettingsError as error:
                return fault_in_words(str(error))

        in_background(self, "file", read, self._took)

    def _took(self, found: LoadedRules | str) -> None:
        if isinstance(found, LoadedRules):
            self.dismiss(found)
        else:
            self._pane.show(lambda width: field("✗", found, width, "bad", indent=4))


class WhatIfScreen(OfficeScreen):
    """The mails that other rules would decide otherwise."""

    KEYS: ClassVar[Sequence[Key]] = (
        Key(
            "whatif.back",
            "escape,backspace,q",
            "back",
            N_("back"),
            N_("back to the rules; nothing is changed"),
        ),
        Key("whatif.card", "enter", "card", N_("why"), N_("how the mail was decided")),
        Key("whatif.raw", "e", "raw", N_("raw"), N_("the mail as it came")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEYS)]

    def __init__(self, rules: LoadedRules) -> None:
        super().__init__()
        self._rules, self._gone, self._far = rules, False, 0

    def body(self) -> Sequence[Widget]:
        """Give the list and the mail at hand."""
        self._title, self._about = Title(), Title()
        self._list = Listing(difference_line, lambda one: one.mail_id)
        self._pane = Pane(can_focus=False)
        mails = Container(self._title, self._list, classes="first")
        return (Container(mails, Container(self._about, self._pane, classes="second"), classes="split"),)

    def on_mount(self) -> None:
        """Go through the log."""
        self.set_focus(self._list)
        self._say(_("going through the log …"))
        self._look = self.set_interval(
            0.5, lambda: self._say(f"{figures(self._far)} / {figures(self.screens.head)}")
        )
        in_background(self, "differences", self._differences, self._show, self._look.stop)

    def on_unmount(self) -> None:
        """Stop going through the log."""
        self._gone = True

    def _heard(self, position: int) -> None:
        self._far = position
        if self._gone:
            raise Left

    def _differences(self) -> list[Difference]:
        try:
            return list(islice(self.office.what_if(self._rules, self._heard), MOST))
        except Left:
            return []

    def _show(self, found: list[Difference]) -> None:
        self._look.stop()
        self._list.empty = _("No mail of the log would be decided otherwise.")
        self._list.show(found)
        more = "+" if len(found) == MOST else ""
        self._say(
            _("{number} mails would be decided otherwise").format(number=f"{figures(len(found))}{more}")
        )

    def _say(self, right: str) -> None:
        left: Line = ((_("What if"), "strong"), (f"  {_('nothing is changed')}", "warn"))
        self._title.say((*left, (f"  {self._rules.source}", "accent")), right)

    def on_listing_moved(self) -> None:
        """Tell the mail under the cursor."""
        here = self._list.current
        if here is not None:
            self._about.say(((f"#{here.position}", "strong"), (f"  {here.mail_id}", "accent")))
            self._pane.show(lambda width: difference_lines(here, width))

    async def on_listing_chosen(self) -> None:
        """Show how the mail was decided."""
        if self._list.current is not None:
            await self.screens.show_card(self._list.current.mail_id, "mail")

    async def action_card(self) -> None:
        """Show how the mail was decided."""
        await self.on_listing_chosen()

    async def action_raw(self) -> None:
        """Show the mail as it came."""
        if self._list.current is not None:
            await self.screens.show_raw(self._list.current.mail_id)

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()
