"""Addresses in header fields (RFC 5322 section 3.4): bare addr-specs, found in linear time."""

import re
from typing import Final

from mgtui.report.limits import MAX_ADDRESSES

#: Tokens of an address field: quoted names, comments, <address>, bare words with or without a domain.
#: Every repetition is bounded or possessive, so that no input makes it go back over long stretches.
_TOKEN: Final = re.compile(
    r'"(?:[^"\\]|\\.){0,256}"(@[^\s<>,;()"]{1,255}+)?'
    r"|\([^()]{0,256}\)"
    r"|<([^<>]{0,512})>"
    r"|([^\s<>,;:()\"\\\[\]@]{1,256}+)(@[^\s<>,;()\"]{1,255}+)?"
)
#: What nearly all fields hold: one address, with a plain name in front or without.
_SIMPLE: Final = re.compile(
    r"[^<>\"',;:()@]{0,200}<([^<>\s,;:\"()@]{1,256}@[^<>\s,;:\"()@]{1,255}[^<>\s,;:\"()@.])>"
    r"|([^<>\s,;:\"()@]{1,256}@[^<>\s,;:\"()@]{1,255}[^<>\s,;:\"()@.])"
)
_ROUTE: Final = re.compile(r"@[^\s:<>]{1,255}+:")


def addresses_in_field(value: str) -> tuple[str, ...]:
    """Give the addresses of a From, To or Cc value, in order, without repeats."""
    if "@" not in value:
        return ()
    simple = _SIMPLE.fullmatch(value)
    if simple is not None:
        return (simple[1] or simple[2],)
    found: dict[str, None] = {}
    for match in _TOKEN.finditer(value):
        if match[2] is not None:
            address = bare_address(match[2])
        elif match[1]:
            address = match[0]
        elif match[4]:
            address = match[3] + match[4].rstrip(".>")
        else:
            continue
        if "@" in address:
            found[address] = None
            if len(found) >= MAX_ADDRESSES:
                break
    return tuple(found)


def bare_address(text: str) -> str:
    """Take an address out of its wrapping: angle brackets, mailto:, a source route, a comment behind it."""
    text = text.strip(" \t\r\n<>")
    if text[:7].lower() == "mailto:":
        text = text[7:]
    if text.startswith("@") and (route := _ROUTE.match(text)):
        text = text[route.end() :]
    if " " in text and not text.startswith('"'):
        text = next((word for word in text.split() if "@" in word), "")
    return text.strip("<>").rstrip(".,;")
