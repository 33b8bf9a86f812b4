"""Taking an event back, with everything that followed from it: new events that say the opposite.

Pure: the streams concerned come in, events go out. Undoing the first event of an undo does it all again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eventstore import Event, event_of
from eventstore.events import (
    AddressForgotten,
    AddressRemembered,
    AddressSuppressed,
    AssignmentUndone,
    BounceCounted,
    BounceUncounted,
    DocumentFiled,
    DocumentUnfiled,
    MailAssigned,
    ProbeSent,
    RemovedFromList,
    RestoredToList,
    ReviewDismissed,
    ReviewReopened,
    SuppressionLifted,
)
from mgtui.contacts import INITIAL, ContactState, evolve


@dataclass(frozen=True, slots=True)
class Past:
    """An event of the log, as undoing sees it."""

    position: int
    stream: str
    type: str
    cause: int | None
    data: Mapping[str, Any]

    @property
    def undoes(self) -> int | None:
        """The position of the event that this one takes back."""
        found: int | None = self.data.get("undoes")
        return found

    @property
    def told(self) -> str:
        """The event in two words."""
        return f"{self.type} {self.position}"


class _Refused(Exception):
    pass


@dataclass(frozen=True, slots=True)
class Refusal:
    """It can't be taken back; `why` says what stands in the way."""

    why: str


@dataclass(frozen=True, slots=True)
class Inverse:
    """An event that takes another one back."""

    stream: str
    event: Event


def undo(position: int, history: Sequence[Past], why: str) -> tuple[Inverse, ...] | Refusal:
    """Say what takes an event back, the opposite of the event itself first.

    `history` holds the streams of the mail and the contacts concerned, whole, in order of position.
    """
    undoing = _Undoing(history, why)
    target = undoing.at.get(position)
    if target is None or "erased" in target.data:
        return Refusal(
            f"event {position} can't be taken back: it is erased, or not about a mail or a contact"
        )
    try:
        undoing.check_not_undone(target)
        found = list(undoing.inverses(undoing.followers(target)))
    except _Refused as refused:
        return Refusal(str(refused))
    return tuple(found) or Refusal(f"{target.told} has no effect that stands and could be taken back")


@dataclass(slots=True)
class _Undoing:
    """The history, and what each kind of event needs to be taken back."""

    history: Sequence[Past]
    why: str
    at: dict[int, Past] = field(init=False)
    undone_by: dict[int, Past] = field(init=False)
    group: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.at = {past.position: past for past in self.history}
        self.undone_by = {past.undoes: past for past in self.history if past.undoes is not None}

    def check_not_undone(self, target: Past) -> None:
        by = self.undone_by.get(target.position)
        if by is None:
            return
        again = self.undone_by.get(by.position)
        tail = f" and done again by {again.told}; undo that one" if again else ""
        raise _Refused(f"{target.told} was taken back by {by.told}{tail}")

    def followers(self, target: Past) -> list[Past]:
        """Give the event and what followed from it, in the order in which to take them back."""
        self.group = {target.position}
        rest: list[Past] = []
        for past in self.history:
            if past.cause in self.group and past.undoes not in self.group and past is not target:
                self.group.add(past.position)
                rest.append(past)
        return [target, *reversed(rest)]

    def inverses(self, group: Sequence[Past]) -> Iterator[Inverse]:
        for past in group:
            make = INVERSES.get(past.type)
            if make and past.position not in self.undone_by and "erased" not in past.data:
                for event in make(self, past):
                    yield Inverse(past.stream, event)

    # what the history says

    def later(self, past: Past, *types: str, **same: Any) -> Iterator[Past]:
        """Give later events of the stream, of these types and with this data, that stand by themselves."""
        for other in self.history:
            if (
                other.position > past.position
                and other.stream == past.stream
                and other.type in types
                and other.position not in self.group
                and other.position not in self.undone_by
                and all(other.data.get(name) == value for name, value in same.items())
            ):
                yield other

    def refuse_if_later(self, past: Past, *types: str, **same: Any) -> None:
        """Refuse if something later stands in the way."""
        found = next(self.later(past, *types, **same), None)
        if found:
            raise _Refused(f"{found.told} came after {past.told} and depends on it; undo that first")

    def state_before(self, past: Past) -> ContactState:
        return _folded(
            one for one in self.history if one.stream == past.stream and one.position < past.position
        )

    def state_now(self, past: Past) -> ContactState:
        return _folded(one for one in self.history if one.stream == past.stream)

    def same(self, past: Past, *names: str) -> dict[str, Any]:
        """Give fields of an event as they are, with what every inverse says."""
        return {**{name: past.data[name] for name in names}, "why": self.why, "undoes": past.position}

    def original(self, past: Past) -> dict[str, Any]:
        """Give the data of what an undo took back, to do it again."""
        found = self.at.get(past.undoes) if past.undoes else None
        if found is None or "erased" in found.data:
            raise _Refused(f"what {past.told} took back is erased")
        return {**found.data, "undoes": past.position}


def _folded(events: Iterator[Past]) -> ContactState:
    state = INITIAL
    for past in events:
        if "erased" not in past.data:
            state = evolve(state, past.type, past.data)
    return state


# suppressions

_SUPPRESSING = ("AddressSuppressed", "SuppressionLifted")


