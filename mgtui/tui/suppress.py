"""Suppressing an address by hand: how long, in which categories, and what will follow before it is done."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from eventstore import Event, Recorded
from mgtui.application import Application
from mgtui.commands import SuppressAddress
from mgtui.language import N_, _, counted, n_
from mgtui.moments import day
from mgtui.suppressing import NOBODY, stopped_and_sent
from mgtui.tui.background import in_background
from mgtui.tui.dialog import Dialog
from mgtui.tui.digits import DigitInput
from mgtui.tui.keys import Key
from mgtui.tui.listing import Listing
from mgtui.tui.paint import Line, field
from mgtui.tui.pane import Pane

REASON = N_("decided by hand")
#: days that a digit stands for; None is for good
TERMS: tuple[int | None, ...] = (None, 30, 60, 90, 365)


class SuppressDialog(Dialog[SuppressAddress]):
    """Gives the command or None; with several addresses the arrows choose one."""

    KEYS: ClassVar[Sequence[Key]] = (
        Key(
            "suppress.category",
            "ctrl+g",
            "category",
            N_("which mail"),
            N_("only one category of mail, or all"),
        ),
    )
    HINTS: ClassVar[Sequence[Key | tuple[str, str]]] = (
        ("1-5", N_("how long")),
        KEYS[0],
        (N_("enter"), N_("suppress")),
        (N_("esc"), N_("leave")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "down", show=False, priority=True),
        Binding("up", "move(-1)", "up", show=False, priority=True),
        Binding("ctrl+g", "category", show=False, priority=True, id="suppress.category"),
    ]
    DEFAULT_CSS = """
    SuppressDialog Listing { height: auto; max-height: 4; margin-top: 1; }
    SuppressDialog Pane { height: 9; margin: 1 0; }
    """

    def __init__(self, office: Application, addresses: Sequence[str], items: Sequence[int] = ()) -> None:
        super().__init__()
        self._office, self._addresses, self._items = office, addresses, items
        config = office.settings.config.categories
        always = office.always_send
        self._categories: list[tuple[str, ...]] = [(), *((name,) for name in config if name not in always)]
        self._command = SuppressAddress(addresses[0], REASON)
        self._follows: tuple[Event, ...] = ()

    def body(self) -> Sequence[Widget]:
        """Give the addresses, what will follow, and a box for the reason."""
        self._list = Listing(lambda row, _width: ((str(row), ""),), lambda row: row)
        self._list.can_focus = False
        self._list.display = len(self._addresses) > 1 and not self._items
        self._list.styles.height = min(len(self._addresses), 4)
        self._pane = Pane(can_focus=False)
        placeholder = _("why? enter alone means: {reason}").format(reason=_(REASON))
        self._box = DigitInput(placeholder)
        return self._list, self._pane, self._box

    def on_mount(self) -> None:
        """Show what would follow."""
        several = len(self._items) > 1
        what = counted(len(self._items), "{} address", "{} addresses") if several else self._addresses[0]
        self._title.say(((_("No more mail to"), "strong"), (f" {what}", "accent")), _("u takes it back"))
        self._list.show(self._addresses)
        self.set_focus(self._box)
        self._look()

    def _look(self) -> None:
        command = self._command
        in_background(self, "follows", lambda: self._office.foresee(command), self._saw)

    def _saw(self, follows: tuple[Event, ...]) -> None:
        self._follows = follows
        self._pane.show(self._lines)

    def _lines(self, width: int) -> list[Line]:
        command, office = self._command, self._office
        configured = tuple(office.settings.config.categories)
        stopped, sent = stopped_and_sent(command.categories, configured, office.always_send)
        term = TERMS.index((command.until - office.today()).days if command.until else None)
        lines: list[Line] = [self._terms(term)]
        until = _("until {day}").format(day=day(command.until)) if command.until else _("for good")
        lines += field(_("stops"), f"{', '.join(stopped) or _('every mail')}, {until}", width, "bad")
        lines += field(_("still goes"), ", ".join(sent) or _("nothing"), width, "good")
        return lines + self._whose(width)

    def _terms(self, chosen: int) -> Line:
        pieces: Line = ()
        for number, days in enumerate(TERMS):
            told = _("for good") if days is None else counted(days, "{} day", "{} days")
            pieces += ((f"  {number + 1} ", "accent"), (told, "strong" if number == chosen else "dim"))
            pieces += ((" ●" if number == chosen else "  ", "warn"),)
        return pieces

    def _whose(self, width: int) -> list[Line]:
        if len(self._items) > 1:
            lines = field(_("concerns"), ", ".join(self._addresses), width)
        else:
            ids = [str(getattr(event, "contact_id", "")) for event in self._follows]
            names = [one for one in ids if one != NOBODY]
            if not ids:
                return field("", _("It is suppressed so already."), width, "dim") + self._ending(width)
            nobody = _("nobody has this address now; whoever gets it later is not written to either")
            lines = field(_("concerns"), ", ".join(names) or nobody, width)
        return lines + self._ending(width)

    def _ending(self, width: int) -> list[Line]:
        if not self._items:
            return []
        told = n_("the item leaves the list", "the items leave the list", len(self._items))
        return field("", told, width, "dim")

    def on_digit_input_picked(self, event: DigitInput.Picked) -> None:
        """Choose how long."""
        if event.digit <= len(TERMS):
            days = TERMS[event.digit - 1]
            until = self._office.today() + timedelta(days=days) if days else None
            self._command = replace(self._command, until=until)
            self._look()

    def action_category(self) -> None:
        """Choose another category of mail, or all again."""
        at = self._categories.index(self._command.categories)
        self._command = replace(self._command, categories=self._categories[(at + 1) % len(self._categories)])
        self._look()

    def action_move(self, by: int) -> None:
        """Choose another address."""
        if self._list.display:
            self._list.action_move(by)
            self._command = replace(self._command, address=str(self._list.current))
            self._title.say(
                ((_("No more mail to"), "strong"), (f" {self._command.address}", "accent")),
                _("u takes it back"),
            )
            self._look()

    def on_input_submitted(self) -> None:
        """Suppress."""
        why = self._box.value.strip() or REASON
        self.dismiss(replace(self._command, why=why))

    def news(self, events: Sequence[Recorded]) -> None:
        """Look again when something was suppressed or lifted meanwhile."""
        if any(event.type in ("AddressSuppressed", "SuppressionLifted") for event in events):
            self._look()
