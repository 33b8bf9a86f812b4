"""The decision card: what happened to a mail or a contact, in order, with evidence and who."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from eventstore import Recorded
from mgtui.language import N_, _, counted
from mgtui.tui.background import in_background
from mgtui.tui.frame import OfficeScreen, Title
from mgtui.tui.keys import UNDO, Key, bindings
from mgtui.tui.paint import Line, field
from mgtui.tui.pane import Pane
from mgtui.tui.telling import card_lines

#: category of a stream -> what a person calls it
SUBJECTS = {
    "mail": N_("mail"),
    "contact": N_("contact"),
    "grabber": N_("grabber"),
    "ruleset": N_("ruleset"),
    "action": N_("notice"),
    "brake": N_("brake"),
    "source": N_("source"),
}


class CardScreen(OfficeScreen):
    """Everything that is known of one thing; grows while it is open."""

    KEYS: ClassVar[Sequence[Key]] = (
        Key("card.back", "escape,backspace,enter,q", "back", N_("back"), N_("back to the list")),
        Key(
            "card.raw", "e", "raw", N_("raw"), N_("the mail as it came, with the lines the verdict rests on")
        ),
        Key("card.headers", "o", "headers", N_("headers"), N_("the mail's header")),
        UNDO,
        Key("card.copy", "y", "copy", "", N_("copy the id to your own clipboard (OSC 52)")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEYS)]

    def __init__(self, subject: str, category: str) -> None:
        super().__init__()
        self._subject, self._category = subject, category

    def body(self) -> Sequence[Widget]:
        """Give the title and the text."""
        self._title, self._pane = Title(), Pane()
        return self._title, self._pane

    def on_mount(self) -> None:
        """Read the story."""
        self.set_focus(self._pane)
        self._read()

    def _read(self) -> None:
        in_background(self, "story", self._story, self._show)

    def _story(self) -> list[Recorded]:
        if self._category in ("mail", "contact"):
            return self.office.ask.story(self._subject)
        stream = f"{self._category}-{self._subject}"
        return list(self.office.store.read_stream(stream, backwards=True, limit=200))[::-1]

    def _show(self, story: list[Recorded]) -> None:
        subject = next(
            (
                event.data.get("subject") or event.data.get("name")
                for event in story[::-1]
                if event.data.get("subject") or event.data.get("name")
            ),
            "",
        )
        self._title.say(
            (
                (_("Why"), "strong"),
                (f"  {_(SUBJECTS.get(self._category, self._category))} {self._subject}", "accent"),
                (f"  {subject}", ""),
            ),
            counted(len(story), "{} event", "{} events"),
        )

        def lines(width: int) -> list[Line]:
            return card_lines(story, width) or field("", _("nothing is known of it"), width, "dim")

        self._pane.show(lines, self._pane.top)

    def news(self, events: Sequence[Recorded]) -> None:
        """Read again when something happened to it."""
        if any(
            self._subject in (event.stream.partition("-")[2], event.data.get("mail_id")) for event in events
        ):
            self._read()

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()

    async def action_raw(self) -> None:
        """Show the mail as it came."""
        if self._category == "mail":
            await self.screens.show_raw(self._subject)

    async def action_headers(self) -> None:
        """Show the mail's header."""
        if self._category == "mail":
            await self.screens.show_raw(self._subject, headers_only=True)

    def action_copy(self) -> None:
        """Copy the id."""
        self.screens.copy(self._subject)
