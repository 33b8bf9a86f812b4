"""Lists every key in the configuration that `mgtui init` writes: `make keys` brings the list up to date."""

from pathlib import Path

from mgtui.tui.keymap import all_screens
from mgtui.tui.keys import Key, character_of

FILE = Path(__file__).parents[3] / "mgtui" / "mgtui.toml"
HEAD = "# [keys]\n"
FIRST = (
    "app",
    "move",
    "own",
    "live",
    "item",
    "contact",
    "mailbox",
)  #: what the list begins with, the rest follows


def lines() -> list[str]:
    """Give a commented line for each key: its id, what is pressed, what that does."""
    keys = {key.id: key for own in all_screens().values() for key in own}
    return [line_of(key) for key in sorted(keys.values(), key=place_of)]


def place_of(key: Key) -> tuple[int, str]:
    """Say where a key stands: screens in the order of `FIRST`, the others behind by their names."""
    room = key.id.partition(".")[0]
    return FIRST.index(room) if room in FIRST else len(FIRST), room


def line_of(key: Key) -> str:
    """Write one key."""
    pressed = [f'"{written(name)}"' for name in key.names]
    value = pressed[0] if len(pressed) == 1 else f"[{', '.join(pressed)}]"
    chosen = f'# "{key.id}" = {value}'
    return f"{chosen:44}  # {key.help}"


def written(name: str) -> str:
    """Write a key as people do in a configuration."""
    return name if name == "space" else character_of(name) or name


def block_of(text: str) -> tuple[str, str, str]:
    """Cut the configuration into what stands before the list, the list, and what follows."""
    before, head, rest = text.partition(HEAD)
    block, gap, behind = rest.partition("\n\n")
    return before + head, block, gap + behind


def main() -> None:
    """Write the list anew."""
    before, _, behind = block_of(FILE.read_text("utf-8"))
    FILE.write_text(before + "\n".join(lines()) + behind, "utf-8")


if __name__ == "__main__":
    main()