def _unsuppress(undoing: _Undoing, past: Past) -> Iterator[Event]:
    address = past.data["address"]
    if address not in undoing.state_now(past).suppressed:
        return  # lifted since, or over
    undoing.refuse_if_later(past, "AddressSuppressed", address=address)
    before = _entry_before(undoing, past)
    if before:
        yield from before
    else:
        yield SuppressionLifted(**undoing.same(past, "contact_id", "address"))


def _unlift(undoing: _Undoing, past: Past) -> Iterator[Event]:
    undoing.refuse_if_later(past, *_SUPPRESSING, address=past.data["address"])
    yield from _entry_before(undoing, past)


def _entry_before(undoing: _Undoing, past: Past) -> list[Event]:
    """Put in force again what was so before an event, if anything was."""
    address = past.data["address"]
    entry = undoing.state_before(past).suppressed.get(address)
    if entry is None:
        return []
    told = [
        one
        for one in undoing.history
        if one.stream == past.stream and one.position < past.position and one.data.get("address") == address
    ]
    put = next(one for one in reversed(told) if one.type == "AddressSuppressed")
    events: list[Event] = [event_of(AddressSuppressed, {**put.data, "undoes": past.position})]
    probe = next((one for one in reversed(told) if one.type == "ProbeSent"), None)
    if entry.probed and probe:
        events.append(ProbeSent(**probe.data))
    return events


# bounces


def _uncount(undoing: _Undoing, past: Past) -> Iterator[Event]:
    data = past.data
    key = (data["address"], data["mailing"], data["day"], data["severity"])
    now = undoing.state_now(past)
    if not any((one.address, one.mailing, one.day.isoformat(), one.severity) == key for one in now.bounces):
        return
    if data["address"] in now.suppressed:
        undoing.refuse_if_later(past, "AddressSuppressed", address=data["address"])
    names = ("contact_id", "address", "mail_id", "severity", "mailing", "day")
    yield BounceUncounted(**undoing.same(past, *names))


def _count_again(undoing: _Undoing, past: Past) -> Iterator[Event]:
    yield BounceCounted(**undoing.original(past))


# lists


def _unremove(undoing: _Undoing, past: Past) -> Iterator[Event]:
    listed = past.data["list"]
    undoing.refuse_if_later(past, "RemovedFromList", "RestoredToList", list=listed)
    if listed not in undoing.state_now(past).lists:
        yield RestoredToList(**undoing.same(past, "contact_id", "list"))


def _unrestore(undoing: _Undoing, past: Past) -> Iterator[Event]:
    listed = past.data["list"]
    undoing.refuse_if_later(past, "RemovedFromList", "RestoredToList", list=listed)
    if listed in undoing.state_now(past).lists:
        yield RemovedFromList(**undoing.same(past, "contact_id", "list"), mail_id=None, rule="")


# contacts


def _forget(undoing: _Undoing, past: Past) -> Iterator[Event]:
    address = past.data["address"]
    now = undoing.state_now(past)
    if address not in now.remembered:
        return
    undoing.refuse_if_later(past, "BounceCounted", address=address)
    if address in now.suppressed:
        undoing.refuse_if_later(past, "AddressSuppressed", address=address)
    yield AddressForgotten(**undoing.same(past, "contact_id", "address"))


def _remember_again(undoing: _Undoing, past: Past) -> Iterator[Event]:
    yield AddressRemembered(**undoing.original(past))


# items and documents

_CLOSING = ("MailAssigned", "ReviewDismissed")


def _unassign(undoing: _Undoing, past: Past) -> Iterator[Event]:
    undoing.refuse_if_later(past, *_CLOSING, address=past.data["address"])
    yield AssignmentUndone(**undoing.same(past, "mail_id", "contact_id", "address"))


def _assign_again(undoing: _Undoing, past: Past) -> Iterator[Event]:
    undoing.refuse_if_later(past, *_CLOSING, address=past.data["address"])
    yield MailAssigned(**undoing.original(past))


def _reopen(undoing: _Undoing, past: Past) -> Iterator[Event]:
    undoing.refuse_if_later(past, *_CLOSING, address=past.data["address"])
    yield ReviewReopened(**undoing.same(past, "mail_id", "address"))


def _dismiss_again(undoing: _Undoing, past: Past) -> Iterator[Event]:
    undoing.refuse_if_later(past, *_CLOSING, address=past.data["address"])
    yield ReviewDismissed(**undoing.original(past))


def _unfile(undoing: _Undoing, past: Past) -> Iterator[Event]:
    yield DocumentUnfiled(**undoing.same(past, "mail_id", "contact_id"))


def _file_again(undoing: _Undoing, past: Past) -> Iterator[Event]:
    yield DocumentFiled(**undoing.original(past))


INVERSES: Mapping[str, Callable[[_Undoing, Past], Iterator[Event]]] = {
    "AddressSuppressed": _unsuppress,
    "SuppressionLifted": _unlift,
    "BounceCounted": _uncount,
    "BounceUncounted": _count_again,
    "RemovedFromList": _unremove,
    "RestoredToList": _unrestore,
    "AddressRemembered": _forget,
    "AddressForgotten": _remember_again,
    "MailAssigned": _unassign,
    "AssignmentUndone": _assign_again,
    "ReviewDismissed": _reopen,
    "ReviewReopened": _dismiss_again,
    "DocumentFiled": _unfile,
    "DocumentUnfiled": _file_again,
}
