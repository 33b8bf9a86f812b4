"""Which events somebody wants to see: `type:Bounce grabber:letters by:eva stream:contact-k001 words`."""

from collections.abc import Collection
from dataclasses import dataclass

from eventstore import Recorded
from eventstore.events import OFFICE_EVENTS
from mgtui.story import words_of

NAMES = tuple(event_type.__name__ for event_type in OFFICE_EVENTS)


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

    @property
    def looks_inside(self) -> bool:
        """Tell whether events have to be read to know if they fit: no index answers."""
        return bool(self.grabber or self.by or self.words)

    def fits(self, recorded: Recorded) -> bool:
        """Tell whether an event is wanted."""
        if self.types is not None and recorded.type not in self.types:
            return False
        if self.stream and self.stream not in (recorded.stream, recorded.category):
            return False
        if self.grabber and not self._of_grabber(recorded):
            return False
        if self.by not in recorded.actor.casefold():
            return False
        return not self.words or self._says(recorded)

    def _of_grabber(self, recorded: Recorded) -> bool:
        names = [str(recorded.data.get("grabber", ""))]
        if recorded.actor.startswith("grabber "):
            names.append(recorded.actor.removeprefix("grabber "))
        return any(self.grabber in name.casefold() for name in names)

    def _says(self, recorded: Recorded) -> bool:
        told = f"{recorded.type} {recorded.actor} {recorded.stream} {words_of(recorded)}".casefold()
        return all(word in told for word in self.words)


NOTHING = EventFilter()


def filter_of(text: str, names: Collection[str] = NAMES) -> EventFilter:
    """Read what somebody typed; what names no field is a word to look for."""
    asked: dict[str, str] = {}
    words = []
    for word in text.split():
        field, sign, value = word.partition(":")
        if sign and value and field in ("type", "stream", "grabber", "by"):
            asked[field] = value
        elif not (sign and not value and field in ("type", "stream", "grabber", "by")):
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
