"""Undoing with the log at hand: which streams are concerned, and the undo in one transaction."""

from collections.abc import Sequence

from eventstore import Append, Appended, Cause, EventStore, Sibling
from mgtui.commands import Outcome, UndoEvent
from mgtui.rules import Inverse, Past, Refusal, undo

TRIES = 8


def carry_out(command: UndoEvent, store: EventStore, actor: str) -> Outcome:
    """Take an event back, or say what stands in the way."""
    for _ in range(TRIES):
        target = next(store.read(after=command.event - 1, before=command.event + 1), None)
        if target is None:
            return Outcome(False, f"there is no event {command.event}")
        history, versions = _history(store, target.stream, target.data)
        found = undo(command.event, history, command.why.strip() or f"{actor} took it back")
        if isinstance(found, Refusal):
            return Outcome(False, found.why)
        result = store.append_many(_appends(found, versions, command.event), actor=actor)
        if isinstance(result, Appended):
            names = ", ".join(type(inverse.event).__name__ for inverse in found)
            text = f"{target.type} {command.event} is taken back: {names}"
            again = f"{text}; `mgtui undo {result.first_position}` does it again"
            return Outcome(True, again, (result.first_position, result.last_position))
    return Outcome(False, "the streams keep changing; try again")


def _history(store: EventStore, stream: str, data: dict[str, object]) -> tuple[list[Past], dict[str, int]]:
    """Read the stream of an event, that of its mail, and those of all contacts the mail has touched."""
    streams = dict.fromkeys([stream])
    if isinstance(data.get("mail_id"), str):
        streams[f"mail-{data['mail_id']}"] = None
    past: dict[int, Past] = {}
    versions: dict[str, int] = {}
    waiting = list(streams)
    while waiting:
        name = waiting.pop()
        versions[name] = 0
        for one in store.read_stream(name):
            past[one.position] = Past(one.position, name, one.type, one.cause, one.data)
            versions[name] = one.version
            contact = f"contact-{one.data.get('contact_id')}"
            if name.startswith("mail-") and one.data.get("contact_id") and contact not in streams:
                streams[contact] = None
                waiting.append(contact)
    return [past[position] for position in sorted(past)], versions


def _appends(inverses: Sequence[Inverse], versions: dict[str, int], position: int) -> list[Append]:
    """Lay out an undo: the first event is caused by what it takes back, the others by the first."""
    appends = []
    for number, inverse in enumerate(inverses):
        cause: Cause = Sibling(0) if number else position
        appends.append(Append(inverse.stream, [inverse.event], versions[inverse.stream], [cause]))
        versions[inverse.stream] += 1
    return appends
