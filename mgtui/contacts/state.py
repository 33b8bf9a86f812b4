"""A contact as its stream tells it: the state that decisions are made on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple


class Counted(NamedTuple):
    """A bounce that was counted."""

    address: str
    mailing: str
    day: date
    severity: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Suppression:
    """An address that gets no more mail in these categories (all, where none is named)."""

    categories: tuple[str, ...]
    until: date | None  #: first day on which mail may go again, None is for good
    since: date | None = None  #: the day it began
    probed: date | None = None  #: when the one mail went out that an address gets after `until`


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

    def on_trial(self, address: str, day: date) -> Suppression | None:
        """Give the suppression of an address that has run out by a day, without a sign since that it works."""
        entry = self.suppressed.get(address)
        return entry if entry and entry.until and entry.until <= day else None


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
        case "AddressForgotten":
            return _forget(state, data["address"])
        case "ContactVanished":
            return replace(state, vanished=True)
        case "BounceCounted":
            counted = Counted(
                data["address"],
                data["mailing"],
                date.fromisoformat(data["day"]),
                data["severity"],
                data["reason"],
            )
            return replace(state, bounces=(*state.bounces, counted))
        case "AddressSuppressed":
            entry = Suppression(tuple(data["categories"]), _day(data["until"]), _day(data.get("day")))
            return replace(state, suppressed={**state.suppressed, data["address"]: entry})
        case "SuppressionLifted":
            rest = {key: value for key, value in state.suppressed.items() if key != data["address"]}
            return replace(state, suppressed=rest)
        case "BounceUncounted" | "CountsReset" | "ProbeSent":
            return _less(state, event_type, data)
        case "RemovedFromList":
            rest_of_lists = tuple(name for name in state.lists if name != data["list"])
            return replace(state, lists=rest_of_lists, left=state.left | {data["list"]})
        case "RestoredToList":
            lists = tuple(sorted({*state.lists, data["list"]}))
            return replace(state, lists=lists, left=state.left - {data["list"]})
        case _:
            return state


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _forget(state: ContactState, address: str) -> ContactState:
    return replace(
        state,
        addresses=tuple(one for one in state.addresses if one != address),
        remembered=tuple(one for one in state.remembered if one != address),
        bounces=tuple(bounce for bounce in state.bounces if bounce.address != address),
    )


def _less(state: ContactState, event_type: str, data: Mapping[str, Any]) -> ContactState:
    """Fold what takes counts back: one bounce, or all soft ones of an address; and a trial mail."""
    address, day = data["address"], date.fromisoformat(data["day"])
    entry = state.suppressed.get(address)
    if event_type == "ProbeSent":
        probed = {address: replace(entry, probed=day)} if entry else {}
        return replace(state, suppressed={**state.suppressed, **probed})
    if event_type == "BounceUncounted":
        key = (address, data["mailing"], day, data["severity"])
        gone = next((one for one in state.bounces if one[:4] == key), None)
        return replace(state, bounces=tuple(one for one in state.bounces if one is not gone))
    kept = tuple(
        one
        for one in state.bounces
        if not (one.address == address and one.severity == "soft" and one.day <= day)
    )
    over = {address} if entry and entry.until and entry.until <= day else set()
    rest = {key: value for key, value in state.suppressed.items() if key not in over}
    return replace(state, bounces=kept, suppressed=rest)


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
