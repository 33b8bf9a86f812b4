"""Colours: dark, light, and one of high contrast. No meaning rests on them alone."""

from textual.theme import Theme

CURSOR = {"block-cursor-text-style": "none"}
#: inks for a theme that has none of its own
INKS = {
    "ink-dim": "#808080",
    "ink-good": "ansi_green",
    "ink-warn": "ansi_yellow",
    "ink-bad": "ansi_red",
    "ink-accent": "ansi_cyan",
}


def inks(dim: str, good: str, warn: str, bad: str, accent: str) -> dict[str, str]:
    """Name the colours of the inks."""
    return {
        **CURSOR,
        "ink-dim": dim,
        "ink-good": good,
        "ink-warn": warn,
        "ink-bad": bad,
        "ink-accent": accent,
    }


THEMES = (
    Theme(
        name="mgtui-dark",
        primary="#8fb8de",
        secondary="#7aa2c4",
        accent="#8fb8de",
        warning="#e6b450",
        error="#f07178",
        success="#9ccf8f",
        foreground="#d5dae1",
        background="#14181d",
        surface="#1b2027",
        panel="#222932",
        variables={
            **inks("#818b98", "#9ccf8f", "#e6b450", "#f07178", "#8fb8de"),
            "block-cursor-background": "#2f3d4d",
            "block-cursor-foreground": "#ffffff",
            "block-cursor-blurred-background": "#232c36",
        },
    ),
    Theme(
        name="mgtui-light",
        dark=False,
        primary="#1f5f99",
        secondary="#3b6f9c",
        accent="#1f5f99",
        warning="#8f5b00",
        error="#b3261e",
        success="#1e6b34",
        foreground="#1d232a",
        background="#fbfaf7",
        surface="#f1efe9",
        panel="#e6e3da",
        variables={
            **inks("#66707b", "#1e6b34", "#8f5b00", "#b3261e", "#1f5f99"),
            "block-cursor-background": "#d3e3f2",
            "block-cursor-foreground": "#000000",
            "block-cursor-blurred-background": "#e4e9ee",
        },
    ),
    Theme(
        name="mgtui-contrast",
        primary="#ffff00",
        secondary="#00ffff",
        accent="#00ffff",
        warning="#ffff00",
        error="#ff6060",
        success="#00ff66",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1a1a1a",
        variables={
            **inks("#d0d0d0", "#00ff66", "#ffff00", "#ff6060", "#00ffff"),
            "block-cursor-background": "#ffffff",
            "block-cursor-foreground": "#000000",
            "block-cursor-blurred-background": "#444444",
        },
    ),
)
