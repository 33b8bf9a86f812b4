"""What the command line and the screens share: commands to execute and questions to ask."""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from eventstore import Event, EventStore, Recorded, SqliteStore
from eventstore.events import MailClassified
from mgtui.figures import Figures
from mgtui.presence import Presence
from mgtui.questions import Questions
from mgtui.sending import Answer
from mgtui.settings import Settings
from projections.fields import as_dicts

if TYPE_CHECKING:
    from mgtui.acting import Acting
    from mgtui.commands import AssignMail, Command, ImportContacts, Outcome, SuppressAddress
    from mgtui.deciding import Deciding
    from mgtui.grabbing import GrabberStatus
    from mgtui.importing import Listeners
    from mgtui.lookback import LookBack
    from mgtui.rules import LoadedRules
    from mgtui.rulings import Ruling
    from mgtui.whatif import Difference


@dataclass(slots=True)
class Application:
    """One office: its log, its read models, and what may be done."""

    settings: Settings
    store: SqliteStore
    log: EventStore  #: the store for appending: it sees to it that subscribers are told
    ask: Questions
    always_send: frozenset[str]  #: categories that no suppression stops
    today: Callable[[], date]
    operator: str
    presence: Presence
    make_acting: "Callable[[Application], Acting]"  #: raises `SettingsError` for rules or keys never good
    closers: list[Callable[[], None]] = field(default_factory=list)
    _acting: "Acting | None" = field(default=None, init=False)
    _making: threading.Lock = field(default_factory=threading.Lock, init=False)

    # acting

    @property
    def acting(self) -> "Acting":
        """What carries commands out; made with the first of them. Raises `SettingsError`."""
        with self._making:
            if self._acting is None:
                self._acting = self.make_acting(self)
            return self._acting

    @property
    def deciding(self) -> "Deciding":
        """What decides on mails."""
        return self.acting.deciding

    @property
    def rules(self) -> "LoadedRules":
        """The rules in force."""
        return self.acting.rules

    @property
    def refused(self) -> str:
        """Why the configured rules are not in force, those before them are; "" where they are."""
        return self._acting.refused if self._acting is not None else ""

    def execute(self, command: "Command") -> "Outcome":
        """Carry out a command; a refusal is an outcome. Raises `StoreError`."""
        return self.acting.execute(command)

    def foresee(self, command: "AssignMail | SuppressAddress") -> tuple[Event, ...]:
        """Give the events that a command would append as things stand now, and append nothing."""
        return self.acting.foresee(command)

    def import_contacts(self, command: "ImportContacts", tell: "Listeners") -> "Outcome":
        """Take contacts over, telling of each change and broken line as it comes. Raises `StoreError`."""
        return self.acting.import_contacts(command, tell)

    def note_rules(self) -> None:
        """Record which rules are in force, or why new ones are not, unless the log says so already."""
        self.acting.note_rules()

    # asking

    @property
    def figures(self) -> Figures:
        """The figures of the office, and what is behind them."""
        return Figures(self.ask.query, self.store)

    def may_send(self, address: str, category: str) -> Answer:
        """Say whether a mail of a category may go to an address."""
        return self.ask.may_send(address, category, self.always_send, self.today())

    def may_send_all(self, addresses: Iterable[str], category: str) -> Iterator[Answer]:
        """Say of each address, in order, whether a mail of a category may go to it."""
        return self.ask.may_send_all(addresses, category, self.always_send, self.today())

    def classified(self, mail_id: str) -> MailClassified | None:
        """Give a mail's last classification as recorded, None for one that was never read."""
        from mgtui.classified import last_classification

        return last_classification(self.store, mail_id)

    def read_rules(self, file: Path | None) -> "LoadedRules":
        """Read and check rules of a file, or those that are configured. Raises `SettingsError` or `RulesError`."""
        return self.acting.read_rules(file)

    def what_if(
        self, other: "LoadedRules", told: Callable[[int], None] = lambda _: None
    ) -> "Iterator[Difference]":
        """Give the mails of the log that other rules would decide otherwise; nothing is changed."""
        return self.acting.what_if(other, told)

    def rulings(self) -> "list[Ruling]":
        """Give the rules in force with how often each decided, then those that are no more."""
        return self.acting.rulings()

    def decisions_by(self, rule: str, anchor: int | None = None, newer: bool = False) -> Iterator[Recorded]:
        """Give the decisions of a rule before `anchor`, the newest first; with `newer` those after it."""
        return self.figures.behind("rule", rule, date.min, date.max, anchor, newer)

    def as_of(self, position: int) -> "LookBack":
        """Give the office as it was at a position of the log; close it after use. Raises ValueError."""
        from mgtui.lookback import LookBack

        past = self.store.as_of(position)
        ask = replace(self.ask, store=past, query=lambda sql, values: as_dicts(past.query(sql, values)))
        return LookBack(ask, past, self.always_send)

    def grabbers(self) -> "list[GrabberStatus]":
        """Tell how each grabber does at this moment, wherever it runs."""
        from mgtui import grabbing

        return grabbing.statuses(self)

    def close(self) -> None:
        """Release the log and the raw mails; safe to call twice."""
        while self.closers:
            self.closers.pop()()
