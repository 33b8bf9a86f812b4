"""A widget that paints lines of its own, with the inks of the theme."""

from typing import ClassVar

from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from mgtui.tui.paint import Line, strip_of

INKS = ("dim", "good", "warn", "bad", "accent", "strong")


class Inked(Widget):
    """Paints itself line by line; says which style an ink has in the theme of the moment."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"ink-{name}" for name in (*INKS, "cursor", "blurred")}
    DEFAULT_CSS = """
    Inked {
        & > .ink-dim { color: $ink-dim; }
        & > .ink-good { color: $ink-good; }
        & > .ink-warn { color: $ink-warn; }
        & > .ink-bad { color: $ink-bad; text-style: bold; }
        & > .ink-accent { color: $ink-accent; }
        & > .ink-strong { text-style: bold; }
        & > .ink-cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
        & > .ink-blurred { background: $block-cursor-blurred-background; }
    }
    """
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._inks: dict[str, Style] = {}
        self._under: Style | None = None

    def notify_style_update(self) -> None:
        """Forget the inks of the theme before."""
        self._inks, self._under = {}, None
        super().notify_style_update()

    @property
    def inks(self) -> dict[str, Style]:
        """The styles of the inks, without backgrounds of their own."""
        if not self._inks:
            self._inks = {name: self.ink(name) for name in INKS}
        return self._inks

    @property
    def under(self) -> Style:
        """The widget's own style, which Textual works out anew each time it is asked."""
        if self._under is None:
            self._under = self.rich_style
        return self._under

    def ink(self, name: str) -> Style:
        """Give the style of one component, only what it changes."""
        return self.get_component_rich_style(f"ink-{name}", partial=True)

    def strip(self, line: Line, width: int, under: Style | None = None) -> Strip:
        """Draw a line over the widget's own style, or another one."""
        return strip_of(line, width, self.inks, self.under if under is None else under)
