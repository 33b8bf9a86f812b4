"""Which events somebody wants to see: `type:Bounce grabber:letters by:eva stream:contact-k001 words`."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from eventstore import Recorded
from eventstore.events import OFFICE_EVENTS
from mgtui.story import words_of

FIELDS = ("type", "stream", "grabber", "by")
NAMES = tuple(event_type.__name__ for event_type in OFFICE_EVENTS)


class Face(NamedTuple):
    """What of an event a filter looks at."""

    type: str
    stream: str
    actor: str  #: case folded, like what follows
    grabber: str  #: whose work it is, "" where it is nobody's
    says: str  #: everything that words are looked for in


def face_of(recorded: Recorded, told: str) -> Face:
    """Give the face of an event; `told` is what it says in words."""
    actor = recorded.actor.casefold()
    grabber = recorded.data.get("grabber") or (
        actor.partition(" ")[2] if actor.startswith("grabber ") else ""
    )
    says = f"{recorded.type} {recorded.actor} {recorded.stream} {told}".casefold()
    return Face(recorded.type, recorded.stream, actor, str(grabber).casefold(), says)


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Everything asked for must hold; nothing asked for lets all through."""

    text: str = ""  #: as it was typed
    types: frozenset[str] | None = None  #: None for any, empty where no type has such a name
    stream: str = ""  #: whole name, or a category
    grabber: str = ""
    by: str = ""  #: part of the actor
    words: tuple[str, ...] = ()

    @property
    def category(self) -> str | None:
        """The category of streams that is asked for, if no single stream is."""
        return self.stream if self.stream and "-" not in self.stream else None

    def fits(self, recorded: Recorded) -> bool:
        """Tell whether an event is wanted; its words are made only where words are asked for."""
        if self.types is not None and recorded.type not in self.types:
            return False
        return self.fits_face(face_of(recorded, words_of(recorded) if self.words else ""))

    def fits_face(self, face: Face) -> bool:
        """Tell whether an event with this face is wanted."""
        return (
            (self.types is None or face.type in self.types)
            and (not self.stream or self.stream in (face.stream, face.stream.partition("-")[0]))
            and self.grabber in face.grabber
            and self.by in face.actor
            and all(word in face.says for word in self.words)
        )


NOTHING = EventFilter()


def filter_of(text: str, names: Collection[str] = NAMES) -> EventFilter:
    """Read what somebody typed; what names no field is a word to look for."""
    asked: dict[str, str] = {}
    words = []
    for word in text.split():
        field, sign, value = word.partition(":")
        if sign and value and field in FIELDS:
            asked[field] = value
        elif not (sign and field in FIELDS):  # whose value isn't typed yet
            words.append(word.casefold())
    wanted = asked.get("type", "").casefold()
    types = frozenset(name for name in names if wanted in name.casefold()) if wanted else None
    return EventFilter(
        text.strip(),
        types,
        asked.get("stream", ""),
        asked.get("grabber", "").casefold(),
        asked.get("by", "").casefold(),
        tuple(words),
    )
