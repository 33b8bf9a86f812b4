"""A widget that paints lines of its own, with the inks of the theme."""

from functools import lru_cache
from typing import NamedTuple

from rich.style import Style
from textual.color import Color, ColorParseError
from textual.strip import Strip
from textual.widget import Widget

from mgtui.tui.paint import Line, strip_of

MOST_STRIPS = 80  #: kept by a widget, about two screens full


class Mix(NamedTuple):
    """What an ink is made of: names of colours in the theme, "" for none."""

    letters: str = ""
    ground: str = ""
    bold: bool = False


#: The theme's variables are asked for them, not the stylesheet: component classes would cost each widget of each
#: screen a round of styles for each ink.
MIXES = {
    "dim": Mix("ink-dim"),
    "good": Mix("ink-good"),
    "warn": Mix("ink-warn"),
    "bad": Mix("ink-bad", bold=True),
    "accent": Mix("ink-accent"),
    "strong": Mix(bold=True),
    "cursor": Mix("block-cursor-foreground", "block-cursor-background"),
    "blurred": Mix(ground="block-cursor-blurred-background"),
}


@lru_cache(maxsize=256)
def style_of(letters: str, ground: str, bold: bool) -> Style:
    """Make a style; a colour that depends on what lies beneath is left as it is there."""
    return Style(color=_colour(letters), bgcolor=_colour(ground), bold=bold or None)


def _colour(name: str) -> str | None:
    try:
        colour = Color.parse(name)
    except ColorParseError:
        return None
    return None if colour.auto else colour.rich_color.name


class Inked(Widget):
    """Paints itself line by line; says which style an ink has in the theme of the moment."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._inks: dict[str, Style] = {}
        self._under: Style | None = None
        self._strips: dict[tuple[Line, int, Style], Strip] = {}

    def notify_style_update(self) -> None:
        """Forget the inks of the theme before."""
        self._inks, self._under, self._strips = {}, None, {}
        super().notify_style_update()

    def forget_drawn(self) -> None:
        """Let go of the strips; those asked for again are drawn again."""
        self._strips.clear()

    @property
    def inks(self) -> dict[str, Style]:
        """The styles of the inks, only what they change."""
        if not self._inks:
            named = self.app.theme_variables
            self._inks = {
                ink: style_of(named.get(mix.letters, ""), named.get(mix.ground, ""), mix.bold)
                for ink, mix in MIXES.items()
            }
        return self._inks

    @property
    def under(self) -> Style:
        """The widget's own style, which Textual works out anew each time it is asked."""
        if self._under is None:
            self._under = self.rich_style
        return self._under

    def strip(self, line: Line, width: int, under: Style | None = None) -> Strip:
        """Draw a line over the widget's own style, or another one; the same line is the same strip again.

        Textual keeps with a strip what it worked out for it.
        """
        key = line, width, self.under if under is None else under
        found = self._strips.get(key)
        if found is None:
            if len(self._strips) >= MOST_STRIPS:
                self._strips.clear()
            found = self._strips[key] = strip_of(line, width, self.inks, key[2])
        return found
