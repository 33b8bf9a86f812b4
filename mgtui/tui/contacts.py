"""Contacts: search as one types, and a card of the one under the cursor."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from eventstore import Recorded
from mgtui.commands import LiftSuppression, Outcome, SuppressAddress
from mgtui.language import N_, _, counted
from mgtui.questions import Row
from mgtui.tui.ahead import Ahead
from mgtui.tui.background import in_background
from mgtui.tui.contact_card import contact_lines, draw
from mgtui.tui.frame import OfficeScreen, Title
from mgtui.tui.keys import UNDO, Key, bindings
from mgtui.tui.paint import Ink, Line
from mgtui.tui.pane import Pane
from mgtui.tui.window import WindowList

#: events that change how a contact stands in the list, or whether it does
LISTED = {
    "ContactImported",
    "ContactChanged",
    "ContactVanished",
    "AddressRemembered",
    "AddressForgotten",
    "DataErased",
}


class ContactsScreen(OfficeScreen):
    """All contacts by name, narrowed by what is typed."""

    KEYS: ClassVar[Sequence[Key]] = (
        Key(
            "contact.search",
            "slash",
            "search",
            N_("search"),
            N_("search by name, address or number as you type"),
        ),
        Key(
            "contact.card",
            "enter",
            "card",
            N_("history"),
            N_("everything that happened to the contact, in order"),
        ),
        Key(
            "contact.why",
            "w",
            "why",
            N_("why stopped"),
            N_("the mail that a suppression rests on, with its evidence"),
        ),
        Key(
            "contact.letters",
            "f",
            "letters",
            N_("letters"),
            N_("the contact's letters, and their attachments"),
        ),
        Key(
            "contact.suppress",
            "s",
            "suppress",
            N_("suppress"),
            N_("send nothing more to one of the addresses"),
        ),
        Key(
            "contact.lift",
            "l",
            "lift",
            N_("lift"),
            N_("lift a suppression: the address may be written to again"),
        ),
        UNDO,
        Key("contact.copy", "y", "copy", "", N_("copy the first address to your own clipboard (OSC 52)")),
        Key("contact.more", "J", "scroll_card(3)", "", N_("card down")),
        Key("contact.less", "K", "scroll_card(-3)", "", N_("card up")),
        Key("contact.clear", "escape", "clear", "", N_("all contacts again")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEYS)]

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._total = 0
        self._shown: Row | None = None
        self._stale = False

    def body(self) -> Sequence[Widget]:
        """Give the list and the card."""
        self._title, self._card_title = Title(), Title()
        self._list = WindowList(
            self._fetch, draw, lambda contact: (contact["name"], contact["contact_id"]), _("no contact fits")
        )
        self._pane = Pane(can_focus=False)
        self._ahead = Ahead(
            self, self._list, lambda row: self.office.ask.contact(row["contact_id"]), self._show
        )
        list_, card = (
            Container(self._title, self._list, classes="first"),
            Container(self._card_title, self._pane, classes="second"),
        )
        return (Container(list_, card, classes="split"),)

    def on_mount(self) -> None:
        """Load the list."""
        self.set_focus(self._list)
        self._text = str(self.screens.memory.of("contacts").get("filter", ""))
        self._list.load()
        in_background(self, "total", self.office.ask.contact_count, self._counted)

    def on_screen_resume(self) -> None:
        """See what changed while another screen was shown."""
        if self._list.rows:
            self._list.reload()

    def _fetch(self, anchor: Any, backwards: bool, limit: int) -> list[Row]:
        return self.office.ask.contacts_page(self._text, anchor, backwards, limit)

    def _counted(self, total: int) -> None:
        self._total = total
        self._retitle()

    def _retitle(self) -> None:
        left: list[tuple[str, Ink]] = [(_("Contacts"), "strong")]
        if self._text:
            left.append((f"  {_('search: {text}').format(text=self._text)}", "accent"))
        self._title.say(tuple(left), counted(self._total, "{} contact", "{} contacts"))

    def news(self, events: Sequence[Recorded]) -> None:
        """Show the card anew when something happened to its contact."""
        here = self._list.current
        if any("contact_id" in event.data for event in events):
            self._ahead.forget()
        if here is not None and any(event.data.get("contact_id") == here["contact_id"] for event in events):
            self.on_listing_moved()
        changed = any(event.type in LISTED for event in events)
        if changed and not self._stale:
            self._stale = True
            self.set_timer(0.5, self._look_again)

    def _look_again(self) -> None:
        self._stale = False
        self._list.reload()
        in_background(self, "total", self.office.ask.contact_count, self._counted)

    # the card

    def on_listing_moved(self) -> None:
        """Show the card of the contact under the cursor."""
        here = self._list.current
        if here is None:
            self._shown = None
            self._card_title.say(())
            self._pane.show(lambda _width: ())
            return
        self._ahead.look()

    def _show(self, contact: Row | None) -> None:
        self._shown = contact
        if contact is None:
            return
        left: Line = ((contact["name"], "strong"), (f"  {contact['contact_id']}", "accent"))
        self._card_title.say(left)
        today = self.office.today()
        self._pane.show(lambda width: contact_lines(contact, today, width))

    def action_scroll_card(self, by: int) -> None:
        """Move the card."""
        self._pane.action_scroll_by(by)

    async def on_listing_chosen(self) -> None:
        """Open the history."""
        if self._list.current is not None:
            await self.screens.show_card(self._list.current["contact_id"], "contact")

    async def action_card(self) -> None:
        """Open the history."""
        await self.on_listing_chosen()

    async def action_why(self) -> None:
        """Open the card of the mail that the newest suppression rests on; one by hand is in the history."""
        standing = self._shown["suppressions"] if self._shown else []
        if not standing:
            self.say(_("nothing is suppressed at this contact"), "warn")
            return
        mail_id = standing[-1]["mail_id"]
        if mail_id:
            await self.screens.show_card(mail_id, "mail")
        else:
            await self.on_listing_chosen()

    async def action_letters(self) -> None:
        """List the contact's letters."""
        if self._list.current is not None:
            from mgtui.tui.letters import LettersScreen

            await self.app.push_screen(LettersScreen(self._list.current))

    def action_copy(self) -> None:
        """Copy the first address."""
        if self._list.current is not None and self._list.current["addresses"]:
            self.screens.copy(self._list.current["addresses"][0])

    # search

    async def action_search(self) -> None:
        """Ask for words."""
        await self.ask_filter(self._text, self._narrow, self._list)

    def action_clear(self) -> None:
        """Show all contacts."""
        if self._text:
            self._narrow("")

    def _narrow(self, text: str) -> None:
        self._text = text.strip()
        self.screens.memory.keep("contacts", filter=self._text)
        self._list.load()
        self._retitle()

    # suppressing, and lifting a suppression

    async def action_suppress(self) -> None:
        """Ask which address, how long and why."""
        if self._shown is None or not self._shown["addresses"]:
            self.say(_("this contact has no address"), "warn")
            return
        from mgtui.tui.suppress import SuppressDialog

        def suppress(command: SuppressAddress | None) -> None:
            if command is not None:
                in_background(self, "act", lambda: self.office.execute(command), self._lifted)

        await self.app.push_screen(SuppressDialog(self.office, self._shown["addresses"]), suppress)

    async def action_lift(self) -> None:
        """Ask which suppression to lift, and why."""
        standing = self._shown["suppressions"] if self._shown else []
        if not standing:
            self.say(_("nothing is suppressed at this contact"), "warn")
            return
        from mgtui.tui.lift import LiftDialog

        def lift(choice: tuple[str, str] | None) -> None:
            if choice is not None:
                command = LiftSuppression(*choice)
                in_background(self, "act", lambda: self.office.execute(command), self._lifted)

        await self.app.push_screen(LiftDialog([row["address"] for row in standing]), lift)

    def _lifted(self, outcome: Outcome) -> None:
        self.say(outcome.text, "good" if outcome.done else "bad")
        self._ahead.forget()
        self.on_listing_moved()
