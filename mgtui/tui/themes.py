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
        error="#f5878d",
        success="#9ccf8f",
        foreground="#d5dae1",
        background="#14181d",
        surface="#1b2027",
        panel="#222932",
        variables={
            **inks("#9aa4b0", "#9ccf8f", "#e6b450", "#f5878d", "#8fb8de"),
            "block-cursor-background": "#2a3643",
            "block-cursor-foreground": "#ffffff",
            "block-cursor-blurred-background": "#232c36",
        },
    ),
    Theme(
        name="mgtui-light",
        dark=False,
        primary="#1b5589",
        secondary="#3b6f9c",
        accent="#1b5589",
        warning="#7a4d00",
        error="#a3211a",
        success="#1e6b34",
        foreground="#1d232a",
        background="#fbfaf7",
        surface="#f1efe9",
        panel="#e6e3da",
        variables={
            **inks("#59626c", "#1e6b34", "#7a4d00", "#a3211a", "#1b5589"),
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
        error="#ff9090",
        success="#00ff66",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1a1a1a",
        variables={
            **inks("#d0d0d0", "#00ff66", "#ffff00", "#ff9090", "#00ffff"),
            "block-cursor-background": "#000087",
            "block-cursor-foreground": "#ffffff",
            "block-cursor-blurred-background": "#242424",
        },
    ),
)
