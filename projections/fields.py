"""Small helpers that folds and questions share."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.json import encode


def as_text(values: Iterable[str]) -> str:
    """Write a list of texts into a column, as JSON."""
    return encode(list(values)).decode()


def as_list(column: str | None) -> tuple[str, ...]:
    """Read a column that `as_text` wrote."""
    return tuple(json.loads(column)) if column else ()


def as_object(values: Mapping[str, str]) -> str:
    """Write named texts into a column, as JSON."""
    return encode(dict(values)).decode()


def base_of(address: str) -> str:
    """Give an address without the tag and the dots of its local part; several mailboxes can share one."""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0].replace('.', '') or local}@{domain}"


def escape_like(text: str) -> str:
    """Make a text match itself in a LIKE pattern with `ESCAPE '\\'`."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def as_dicts(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Give the rows of a query as plain dicts."""
    return [dict(row) for row in rows]


def row_dict(row: Any) -> dict[str, Any]:
    """Give a row of a query as a plain dict."""
    return {name: row[name] for name in row.keys()}  # noqa: SIM118 - a sqlite3.Row iterates over its values
