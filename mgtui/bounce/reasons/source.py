"""The tables as they are written (TOML), and as they are shipped (one JSON file that loads fast).

`python -m mgtui.bounce.reasons` writes the JSON file anew; a test holds it against the TOML.
"""

import json
import tomllib
from importlib.resources import files
from typing import Any, Final, TypedDict

from mgtui.bounce.reasons.errors import TablesError

SHIPPED: Final = "shipped.json"


class Source(TypedDict):
    """What was read, before it is checked: tables in their order, and the severities."""

    tables: list[tuple[str, list[dict[str, Any]]]]
    severity: dict[str, Any]


def shipped() -> Source:
    """Read the tables from the one file that holds them all."""
    source: Source = json.loads(files(__package__).joinpath("tables", SHIPPED).read_bytes())
    return source


def written() -> Source:
    """Read the tables from TOML, in the order that `order.toml` gives."""
    order = _read("order.toml")["order"]
    return {
        "tables": [(name, _read(f"{name}.toml").get("entry", [])) for name in order],
        "severity": _read("severity.toml")["severity"],
    }


def parse(table: str, text: str) -> dict[str, Any]:
    """Read a table out of TOML text; raises TablesError with the parser's words."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TablesError(f"{table}: TOML ({error})") from None


def _read(name: str) -> dict[str, Any]:
    return parse(name, files(__package__).joinpath("tables", name).read_text("utf-8"))
