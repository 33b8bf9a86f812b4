"""Undoing with the log at hand: which streams are concerned, and the undo in one transaction."""

from collections.abc import Sequence

from eventstore import Append, Appended, Cause, EventStore, Recorded, Sibling
from mgtui.commands import Outcome, UndoEvent
from mgtui.language import N_, _
from mgtui.retelling import retold
from mgtui.rules import Inverse, Past, Refusal, undo
from mgtui.story import in_short

TRIES = 8


def carry_out(command: UndoEvent, store: EventStore, actor: str) -> Outcome:
    """Take an event back, or say what stands in the way."""
    for _try in range(TRIES):
        target = next(store.read(after=command.event - 1, before=command.event + 1), None)
        if target is None:
            return Outcome(False, _("there is no event {event}").format(event=command.event))
        history, versions = _history(store, target)
        found = undo(
            command.event, history, command.why.strip() or N_("{actor} took it back").format(actor=actor)
        )
        if isinstance(found, Refusal):
            return Outcome(False, retold(found.why))
        result = store.append_many(_appends(found, versions, command.event), actor=actor)
        if isinstance(result, Appended):
            names = in_short(type(inverse.event).__name__ for inverse in found)
            told = _("{event} is taken back: {names}; `mgtui undo {position}` does it again")
            text = told.format(
                event=f"{in_short([target.type])} ({command.event})",
                names=names,
                position=result.first_position,
            )
            return Outcome(True, text, (result.first_position, result.last_position))
    return Outcome(False, _("the streams keep changing; try again"))


def foresee(event: int, store: EventStore) -> tuple[Inverse, ...] | Refusal:
    """Give the events that taking an event back would append as things stand now, and append nothing."""
    target = next(store.read(after=event - 1, before=event + 1), None)
    if target is None:
        return Refusal(N_("there is no event {event}").format(event=event))
    return undo(event, _history(store, target)[0], "")


def _history(store: EventStore, target: Recorded) -> tuple[list[Past], dict[str, int]]:
    """Read the stream of an event, that of its mail, and those of all contacts the mail has touched."""
    streams = dict.fromkeys([target.stream])
    if isinstance(target.data.get("mail_id"), str):
        streams[f"mail-{target.data['mail_id']}"] = None
    # An undo names no mail; the rest of it stands right behind its first event.
    for follower in store.read(after=target.position):
        if follower.cause != target.position:
            break
        streams[follower.stream] = None
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
