"""Mailboxes: how each grabber does, in plain words; pausing it, letting it go on, having it fetch."""

import os
from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from eventstore import Recorded
from mgtui.commands import Command, FetchNow, Outcome, PauseGrabber, ResumeGrabber
from mgtui.grabbing import GrabberStatus
from mgtui.language import N_, _, counted
from mgtui.tui.background import in_background
from mgtui.tui.frame import OfficeScreen, Title
from mgtui.tui.keys import Key, bindings
from mgtui.tui.listing import Listing
from mgtui.tui.mailbox_card import STATES, Grabber, draw, lines
from mgtui.tui.paint import Ink, Line
from mgtui.tui.pane import Pane

LOOK = 2.0  #: seconds between two looks at who runs: a process that ends says nothing


class MailboxesScreen(OfficeScreen):
    """A line for each grabber, and all of one."""

    KEYS: ClassVar[Sequence[Key]] = (
        Key("mailbox.card", "enter", "card", N_("events"), N_("the newest events of the grabber")),
        Key("mailbox.pause", "p", "pause", N_("pause"), N_("pause it, or let it go on")),
        Key("mailbox.fetch", "f", "fetch", N_("fetch now"), N_("have it look for mail now")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEYS)]
    CSS = """
    MailboxesScreen Listing { height: 2fr; }
    MailboxesScreen Pane { height: 3fr; }
    """

    def body(self) -> Sequence[Widget]:
        """Give the list and what is told of one."""
        self._title, self._about = Title(), Title()
        self._told: list[Grabber] = []
        self._list = Listing(
            draw,
            lambda grabber: grabber.status.grabber,
            _("No mailbox was read yet: `mgtui grab` does, or `mgtui --grab`."),
        )
        self._pane = Pane(can_focus=False)
        return self._title, self._list, self._about, self._pane

    def on_mount(self) -> None:
        """Show what is known."""
        self.set_focus(self._list)
        self._ask()
        self.set_interval(LOOK, self._look)

    def on_screen_resume(self) -> None:
        """Show what changed meanwhile."""
        self._ask()

    def counts_changed(self) -> None:
        """Show the figures anew."""
        super().counts_changed()
        self._ask()

    def news(self, events: Sequence[Recorded]) -> None:
        """Look at once when a grabber says something of itself."""
        if any(event.category == "grabber" for event in events):
            self._ask()

    def _look(self) -> None:
        if self in self.app.screen_stack:
            self._ask()

    def _ask(self) -> None:
        in_background(self, "grabbers", self.office.grabbers, self._show)

    def _show(self, statuses: list[GrabberStatus]) -> None:
        rows = {row["grabber"]: row for row in self.screens.grabbers}
        here = {service.grabber.name for service in self.screens.services}
        own = os.getpid()
        found = [
            Grabber(one, rows.get(one.grabber), one.grabber in here, one.process == own) for one in statuses
        ]
        if found == self._told and self._title.is_said:
            return
        self._told = found
        left: list[tuple[str, Ink]] = [(_("Mailboxes"), "strong")]
        alarms = sum(len(grabber.alarms) for grabber in found)
        if alarms:
            left.append((f"  ! {counted(alarms, '{} alarm', '{} alarms')}", "bad"))
        self._title.say(tuple(left), counted(len(found), "{} grabber", "{} grabbers"))
        self._list.show(found, self._list.cursor)

    def on_listing_moved(self) -> None:
        """Tell the grabber under the cursor."""
        grabber = self._list.current
        if grabber is None:
            return
        sign, word, ink, _told = STATES[grabber.status.state]
        left: Line = ((grabber.status.grabber, "strong"), (f"  {sign} {_(word)}", ink))
        self._about.say(left)
        self._pane.show(lambda width: lines(grabber, width), self._pane.top)

    async def on_listing_chosen(self) -> None:
        """Show the grabber's own events."""
        if self._list.current is not None:
            await self.screens.show_card(self._list.current.status.grabber, "grabber")

    async def action_card(self) -> None:
        """Show the grabber's own events."""
        await self.on_listing_chosen()

    # acts

    async def action_pause(self) -> None:
        """Let a paused grabber go on; ask why another one should pause."""
        grabber = self._list.current
        if grabber is None:
            return
        name = grabber.status.grabber
        if grabber.status.paused_by:
            self._do(ResumeGrabber(name))
            return
        from mgtui.tui.why import WhyDialog

        def pause(why: str | None) -> None:
            if why is not None:
                self._do(PauseGrabber(name, why))

        follows = _(
            "It finishes what is in hand, then leaves the mailbox alone, over restarts too, until p again."
        )
        title = _("Pause {grabber}").format(grabber=name)
        await self.app.push_screen(WhyDialog(title, follows), pause)

    def action_fetch(self) -> None:
        """Have the grabber look for mail now."""
        if self._list.current is not None:
            self._do(FetchNow(self._list.current.status.grabber))

    def _do(self, command: Command) -> None:
        in_background(self, "act", lambda: self.office.execute(command), self._did)

    def _did(self, outcome: Outcome) -> None:
        self.say(outcome.text, "good" if outcome.done else "bad")
        self._ask()
