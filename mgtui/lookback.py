"""The office as of an earlier position of its log: the same questions, answered as they were answered then.

Configuration and rules aren't in it: which categories are always sent, and whose variants are the same, is said
by those in force now. What was erased since then stays erased.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from eventstore import Past
from eventstore.events import MailClassified
from mgtui.classified import last_classification
from mgtui.questions import Questions
from mgtui.sending import Answer


@dataclass(frozen=True, slots=True)
class LookBack:
    """Questions about the past, which several threads may ask; `go_to` moves it, `close` lets it go."""

    ask: Questions
    past: Past
    always_send: frozenset[str]

    @property
    def position(self) -> int:
        """Give the position that the answers are as of."""
        return self.past.position

    @property
    def moment(self) -> datetime:
        """Give when the event at the position was recorded; the beginning of time for an empty log."""
        last = next(self.past.read(backwards=True, limit=1), None)
        return last.recorded_at if last else datetime.min.replace(tzinfo=UTC)

    @property
    def today(self) -> date:
        """Give the day of the position."""
        return self.moment.date()

    def go_to(self, position: int) -> None:
        """Move to another position: at once up to a thousand events back, or forwards by what lies between.

        Raises ValueError for a position that the log hasn't.
        """
        self.past.go_to(position)

    def classified(self, mail_id: str) -> MailClassified | None:
        """Give a mail's last classification by then, None for one that wasn't read yet."""
        return last_classification(self.past, mail_id)

    def may_send_all(self, addresses: Iterable[str], category: str) -> Iterator[Answer]:
        """Say of each address, in order, whether a mail of a category could go to it on that day."""
        return self.ask.may_send_all(addresses, category, self.always_send, self.today)

    def close(self) -> None:
        """Let it go."""
        self.past.close()

    def __enter__(self) -> "LookBack":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
