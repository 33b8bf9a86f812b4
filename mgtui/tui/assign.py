"""Assigning an item: candidates first, others by search, and what will follow before it is done."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from eventstore import Event, Recorded, data_of
from mgtui.application import Application
from mgtui.commands import AssignMail
from mgtui.language import N_, _, counted
from mgtui.questions import Row
from mgtui.tui.background import in_background
from mgtui.tui.dialog import Dialog
from mgtui.tui.digits import DigitInput
from mgtui.tui.keys import Key
from mgtui.tui.listing import Listing
from mgtui.tui.paint import Line
from mgtui.tui.pane import Pane
from mgtui.tui.telling import columns, foreseen

FOUND = 30  #: contacts shown for a search
NINE = 9
SHORTEST = 4  #: letters of a word that is worth looking for


class AssignDialog(Dialog[tuple[str, bool]]):
    """Gives (contact id, remember) or None."""

    KEYS: ClassVar[Sequence[Key]] = (
        Key(
            "assign.remember", "ctrl+r", "remember", N_("remember or not"), N_("remember the address, or not")
        ),
    )
    HINTS: ClassVar[Sequence[Key | tuple[str, str]]] = (
        ("1-9", N_("pick")),
        ("↓↑", N_("choose")),
        (N_("enter"), N_("assign")),
        KEYS[0],
        (N_("esc"), N_("leave")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "down", show=False, priority=True),
        Binding("up", "move(-1)", "up", show=False, priority=True),
        Binding("ctrl+r", "remember", show=False, priority=True, id="assign.remember"),
    ]
    DEFAULT_CSS = """
    AssignDialog Listing { height: 7; margin: 1 0; }
    AssignDialog Pane { height: 6; }
    """

    def __init__(self, office: Application, item: Row, remember: bool, number: int) -> None:
        super().__init__()
        self._office, self._item = office, item
        self._remember, self._number = remember, number
        self._picked = -1  #: choice made before the contacts were there
        self._confirmed = False
        self._loaded = False

    def body(self) -> Sequence[Widget]:
        """Give the search box, the list and what will follow."""
        hint = _("type to search contacts by name, address or number")
        self._box = DigitInput(hint)
        self._list = Listing(
            self._draw,
            lambda row: row["contact_id"],
            _("nobody seems to fit; type a name, an address or a number"),
        )
        self._list.can_focus = False
        self._pane = Pane(can_focus=False)
        return self._box, self._list, self._pane

    def on_mount(self) -> None:
        """Show the candidates."""
        self.set_focus(self._box)
        self._retitle()
        in_background(self, "found", self._likely, self._found)

    def _retitle(self) -> None:
        what = _("Assign item {item}").format(item=self._item["item"])
        if self._number > 1:
            what = counted(self._number, "Assign {} item", "Assign {} items")
        left: Line = ((what, "strong"), (f"  {self._item['address']}", "accent"))
        self._title.say(left, _("remember: yes") if self._remember else _("remember: no"))

    # who?

    def _likely(self) -> list[Row]:
        """Give the candidates, then contacts with an address of the same domain, then of a like name."""
        ask = self._office.ask
        rows = [row for name in self._item["candidates"] if (row := ask.contact(name)) is not None]
        mailbox, _at, domain = str(self._item["address"] or "").rpartition("@")
        alike = ask.contacts(f"@{domain}", limit=NINE) if domain else []
        for word in sorted(re.split(r"[^\w]+", mailbox), key=len, reverse=True)[:2]:
            alike += ask.contacts(word, limit=NINE) if len(word) >= SHORTEST else []
        found = {row["contact_id"]: row for row in (*rows, *alike)}
        return list(found.values())[:FOUND]

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search."""
        text = event.value.strip()
        self._picked, self._loaded = -1, False
        work = (lambda: self._office.ask.contacts(text, limit=FOUND)) if text else self._likely
        in_background(self, "found", work, self._found)

    def _found(self, rows: list[Row]) -> None:
        self._loaded = True
        sure = bool(self._box.value.strip()) or bool(
            rows and rows[0]["contact_id"] in self._item["candidates"]
        )
        # A guess is never one key away from being done: it must be picked first.
        self._list.show(rows, max(self._picked, 0) if sure or self._picked >= 0 else -1, 0)
        if self._confirmed:
            self._confirm()

    def _draw(self, row: Row, width: int) -> Line:
        place = self._list.rows.index(row) + 1
        name = min(30, width // 3)
        candidate = row["contact_id"] in self._item["candidates"]
        return columns(
            (str(place) if place <= NINE else "", 1, "accent"),
            (row["contact_id"], 8, "dim"),
            (row["name"], name, "good" if candidate else ""),
            (", ".join(row["addresses"]), width - name - 13, "dim"),
        )

    def on_digit_input_picked(self, event: DigitInput.Picked) -> None:
        """Choose by number."""
        if self._loaded:
            self._list.move_to(event.digit - 1)
        else:
            self._picked = event.digit - 1

    # what follows?

    def on_listing_moved(self) -> None:
        """Look ahead at what an assignment to the chosen contact causes."""
        row = self._list.current
        if row is None:
            how = _("pick one by number or arrows, or type to search") if self._list.rows else ""
            hint: Line = ((f" {how}", "dim"),)
            self._pane.show(lambda _width: (hint,))
            return
        command = AssignMail(self._item["item"], row["contact_id"], self._remember)
        in_background(self, "ahead", lambda: self._office.foresee(command), self._show)

    def _show(self, follows: tuple[Event, ...]) -> None:
        def lines(width: int) -> list[Line]:
            found: list[Line] = []
            for event in follows:
                data = data_of(event)
                found += foreseen(type(event).__name__, data, self._item["address"], width)
            head = _("what follows:") if found else _("nothing more follows")
            return [((f" {head}", "dim"),), *found]

        self._pane.show(lines)

    def action_move(self, by: int) -> None:
        """Choose another one."""
        self._list.action_move(by)

    def action_remember(self) -> None:
        """Remember the address, or not."""
        self._remember = not self._remember
        self._retitle()
        self.on_listing_moved()

    def on_input_submitted(self) -> None:
        """Assign."""
        self._confirm()

    def on_listing_chosen(self) -> None:
        """Assign."""
        self._confirm()

    def _confirm(self) -> None:
        row: Any = self._list.current
        self._confirmed = not self._loaded
        if row is not None and self._loaded:
            self.dismiss((row["contact_id"], self._remember))

    def news(self, events: Sequence[Recorded]) -> None:
        """Leave when somebody else closed the item."""
        for event in events:
            closes = event.type in ("MailAssigned", "ReviewDismissed")
            same = (event.data.get("mail_id"), event.data.get("address")) == (
                self._item["mail_id"],
                self._item["address"],
            )
            if closes and same and self._number == 1 and event.actor != self._office.operator:
                self.dismiss(None)
