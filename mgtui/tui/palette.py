"""Every command by name: narrowed by what is typed, each with its key."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from mgtui.language import N_, _
from mgtui.tui.dialog import Dialog
from mgtui.tui.keys import Key
from mgtui.tui.listing import Listing
from mgtui.tui.paint import Line, plain
from mgtui.tui.telling import columns

HINT = 15  #: cells of what stands beside a command


class Palette(Dialog[SystemCommand]):
    """Gives the command that was chosen, or None."""

    HINTS: ClassVar[Sequence[Key | tuple[str, str]]] = (
        ("↓↑", N_("choose")),
        (N_("enter"), N_("do it")),
        (N_("esc"), N_("leave")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    Palette Listing { height: 14; margin: 1 0 0 0; }
    """

    def __init__(self, commands: Sequence[SystemCommand]) -> None:
        super().__init__()
        self._commands = commands

    def body(self) -> Sequence[Widget]:
        """Give the box and the list."""
        self._box = Input(placeholder=plain(_("type what you want to do")), compact=True)
        self._box.cursor_blink = False
        self._list = Listing(draw, lambda command: command.title, _("no command fits"))
        self._list.can_focus = False
        return self._box, self._list

    def on_mount(self) -> None:
        """Show all commands."""
        self._title.say(((_("Commands"), "strong"),))
        self._list.show(self._commands)
        self.set_focus(self._box)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list to commands with all the words typed."""
        words = event.value.casefold().split()
        self._list.show(
            [one for one in self._commands if all(word in one.title.casefold() for word in words)], 0, 0
        )

    def action_move(self, by: int) -> None:
        """Choose another one."""
        self._list.action_move(by)

    def action_page(self, by: int) -> None:
        """Go a page down or up."""
        self._list.action_page(by)

    def on_input_submitted(self) -> None:
        """Leave with the command."""
        if self._list.current is not None:
            self.dismiss(self._list.current)

    def on_listing_chosen(self) -> None:
        """Leave with the command."""
        self.on_input_submitted()


def draw(command: SystemCommand, width: int) -> Line:
    """Lay out a command."""
    hint = min(HINT, width // 3)
    return columns((command.title, width - hint - 2, ""), (command.help, hint, "dim"))
