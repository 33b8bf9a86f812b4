"""Mailboxes: how each grabber does, in plain words."""

import os
from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from mgtui.grabber import holder
from mgtui.language import N_, _, counted, figures
from mgtui.moments import moment
from mgtui.questions import Row
from mgtui.retelling import retold
from mgtui.tui.background import in_background
from mgtui.tui.frame import OfficeScreen, Title
from mgtui.tui.keys import Key, bindings
from mgtui.tui.listing import Listing
from mgtui.tui.paint import Ink, Line, field
from mgtui.tui.pane import Pane
from mgtui.tui.telling import columns, is_failing

FIGURES = ("fetched", "done", "manual", "quarantined", "pending", "moved", "vanished")


def state_of(row: Row) -> tuple[str, str, Ink]:
    """Say in a sign, a word and an ink how a grabber does."""
    if is_failing(row):
        return "✗", _("failing"), "bad"
    if not row["started_at"]:
        return "·", _("never ran"), "dim"
    return "✓", _("well"), "good"


def is_balanced(row: Row) -> bool:
    """Tell whether each fetched mail is in exactly one outcome."""
    outcomes = row["pending"] + row["done"] + row["manual"] + row["quarantined"]
    return bool(row["fetched"] == outcomes and row["moved"] + row["vanished"] <= row["fetched"])


def draw(row: Row, width: int) -> Line:
    """Lay out one grabber."""
    sign, word, ink = state_of(row)
    balance = _("balanced") if is_balanced(row) else _("NOT BALANCED")
    return columns(
        (sign, 1, ink),
        (row["grabber"], 14, "strong"),
        (word, 9, ink),
        (_("{number} fetched").format(number=figures(row["fetched"])), 16, ""),
        (balance, 12, "good" if is_balanced(row) else "bad"),
        (row["mailbox"], width - 58, "dim"),
    )


def runs(here: bool, process: int | None) -> str:
    """Say where a grabber runs: `here`, or in the process that holds its mailbox."""
    if here:
        others = process is not None and process != os.getpid()
        if others:
            return _("in this process, which waits: process {process} works on it").format(process=process)
        return _("in this process")
    if process is not None:
        return _("elsewhere, in process {process}").format(process=process)
    return _("not now; `mgtui grab` starts it, or `mgtui --grab` here")


def lines(row: Row, where: str, width: int) -> list[Line]:
    """Tell a grabber at length."""
    found = field(_("mailbox"), _("{mailbox}, folder {folder}").format_map(row), width)
    found += field(_("runs"), where, width)
    found += field(_("started"), moment(row["started_at"]) or _("never"), width)
    found += field(_("last mail"), moment(row["last_success"]) or _("none yet"), width)
    if row["last_error"]:
        ink = state_of(row)[2]
        now = _("now") if is_failing(row) else _("since then it went well")
        told = f"{moment(row['last_error_at'])}, {now}: {retold(row['last_error'])}"
        found += field(_("error"), told, width, ink)
    counts = {name: figures(row[name]) for name in FIGURES}
    sums = _(
        "{fetched} fetched = {done} done + {manual} for a person + {quarantined} quarantined + {pending} pending"
    ).format_map(counts)
    ink = "good" if is_balanced(row) else "bad"
    sign = "✓" if is_balanced(row) else f"✗ {_('NOT BALANCED')}:"
    found += field(_("balance"), f"{sign} {sums}", width, ink)
    return found + field(_("on server"), _("{moved} moved, {vanished} vanished").format_map(counts), width)


LOOK = 3.0  #: seconds between two looks at who runs: a process that ends says nothing


class MailboxesScreen(OfficeScreen):
    """A line for each grabber, and all of one."""

    KEYS: ClassVar[Sequence[Key]] = (
        Key("mailbox.card", "enter", "card", N_("events"), N_("the newest events of the grabber")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEYS)]
    CSS = """
    MailboxesScreen Listing { height: 2fr; }
    MailboxesScreen Pane { height: 3fr; }
    """

    def body(self) -> Sequence[Widget]:
        """Give the list and what is told of one."""
        self._title, self._about = Title(), Title()
        self._shown: tuple[Row, str] | None = None
        self._list = Listing(
            draw,
            lambda row: row["grabber"],
            _("No mailbox was read yet: `mgtui grab` does, or `mgtui --grab`."),
        )
        self._pane = Pane(can_focus=False)
        return self._title, self._list, self._about, self._pane

    def on_mount(self) -> None:
        """Show what is known."""
        self.set_focus(self._list)
        self.counts_changed()
        self.set_interval(LOOK, self.on_listing_moved)

    def on_screen_resume(self) -> None:
        """Show what changed meanwhile."""
        self.counts_changed()

    def counts_changed(self) -> None:
        """Show the figures anew."""
        super().counts_changed()
        self._title.say(
            ((_("Mailboxes"), "strong"),), counted(len(self.screens.grabbers), "{} grabber", "{} grabbers")
        )
        self._list.show(self.screens.grabbers, self._list.cursor)

    def on_listing_moved(self) -> None:
        """Tell the grabber under the cursor."""
        row = self._list.current
        if row is None:
            return
        here = any(service.grabber.name == row["grabber"] for service in self.screens.services)
        leases, place = self.office.settings.data / "leases", f"{row['mailbox']} {row['folder']}"
        in_background(
            self, "runs", lambda: runs(here, holder(leases, place)), lambda where: self._show(row, where)
        )

    def _show(self, row: Row, where: str) -> None:
        if self._shown == (row, where):
            return
        self._shown = row, where
        sign, word, ink = state_of(row)
        self._about.say(((row["grabber"], "strong"), (f"  {sign} {word}", ink)))
        self._pane.show(lambda width: lines(row, where, width), self._pane.top)

    async def on_listing_chosen(self) -> None:
        """Show the grabber's own events."""
        if self._list.current is not None:
            await self.screens.show_card(self._list.current["grabber"], "grabber")

    async def action_card(self) -> None:
        """Show the grabber's own events."""
        await self.on_listing_chosen()
