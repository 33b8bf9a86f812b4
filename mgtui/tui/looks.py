"""How a cell looks, as the parameters of SGR (ECMA-48 8.3.117), and the shortest way from one look to another."""

from functools import lru_cache
from typing import NamedTuple

#: attribute -> what takes it away; those that are missing here are taken away by a reset
_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "7": "27"}
_ATTRIBUTES = frozenset({*_OFF, "5", "6", "8", "9", "21", "53"})
#: attributes that show on a blank
_ON_BLANKS = frozenset({"4", "7", "9", "21", "53"})


class Look(NamedTuple):
    """A look taken apart; a colour is the parameters that set it, "" for the terminal's own."""

    attributes: frozenset[str]
    ink: str
    ground: str

    def __str__(self) -> str:
        return ";".join(part for part in (*sorted(self.attributes), self.ink, self.ground) if part)


@lru_cache(maxsize=4096)
def look_of(parameters: str) -> Look | None:
    """Take the parameters of an SGR apart that starts from a reset terminal; None for any we don't know."""
    attributes: set[str] = set()
    ink = ground = ""
    rest = [part for part in parameters.split(";") if part]
    while rest:
        part = rest.pop(0)
        if part in _ATTRIBUTES:
            attributes.add(part)
        elif part in ("38", "48"):
            length = {"2": 4, "5": 2}.get(rest[0] if rest else "", 0)
            if not length or len(rest) < length:
                return None
            colour = ";".join((part, *rest[:length]))
            del rest[:length]
            ink, ground = (colour, ground) if part == "38" else (ink, colour)
        elif _is_colour(part, 30, 90):
            ink = part
        elif _is_colour(part, 40, 100):
            ground = part
        elif part == "0":
            attributes, ink, ground = set(), "", ""
        else:
            return None
    return Look(frozenset(attributes), ink, ground)


def _is_colour(part: str, *firsts: int) -> bool:
    return any(first <= int(part) < first + 8 for first in firsts)


@lru_cache(maxsize=4096)
def on_blank(parameters: str) -> str:
    """Give what a blank shows of a look: the colour of letters is not among it."""
    look = look_of(parameters)
    if look is None or look.attributes & _ON_BLANKS:
        return parameters
    return look.ground


@lru_cache(maxsize=4096)
def change(before: str, after: str) -> str:
    """Give the shortest SGR that turns one known look into another; "" where they are the same."""
    was, will = look_of(before), look_of(after)
    if was is None or will is None:
        raise ValueError(f"no known looks: {before!r}, {after!r}")
    if was == will:
        return ""
    whole = f"\x1b[0;{will}m" if str(will) else "\x1b[m"
    gone = was.attributes - will.attributes
    if not gone <= _OFF.keys():
        return whole
    parts = sorted({_OFF[attribute] for attribute in gone})
    kept = was.attributes - gone
    if "22" in parts:  # takes away bold and faint at once
        kept -= {"1", "2"}
    parts += sorted(will.attributes - kept)
    if was.ink != will.ink:
        parts.append(will.ink or "39")
    if was.ground != will.ground:
        parts.append(will.ground or "49")
    return min(f"\x1b[{';'.join(parts)}m", whole, key=len)
