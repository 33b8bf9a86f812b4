"""The events behind a number: a list of them, and each at length."""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from eventstore import Recorded
from mgtui.language import N_, _
from mgtui.tui.eventlines import at_length, draw, title
from mgtui.tui.frame import OfficeScreen, Title
from mgtui.tui.keys import Key, bindings
from mgtui.tui.pane import Pane
from mgtui.tui.window import WindowList

#: (anchor, whether newer ones are wanted) -> events from there on
Behind = Callable[[int | None, bool], Any]


class EventsScreen(OfficeScreen):
    """Events, the newest first, as far back as one goes."""

    KEYS: ClassVar[Sequence[Key]] = (
        Key("events.back", "escape,backspace,q", "back", N_("back"), N_("back to the figures")),
        Key("events.card", "enter", "card", N_("why"), N_("the decision card of the mail or contact")),
        Key("events.raw", "e", "raw", N_("raw"), N_("the mail as it came")),
        Key("events.more", "J", "scroll_details(3)", "", N_("details down")),
        Key("events.less", "K", "scroll_details(-3)", "", N_("details up")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEYS)]

    def __init__(self, name: str, told: str, behind: Behind) -> None:
        super().__init__()
        self._name_told, self._told, self._behind = name, told, behind

    def body(self) -> Sequence[Widget]:
        """Give the list and the event under the cursor."""
        self._title, self._about = Title(), Title()
        self._list = WindowList(self._fetch, draw, lambda event: event.position, _("nothing is behind it"))
        self._pane = Pane(can_focus=False)
        events = Container(self._title, self._list, classes="first")
        return (Container(events, Container(self._about, self._pane, classes="second"), classes="split"),)

    def on_mount(self) -> None:
        """Load the list."""
        self._title.say(((self._name_told, "strong"),), self._told)
        self.set_focus(self._list)
        self._list.load()

    def _fetch(self, anchor: Any, backwards: bool, limit: int) -> list[Recorded]:
        if backwards and anchor is None:  # the oldest ones
            return list(islice(self._behind(0, True), limit))[::-1]
        found = list(islice(self._behind(anchor, backwards), limit))
        return found[::-1] if backwards else found

    def on_listing_moved(self) -> None:
        """Tell the event under the cursor."""
        event = self._list.current
        if event is not None:
            self._about.say(title(event))
            self._pane.show(lambda width: at_length(event, width))

    def action_scroll_details(self, by: int) -> None:
        """Move the details."""
        self._pane.action_scroll_by(by)

    async def on_listing_chosen(self) -> None:
        """Open the card of what the event is about."""
        event = self._list.current
        if event is None:
            return
        mail_id = event.data.get("mail_id")
        if isinstance(mail_id, str) and mail_id:
            await self.screens.show_card(mail_id, "mail")
        else:
            await self.screens.show_card(event.stream.partition("-")[2], event.category)

    async def action_card(self) -> None:
        """Open the card of what the event is about."""
        await self.on_listing_chosen()

    async def action_raw(self) -> None:
        """Show the mail as it came."""
        event = self._list.current
        if event is not None and isinstance(event.data.get("mail_id"), str):
            await self.screens.show_raw(event.data["mail_id"])

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()
