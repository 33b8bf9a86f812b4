"""Colours that can be read: the contrast of every ink on every ground it stands on, as WCAG 2 measures it."""

import pytest
from textual.color import Color
from textual.theme import Theme

from mgtui.tui.themes import THEMES

GROUNDS = ("background", "surface", "panel", "block-cursor-background", "block-cursor-blurred-background")
INKS = ("foreground", "ink-dim", "ink-good", "ink-warn", "ink-bad", "ink-accent")
ENOUGH = {"mgtui-contrast": 7.0}  #: AAA; the others have 4.5, AA
#: what is written in the colour of the cursor alone
ON_CURSOR = "block-cursor-background"


def brightness(colour: Color) -> float:
    """Give the relative luminance."""
    parts = [part / 255 for part in (colour.r, colour.g, colour.b)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give how far two colours are apart, from 1 to 21."""
    dark, light = sorted((brightness(Color.parse(one)), brightness(Color.parse(other))))
    return (light + 0.05) / (dark + 0.05)


def colour(theme: Theme, name: str) -> str:
    """Give a colour of a theme by its name."""
    return theme.variables.get(name) or getattr(theme, name)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_ink_can_be_read_on_every_ground(theme: Theme) -> None:
    enough = ENOUGH.get(theme.name, 4.5)
    faint = {
        (ink, ground): round(contrast(colour(theme, ink), colour(theme, ground)), 1)
        for ink in INKS
        for ground in GROUNDS
        if contrast(colour(theme, ink), colour(theme, ground)) < enough
    }
    assert not faint


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_screen_one_is_on_can_be_read_in_the_bar(theme: Theme) -> None:
    assert contrast(colour(theme, "background"), colour(theme, "primary")) >= ENOUGH.get(theme.name, 4.5)
