"""Deciding on fetched mails with the log at hand: what the pure rooms say is appended in one transaction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from eventstore import Append, Appended, Cause, Event, EventStore, Sibling, WrongExpectedVersion, checked
from eventstore.events import (
    DecisionHeld,
    DecisionResumed,
    MailClassified,
    MailQuarantined,
    ProcessingFailed,
    ReviewRequested,
)
from mgtui.braking import Braking, Standing
from mgtui.classified import Marks
from mgtui.contacts import (
    INITIAL,
    ContactState,
    Sent,
    addresses_asked,
    bare_message_id,
    evolve,
    message_ids_asked,
)
from mgtui.reading import Read, Understand, Unreadable, in_words, read_mail
from mgtui.rules import Archive, Decision, Key, Known, Office, decide
from mgtui.wording import harmless

TRIES = 8  #: how often a batch is decided anew because somebody else touched the same contacts


class Contended(Exception):
    """Others kept appending to the same streams; trying again can help."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A fetched mail that is to be decided; `version` and `cause` are of its stream's last event."""

    mail_id: str
    read: Read
    version: int
    cause: int | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Planned:
    """An event on its way into the log; `because` is the index of an earlier one, `cause` a position."""

    stream: str
    event: Event
    because: int | None = None
    cause: int | None = None


@dataclass(frozen=True, slots=True)
class Questions:
    """What deciding asks of the read models and streams."""

    holders: Callable[[Iterable[str]], dict[str, tuple[str, ...]]]
    stream: Callable[[str], Iterable[tuple[str, dict[str, Any]]]]
    sent: Callable[[Iterable[str]], dict[str, tuple[Sent, ...]]]
    archive: Callable[[Iterable[str]], Archive] = field(default=lambda _message_ids: Archive())


@dataclass(frozen=True, slots=True)
class Held:
    """A mail whose decision waits: what it was found to be, None once that is erased."""

    mail_id: str
    mail: MailClassified | None
    version: int


@dataclass(slots=True)
class _Plan:
    """What a batch appends, and what it decides."""

    versions: dict[str, int]
    planned: list[Planned] = field(default_factory=list)
    decided: list[tuple[int, MailClassified, Decision]] = field(default_factory=list)

    def hold(self, mail: MailClassified, cause: int | None, standing: Standing) -> None:
        """Note that a mail was read, and that its decision waits; the first one applies the brake."""
        at, stream = len(self.planned), standing.stream
        self.planned.append(Planned(f"mail-{mail.mail_id}", mail, cause=cause))
        if standing.applied and stream not in self.versions:
            self.planned.append(Planned(stream, standing.applied, at))
        self.versions.setdefault(stream, standing.version)
        held = DecisionHeld(mail_id=mail.mail_id, brake_id=standing.brake_id)
        self.planned.append(Planned(stream, held, at))


