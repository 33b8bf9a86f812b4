"""What went wrong with a mailbox is noted once, and once that it is over."""

import re
from dataclasses import dataclass

from eventstore import EventStore
from eventstore.events import FetchFailed, FetchResumed
from mgtui.wording import harmless

_NUMBERS = re.compile(r"\d[\d.+ ]*")
_TELLING = ("FetchFailed", "FetchResumed")


@dataclass(slots=True)
class Failures:
    """The lasting failure of a grabber, as the log has it; several runs of the program share it."""

    store: EventStore
    grabber: str
    _present: str | None = None  #: None where the log hasn't been asked yet

    def note(self, text: str, transient: bool) -> None:
        """Record a failure, unless it is the one that goes on already."""
        text = harmless(text, 500)
        if kind_of(text) == kind_of(self._known()):
            return
        failed = FetchFailed(grabber=self.grabber, error=text, transient=transient)
        self._append(failed)
        self._present = text

    def over(self) -> None:
        """Record that it works again, if it didn't."""
        if self._known():
            self._append(FetchResumed(grabber=self.grabber))
        self._present = ""

    def _append(self, event: FetchFailed | FetchResumed) -> None:
        self.store.append(f"grabber-{self.grabber}", [event], actor=f"grabber {self.grabber}")

    def _known(self) -> str:
        if self._present is None:
            last = next(
                (
                    recorded
                    for recorded in self.store.read(types=_TELLING, category="grabber", backwards=True)
                    if recorded.stream == f"grabber-{self.grabber}"
                ),
                None,
            )
            failing = last is not None and last.type == "FetchFailed"
            self._present = str(last.data["error"]) if last is not None and failing else ""
        return self._present


def kind_of(text: str) -> str:
    """Leave out figures: Dovecot tells with each refusal how long it took."""
    return _NUMBERS.sub("#", text)
