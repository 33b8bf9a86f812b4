"""The tables as they are written (TOML) and as they are shipped (one JSON file that loads fast).

`python -m mgtui.bounce.reasons` writes the JSON file anew; a test holds it against the TOML.
"""

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from itertools import product
from typing import Any, Final, TypedDict

from mgtui.bounce.reasons.errors import TablesError

SHIPPED: Final = "shipped.json"
_WORD: Final = re.compile(r"\{(\w+)\}")


class Source(TypedDict):
    """What was read, before it is checked: tables in their order, and the severities."""

    tables: list[tuple[str, list[dict[str, Any]]]]
    named: str  #: the last of those that look into links and names of hosts
    severity: dict[str, Any]


def written() -> Source:
    """Read the tables from TOML, in the order that `order.toml` gives."""
    order = _read("order.toml")
    return {
        "tables": [(name, _entries(_read(f"{name}.toml"))) for name in order["order"]],
        "named": order["named"],
        "severity": _read("severity.toml")["severity"],
    }


def shipped() -> dict[str, Any]:
    """Read the one file that holds all tables, indexed (see `tables.pack`)."""
    packed: dict[str, Any] = json.loads(_bytes(SHIPPED))
    return packed


def parse(table: str, text: str) -> dict[str, Any]:
    """Read a table out of TOML text; raises TablesError with the parser's words."""
    import tomllib  # only operators with a table of their own wait for it

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TablesError(f"{table}: TOML ({error})") from None


def _entries(table: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the entries of a table, each phrase with a `{word}` written out for all that `[words]` has for it."""
    words: dict[str, list[str]] = table.get("words", {})
    entries: list[dict[str, Any]] = table.get("entry", [])
    if words:
        entries = [{**entry, "any": _written_out(entry["any"], words)} for entry in entries]
    return entries


def _written_out(phrases: list[str], words: dict[str, list[str]]) -> list[str]:
    """Put phrases together; where `address unknown` is one, `mail address unknown` needn't be."""
    found: dict[str, None] = {}
    for phrase in phrases:
        pieces = _WORD.split(phrase)
        choices = [words[piece] if number % 2 else [piece] for number, piece in enumerate(pieces)]
        found.update(dict.fromkeys("".join(chosen) for chosen in product(*choices)))
    return [phrase for phrase in found if not any(end in found for end in _ends(phrase))]


def _ends(phrase: str) -> Iterator[str]:
    """Give what is left of a phrase without its first words."""
    while phrase := phrase.partition(" ")[2]:
        yield phrase


def _read(name: str) -> dict[str, Any]:
    return parse(name, _bytes(name).decode())


def _bytes(name: str) -> bytes:
    return files("mgtui.bounce.reasons").joinpath("tables", name).read_bytes()
