"""What every dialog has: a box in the middle with a title and a line of keys."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget

from mgtui.language import N_, _
from mgtui.tui.bars import fitting
from mgtui.tui.frame import Hears, Title
from mgtui.tui.inked import Inked
from mgtui.tui.keys import Key

if TYPE_CHECKING:
    from textual.strip import Strip

    from mgtui.tui.app import MgtuiApp

Result = TypeVar("Result")


class Hints(Inked):
    """The keys of a dialog."""

    DEFAULT_CSS = "Hints { height: 1; }"

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._keys = keys

    def render_line(self, y: int) -> "Strip":
        """Paint the line."""
        return self.strip(fitting(self._keys, self.size.width), self.size.width)


class Dialog(Hears, ModalScreen[Result], Generic[Result]):
    """A box over a screen; escape leaves it with nothing done."""

    #: keys that a configuration may change; what else may be pressed stands in `HINTS` alone
    KEYS: ClassVar[Sequence[Key]] = ()
    HINTS: ClassVar[Sequence[Key | tuple[str, str]]] = ((N_("esc"), N_("leave")),)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "leave", show=False)]
    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog #box {
        width: 96%; max-width: 110; height: auto; max-height: 95%;
        background: $surface; border: round $primary; padding: 0 1;
    }
    Dialog.-low #box { height: 100%; max-height: 100%; }
    Dialog.-low Pane, Dialog.-low Listing { height: 1fr; margin: 0; }
    Dialog Title { background: $surface; }
    Dialog Input, Dialog Input.-textual-compact { border: none; height: 1; padding: 0 1; background: $panel; }
    Dialog Input:focus { border: none; }
    """

    @property
    def screens(self) -> "MgtuiApp":
        """The program on the terminal."""
        return cast("MgtuiApp", self.app)

    def compose(self) -> ComposeResult:
        """Put the box around the body."""
        self._title = Title()
        yield Vertical(self._title, *self.body(), Hints(self.hints()), id="box")

    def hints(self) -> list[tuple[str, str]]:
        """Give the keys as they are to be pressed, and what they do."""
        keymap = self.screens.keymap
        return [
            (keymap.sign(hint.id, hint.keys), _(hint.word))
            if isinstance(hint, Key)
            else (_(hint[0]), _(hint[1]))
            for hint in self.HINTS
        ]

    def body(self) -> Sequence[Widget]:
        """Give what stands in the box."""
        raise NotImplementedError

    def action_leave(self) -> None:
        """Leave, with nothing done."""
        self.dismiss(None)
