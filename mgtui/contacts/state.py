"""A contact as its stream tells it: the state that decisions are made on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Counted:
    """A bounce that was counted."""

    address: str
    mailing: str
    day: date
    severity: str


@dataclass(frozen=True, slots=True)
class Suppression:
    """An address that gets no more mail in these categories (all, where none is named)."""

    categories: tuple[str, ...]
    until: date | None  #: first day on which mail may go again, None is for good
    event: int = 0


@dataclass(frozen=True, slots=True)
class ContactState:
    """What is known of a contact; `version` is that of its stream."""

    version: int = 0
    name: str = ""
    addresses: tuple[str, ...] = ()
    remembered: tuple[str, ...] = ()  #: those of them that an operator added
    lists: tuple[str, ...] = ()
    left: frozenset[str] = frozenset()  #: lists it was taken off and not given back
    fields: Mapping[str, str] = field(default_factory=dict)
    vanished: bool = False  #: its source no longer has it
    bounces: tuple[Counted, ...] = ()
    suppressed: Mapping[str, Suppression] = field(default_factory=dict)


INITIAL = ContactState()


def evolve(state: ContactState, event_type: str, data: Mapping[str, Any]) -> ContactState:
    """Fold one event of the contact's stream; unknown types only move the version."""
    state = replace(state, version=state.version + 1)
    match event_type:
        case "ContactImported" | "ContactChanged":
            return _whole(state, data)
        case "AddressRemembered":
            address = data["address"]
            return replace(
                state,
                addresses=tuple(dict.fromkeys((*state.addresses, address))),
                remembered=tuple(dict.fromkeys((*state.remembered, address))),
            )
        case "ContactVanished":
            return replace(state, vanished=True)
        case "BounceCounted":
            counted = Counted(
                data["address"], data["mailing"], date.fromisoformat(data["day"]), data["severity"]
            )
            return replace(state, bounces=(*state.bounces, counted))
        case "AddressSuppressed":
            until = date.fromisoformat(data["until"]) if data["until"] else None
            entry = Suppression(tuple(data["categories"]), until)
            return replace(state, suppressed={**state.suppressed, data["address"]: entry})
        case "SuppressionLifted":
            rest = {key: value for key, value in state.suppressed.items() if key != data["address"]}
            return replace(state, suppressed=rest)
        case "RemovedFromList":
            rest_of_lists = tuple(name for name in state.lists if name != data["list"])
            return replace(state, lists=rest_of_lists, left=state.left | {data["list"]})
        case "RestoredToList":
            lists = tuple(sorted({*state.lists, data["list"]}))
            return replace(state, lists=lists, left=state.left - {data["list"]})
        case _:
            return state


def _whole(state: ContactState, data: Mapping[str, Any]) -> ContactState:
    """Take a contact over as imported; what was counted against an address it no longer has is gone."""
    addresses = tuple(data["addresses"])
    return replace(
        state,
        name=data["name"],
        addresses=addresses,
        remembered=tuple(address for address in state.remembered if address in addresses),
        vanished=False,
        lists=tuple(data["lists"]),
        fields=dict(data["fields"]),
        bounces=tuple(bounce for bounce in state.bounces if bounce.address in addresses),
    )
