"""The seam to what carries a notice out of the house."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Notice:
    """What somebody is told; `action_id` lets the far side tell a repeat."""

    action_id: str
    subject: str
    text: str
    requested_at: datetime


class Undelivered(Exception):
    """A notice didn't get out; its text is one line. `for_good` where trying again can't help."""

    def __init__(self, text: str, *, for_good: bool = False) -> None:
        super().__init__(text)
        self.for_good = for_good


class Channel(Protocol):
    """A way out to one subscriber."""

    def send(self, notice: Notice) -> None:
        """Carry a notice out. Raises `Undelivered`."""
        ...
