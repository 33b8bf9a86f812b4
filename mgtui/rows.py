"""Rows of the read models in the shape that people and rooms use."""

import json
from typing import Any

from mgtui.contacts import ContactState
from projections.fields import as_list

Row = dict[str, Any]


def contact_of(row: Row) -> Row:
    """Shape a row of the contacts for showing: lists as tuples, further fields as `name=value`."""
    lists = {name: as_list(row[name]) for name in ("addresses", "lists", "left_lists", "remembered")}
    fields = tuple(f"{name}={value}" for name, value in json.loads(row["fields"]).items())
    return {**{name: value for name, value in row.items() if name != "search"}, **lists, "fields": fields}


def state_of(row: Row) -> ContactState:
    """Give the state that a stock row stands for, as far as imports ask for it."""
    return ContactState(
        name=row["name"],
        addresses=as_list(row["addresses"]),
        remembered=as_list(row["remembered"]),
        lists=as_list(row["lists"]),
        left=frozenset(as_list(row["left_lists"])),
        fields=json.loads(row["fields"]),
        vanished=row["vanished_at"] is not None,
    )


def item_of(row: Row) -> Row:
    """Shape an item of a queue: its candidates as a tuple."""
    return {**row, "candidates": as_list(row["candidates"])}
