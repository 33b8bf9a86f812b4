"""What a server wants people to read (`[ALERT]`) is noted once a day, however often it says so."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from eventstore import EventStore
from eventstore.events import AlertReceived
from mgtui.grabber.failures import kind_of
from mgtui.wording import harmless


@dataclass(slots=True)
class Alerts:
    """The alerts of a grabber's server; several runs of the program share them by their keys in the log."""

    store: EventStore
    grabber: str
    _noted: set[str] = field(default_factory=set, init=False)

    def note(self, texts: Iterable[str], today: date) -> None:
        """Record what is new today."""
        for text in texts:
            said = harmless(text, 500)
            key = self._key(said, today)
            if said and key not in self._noted:
                event = AlertReceived(grabber=self.grabber, text=said)
                self.store.append(
                    f"grabber-{self.grabber}", [event], key=key, actor=f"grabber {self.grabber}"
                )
                self._noted.add(key)

    def _key(self, text: str, today: date) -> str:
        digest = hashlib.sha256(kind_of(text).encode()).hexdigest()[:16]
        return f"alert {self.grabber} {today.isoformat()} {digest}"
