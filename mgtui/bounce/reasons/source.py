"""The tables as they are written (TOML) and as they are shipped (one JSON file that loads fast).

`python -m mgtui.bounce.reasons` writes the JSON file anew; a test holds it against the TOML.
"""

import json
from importlib.resources import files
from typing import Any, Final, TypedDict

from mgtui.bounce.reasons.errors import TablesError

SHIPPED: Final = "shipped.json"


class Source(TypedDict):
    """What was read, before it is checked: tables in their order, and the severities."""

    tables: list[tuple[str, list[dict[str, Any]]]]
    named: str  #: the last of those that look into links and names of hosts
    severity: dict[str, Any]


def written() -> Source:
    """Read the tables from TOML, in the order that `order.toml` gives."""
    order = _read("order.toml")
    return {
        "tables": [(name, _read(f"{name}.toml").get("entry", [])) for name in order["order"]],
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


def _read(name: str) -> dict[str, Any]:
    return parse(name, _bytes(name).decode())


def _bytes(name: str) -> bytes:
    return files("mgtui.bounce.reasons").joinpath("tables", name).read_bytes()