@dataclass(slots=True)
class Deciding:
    """Turns fetched mails into decisions in the log."""

    store: EventStore
    questions: Questions
    understand: Understand
    office: Office
    marks: Marks
    keys: Callable[[], Sequence[Key]] = field(default=lambda: ())
    braking: Braking | None = None
    attempts: int = 3  #: how often a mail may break the processing before it is quarantined

    def state(self, contact_id: str) -> ContactState:
        """Fold a contact's stream."""
        state = INITIAL
        for event_type, data in self.questions.stream(f"contact-{contact_id}"):
            state = evolve(state, event_type, data)
        return state

    def known(self, mails: Sequence[MailClassified]) -> Known:
        """Look up who has the addresses of these mails, and how things stand with them."""
        holders = self.questions.holders(address for mail in mails for address in addresses_asked(mail))
        sent = self.questions.sent(bare for mail in mails for bare in message_ids_asked(mail))
        ids = {contact_id for found in holders.values() for contact_id in found}
        ids |= {one.contact_id for found in sent.values() for one in found}
        states = {contact_id: self.state(contact_id) for contact_id in sorted(ids)}
        returned = (bare_message_id(mail.original_message_id) for mail in mails)
        return Known(holders, states, sent, self.questions.archive(filter(None, returned)))

    def settle(self, batch: Sequence[Pending], today: date, actor: str) -> None:
        """Decide a batch, and append all of it in one transaction. Raises `Contended`."""
        for _ in range(TRIES):
            planned, versions = self._plan(batch, today, actor)
            result = self.store.append_many(as_appends(planned, versions), actor=actor)
            if isinstance(result, Appended):
                return
        raise Contended(f"the streams of this batch keep changing ({result}); try again")

    def foresee(self, batch: Sequence[Pending], today: date, actor: str) -> list[Event]:
        """Give the events that `settle` would append as things stand now, and append nothing."""
        planned, _ = self._plan(batch, today, actor)
        return [entry.event for entry in planned]

    def read(self, mail_id: str, raw: bytes, archived: bool = False) -> Read:
        """Classify a mail; see `read_mail`."""
        return read_mail(self.understand, self.marks, mail_id, raw, archived)

    def _plan(
        self, batch: Sequence[Pending], today: date, actor: str
    ) -> tuple[list[Planned], dict[str, int]]:
        known = self.known([mail.read for mail in batch if isinstance(mail.read, MailClassified)])
        plan = self._lay_out(batch, known, today, {})
        if self.braking is None:
            return plan.planned, plan.versions
        held = self.braking.held(plan.decided, actor, today)
        if held:
            plan = self._lay_out(batch, known, today, held)
        return plan.planned, plan.versions

    def _lay_out(
        self,
        batch: Sequence[Pending],
        known: Known,
        today: date,
        held: Mapping[int, Standing],
    ) -> "_Plan":
        """Decide a batch, mail after mail; those that are held only note that they are."""
        office = self._office()
        states = dict(known.states)
        plan = _Plan({f"contact-{contact_id}": state.version for contact_id, state in states.items()})
        for index, pending in enumerate(batch):
            mail = pending.read
            plan.versions[f"mail-{pending.mail_id}"] = pending.version
            if isinstance(mail, Unreadable):
                plan.planned += self._broken(pending, mail.why)
                continue
            if index in held:
                plan.hold(mail, pending.cause, held[index])
                continue
            try:
                decision = decide(mail, replace(known, states=states), office, today)
                for step in decision.steps:
                    checked(step.event)
            except Exception as error:  # noqa: BLE001 - quarantined, never lost
                plan.planned += self._broken(pending, in_words(error))
                continue
            states.update(decision.states)
            plan.decided.append((index, mail, decision))
            plan.planned += plan_of(mail, decision, len(plan.planned), pending.cause)
        return plan

    def _office(self) -> Office:
        # Keys may be rotated while the program runs.
        return replace(self.office, proofs=replace(self.office.proofs, keys=self.keys()))

    def resume(self, brake_id: str, waiting: Sequence[Held], today: date, actor: str) -> bool:
        """Decide held mails; tell whether nobody was faster."""
        known = self.known([held.mail for held in waiting if held.mail])
        states, office = dict(known.states), self._office()
        plan = _Plan({f"contact-{contact_id}": state.version for contact_id, state in states.items()})
        for held in waiting:
            stream, at = f"mail-{held.mail_id}", len(plan.planned)
            plan.versions[stream] = held.version
            plan.planned.append(Planned(stream, DecisionResumed(mail_id=held.mail_id, brake_id=brake_id)))
            if held.mail is not None:
                decision = decide(held.mail, replace(known, states=states), office, today)
                states.update(decision.states)
                plan.planned += steps_of(decision, stream, at + 1, at)
        result = self.store.append_many(as_appends(plan.planned, plan.versions), actor=actor)
        return isinstance(result, Appended)

    def _broken(self, mail: Pending, why: str) -> list[Planned]:
        """Note that a mail can't be processed; after enough attempts it goes to a person."""
        text = harmless(why, 500)
        attempt = mail.attempts + 1
        stream = f"mail-{mail.mail_id}"
        failed = ProcessingFailed(mail_id=mail.mail_id, error=text, attempt=attempt)
        planned = [Planned(stream, failed, cause=mail.cause)]
        if attempt >= self.attempts:
            quarantined = MailQuarantined(mail_id=mail.mail_id, error=text, attempts=attempt)
            review = ReviewRequested(
                mail_id=mail.mail_id,
                queue="bounces",
                reason="quarantined",
                why=text,
                address="",
                candidates=(),
            )
            planned += [Planned(stream, event, cause=mail.cause) for event in (quarantined, review)]
        return planned


def plan_of(mail: MailClassified, decision: Decision, offset: int, cause: int | None) -> list[Planned]:
    """Lay out a classification and what follows from it, from index `offset` on."""
    mail_stream = f"mail-{mail.mail_id}"
    planned = [Planned(mail_stream, mail, cause=cause)]
    return planned + steps_of(decision, mail_stream, offset + 1, offset)


def steps_of(decision: Decision, mail_stream: str, offset: int, because: int | None) -> list[Planned]:
    """Lay out a decision from index `offset` on; `because` is the index that its first causes point to."""
    return [
        Planned(
            f"contact-{step.contact_id}" if step.contact_id else mail_stream,
            step.event,
            because if step.because is None else offset + step.because,
        )
        for step in decision.steps
    ]


def as_appends(planned: Sequence[Planned], versions: dict[str, int]) -> list[Append]:
    """Group consecutive events of one stream; each group expects the version that the ones before leave."""
    appends: list[Append] = []
    versions = dict(versions)
    at = 0
    while at < len(planned):
        stream = planned[at].stream
        end = at
        while end < len(planned) and planned[end].stream == stream:
            end += 1
        group = planned[at:end]
        causes: list[Cause] = [
            Sibling(entry.because) if entry.because is not None else entry.cause for entry in group
        ]
        expected = versions.get(stream, 0)
        appends.append(Append(stream, [entry.event for entry in group], expected, causes))
        versions[stream] = expected + len(group)
        at = end
    return appends


def conflict_text(conflict: WrongExpectedVersion) -> str:
    """Say that somebody else was faster."""
    return f"{conflict.stream} changed meanwhile (version {conflict.found} instead of {conflict.expected})"
