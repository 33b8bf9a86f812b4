"""A decision in the making: the events of one mail, while the states of its contacts evolve."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, assert_never

from eventstore import Event, data_of
from eventstore.events import (
    AddressSuppressed,
    BounceCounted,
    ContactMatched,
    ContactNotMatched,
    CountsReset,
    DocumentFiled,
    MailClassified,
    NoticeRaised,
    OriginNotProved,
    OriginProved,
    RemovedFromList,
    RestoredToList,
    ReviewRequested,
    RuleApplied,
    SuppressionLifted,
    Verdict,
)
from mgtui.contacts import (
    INITIAL,
    Book,
    ContactState,
    Match,
    Sent,
    bare_message_id,
    evolve,
    match_correspondent,
    normalise,
)
from mgtui.rules.match import Subject, first_rules, in_words
from mgtui.rules.model import Action, File, Notify, RemoveFromList, Restore, Review, Rule, Suppress
from mgtui.rules.office import Office
from mgtui.rules.proof import Archive, Proved, prove
from mgtui.tables import name_of

TRIAL_DAYS = 60  #: how long a bounce after a trial suppresses where nothing else tells


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the contacts that a mail may be about: who has an address, and their states."""

    holders: Mapping[str, tuple[str, ...]]  #: normalised address -> ids of the contacts that have it
    states: Mapping[str, ContactState]
    sent: Mapping[str, tuple[Sent, ...]] = field(default_factory=dict)  #: bare Message-ID -> archived mails
    archive: Archive = field(default_factory=Archive)


class _Addresses(Mapping[str, tuple[str, ...]]):
    """The addresses of each contact, looked up only when asked for."""

    def __init__(self, states: Mapping[str, ContactState]) -> None:
        self._states = states

    def __getitem__(self, contact_id: str) -> tuple[str, ...]:
        return self._states[contact_id].addresses

    def __iter__(self) -> Iterator[str]:
        return iter(self._states)

    def __len__(self) -> int:
        return len(self._states)


@dataclass(frozen=True, slots=True)
class Step:
    """An event that follows, in the stream of a contact or (None) of the mail, and what led to it."""

    contact_id: str | None
    event: Event
    because: int | None  #: index of an earlier step, None for the classification itself


@dataclass(slots=True)
class Decision:
    """What follows from a mail, in order."""

    steps: list[Step] = field(default_factory=list)
    states: dict[str, ContactState] = field(default_factory=dict)  #: of contacts that it changes, afterwards

    @property
    def events(self) -> list[Event]:
        """Give the events alone."""
        return [step.event for step in self.steps]


@dataclass(slots=True)
class Work:
    """A decision in the making: contacts evolve as events are added."""

    mail: MailClassified
    known: Known
    office: Office
    day: date  #: on which the mail counts
    today: date
    decision: Decision = field(default_factory=Decision)
    because: int | None = None  #: step of the rule that is acting
    book: Book = field(init=False)  #: what matching looks things up in, as it stood before this mail
    _correspondent: Match | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        known, office = self.known, self.office
        addresses = _Addresses(known.states)
        self.book = Book(known.holders, addresses, known.sent, office.internal, office.variants)

    def state(self, contact_id: str) -> ContactState:
        return self.decision.states.get(contact_id) or self.known.states.get(contact_id, INITIAL)

    def tell(self, event: Event) -> None:
        self.decision.steps.append(Step(None, event, self.because))

    def happen(self, contact_id: str, event: Event) -> None:
        self.decision.steps.append(Step(contact_id, event, self.because))
        state = evolve(self.state(contact_id), type(event).__name__, data_of(event))
        self.decision.states[contact_id] = state

    def review(self, queue: str, reason: str, why: str, address: str, candidates: Sequence[str]) -> None:
        """Ask a person, once for each address of the mail."""
        if any(isinstance(e, ReviewRequested) and e.address == address for e in self.decision.events):
            return
        self.tell(
            ReviewRequested(
                mail_id=self.mail.mail_id,
                queue=queue,
                reason=reason,
                why=why,
                address=address,
                candidates=tuple(candidates),
            )
        )

    def proved(self, address: str, contact_id: str) -> bool:
        """Tell whether a report may decide anything about an address, and note what speaks for it or not."""
        proofs, archive, mail_id = self.office.proofs, self.known.archive, self.mail.mail_id
        if proofs.then(archive.any) == "count" and not (proofs.keys or archive.any or proofs.mark):
            return True
        found = prove(self.mail, address, contact_id, proofs, archive, self.today)
        if isinstance(found, Proved):
            self.tell(OriginProved(mail_id=mail_id, address=address, how=found.how, detail=found.detail))
            return True
        # A forged signature is an attempt, whatever becomes of reports that merely prove nothing.
        then = proofs.then(archive.any) if found.reason == "no proof" else "review"
        self.tell(
            OriginNotProved(mail_id=mail_id, address=address, reason=found.reason, why=found.why, then=then)
        )
        if then == "review":
            reason = "unproven" if found.reason == "no proof" else found.reason
            self.review("bounces", reason, found.why, address, (contact_id,))
        return then == "count"

    def subject(self, verdict: Verdict, contact_id: str, address: str) -> Subject:
        """Make what the rules see of one recipient, after counting its bounce."""
        if self.mail.kind == "bounce":
            self.count(verdict, contact_id, address)
        return Subject(
            kind=self.mail.kind,
            severity=verdict.severity if self.mail.kind == "bounce" else "",
            reason=verdict.reason,
            status=verdict.status,
            category=self.mail.category,
            address=address,
            day=self.day,
            contact=self.state(contact_id),
            hosts=tuple(filter(None, (address.rpartition("@")[2], verdict.remote_mta or ""))),
            always_send=self.mail.category in self.office.always_send,
        )

    def count(self, verdict: Verdict, contact_id: str, address: str) -> None:
        """Count a bounce, once for each contact, mailing and day."""
        key = (address, self.mail.mailing, self.day)
        counted = self.state(contact_id).bounces
        if any((bounce.address, bounce.mailing, bounce.day) == key for bounce in counted):
            return
        self.happen(
            contact_id,
            BounceCounted(
                contact_id=contact_id,
                address=address,
                mail_id=self.mail.mail_id,
                severity=verdict.severity,
                reason=verdict.reason,
                status=verdict.status,
                category=self.mail.category,
                mailing=self.mail.mailing,
                day=self.day.isoformat(),
            ),
        )

    def apply(self, subject: Subject, contact_id: str | None, ask: bool = True) -> None:
        """Let the rules speak; a person who has just answered isn't asked again (`ask` is false)."""
        before = self.state(contact_id).on_trial(subject.address, self.day) if contact_id else None
        for rule in first_rules(self.office.rules, subject):
            self.apply_rule(rule, subject, contact_id, ask)
        if contact_id and before:
            self.after_trial(subject, contact_id)

    def apply_rule(self, rule: Rule, subject: Subject, contact_id: str | None, ask: bool) -> None:
        """Note that a rule speaks, and do what it says because of it."""
        self.tell(
            RuleApplied(
                mail_id=self.mail.mail_id,
                contact_id=contact_id,
                rule=rule.name,
                ruleset_digest=self.office.ruleset_digest,
                actions=tuple(name_of(action) for action in rule.then),
                why=in_words(rule, subject),
            )
        )
        self.because = len(self.decision.steps) - 1
        for action in rule.then:
            if ask or not isinstance(action, Review):
                self.act(action, rule, subject, contact_id, ask)
        self.because = None

    def after_trial(self, subject: Subject, contact_id: str) -> None:
        """Suppress an address again whose suppression had run out: it had one mail to show that it works."""
        entry = self.state(contact_id).on_trial(subject.address, self.day)
        if entry is None or subject.severity not in ("hard", "soft"):
            return
        days = (entry.until - entry.since).days if entry.until and entry.since else 0
        action = Suppress(categories=entry.categories, for_days=days if days > 0 else TRIAL_DAYS)
        rule = Rule(name="bounce after a trial", then=(action,))
        self.apply_rule(rule, subject, contact_id, ask=False)

    def works(self, contact_id: str, address: str, why: str) -> None:
        """Note that an address works: what was counted as soft until now, and a trial, are over."""
        state = self.state(contact_id)
        soft = [one for one in state.bounces if one.address == address and one.severity == "soft"]
        soft = [one for one in soft if one.day <= self.day]
        if not soft and not state.on_trial(address, self.day):
            return
        self.happen(
            contact_id,
            CountsReset(
                contact_id=contact_id,
                address=address,
                mail_id=self.mail.mail_id,
                why=why,
                day=self.day.isoformat(),
                soft=len(soft),
            ),
        )

    def act(self, action: Action, rule: Rule, subject: Subject, contact_id: str | None, ask: bool) -> None:
        match action:
            case Suppress():
                if contact_id and subject.address:
                    self.suppress(action, rule, subject, contact_id)
            case RemoveFromList():
                if contact_id and action.list in self.state(contact_id).lists:
                    self.happen(
                        contact_id,
                        RemovedFromList(
                            contact_id=contact_id,
                            list=action.list,
                            mail_id=self.mail.mail_id,
                            rule=rule.name,
                            why=in_words(rule, subject),
                        ),
                    )
            case Restore():
                if contact_id:
                    self.restore(action, rule, subject, contact_id)
            case Notify():
                self.notify(action, rule, subject, contact_id, ask)
            case Review():
                queue = "bounces" if subject.kind != "ordinary" else "imports"
                candidates = (contact_id,) if contact_id else ()
                self.review(queue, rule.name, action.why or rule.name, subject.address, candidates)
            case File():
                self.file_or_ask(action)
            case _:
                assert_never(action)

    def restore(self, action: Restore, rule: Rule, subject: Subject, contact_id: str) -> None:
        """Lift the suppression of the address, or give a list membership back that was taken away."""
        state = self.state(contact_id)
        whole: dict[str, Any] = {
            "contact_id": contact_id,
            "why": in_words(rule, subject),
            "mail_id": self.mail.mail_id,
            "rule": rule.name,
        }
        if action.list is not None:
            if action.list in state.left:
                self.happen(contact_id, RestoredToList(list=action.list, **whole))
        elif subject.address in state.suppressed:
            self.happen(contact_id, SuppressionLifted(address=subject.address, **whole))

    def notify(self, action: Notify, rule: Rule, subject: Subject, contact_id: str | None, ask: bool) -> None:
        """Ask that somebody be told; where nobody can be, a person finds it in the queue."""
        why = action.why or in_words(rule, subject)
        told = set(action.to) & self.office.subscribers if action.to else self.office.wanting_notices
        if told:
            self.tell(
                NoticeRaised(
                    mail_id=self.mail.mail_id,
                    contact_id=contact_id,
                    address=subject.address,
                    to=action.to,
                    rule=rule.name,
                    why=why,
                )
            )
        elif ask:
            candidates = (contact_id,) if contact_id else ()
            self.review("bounces", rule.name, why, subject.address, candidates)

    def suppress(self, action: Suppress, rule: Rule, subject: Subject, contact_id: str) -> None:
        """Suppress the address, unless a suppression in force already says as much for as long."""
        until = self.day + timedelta(days=action.for_days) if action.for_days else action.until
        now = self.state(contact_id).suppressed.get(subject.address)
        if now is not None:
            wider = not now.categories or (
                action.categories and set(action.categories) <= set(now.categories)
            )
            longer = now.until is None or (until is not None and now.until >= until)
            if wider and longer:
                return
        self.happen(
            contact_id,
            AddressSuppressed(
                contact_id=contact_id,
                address=subject.address,
                categories=action.categories,
                until=until.isoformat() if until else None,
                mail_id=self.mail.mail_id,
                rule=rule.name,
                why=in_words(rule, subject),
                day=self.day.isoformat(),
            ),
        )

    def file(self, contact_id: str) -> None:
        senders = [normalise(address) for address in self.mail.sender]
        own = bool(senders) and self.office.internal.has(senders[0])
        archived_as = bare_message_id(self.mail.message_id) if own and self.mail.ours else ""
        self.tell(
            DocumentFiled(
                mail_id=self.mail.mail_id,
                contact_id=contact_id,
                direction="outgoing" if own else "incoming",
                attachments=self.mail.attachments,
                archived_as=archived_as,
            )
        )

    def correspondent(self) -> Match:
        """Find the one contact among sender and addressees."""
        if self._correspondent is None:
            self._correspondent = match_correspondent(self.mail, self.book)
        return self._correspondent

    def file_or_ask(self, action: File) -> None:
        """File a letter at its contact; one that has none, several, or came in damaged waits for a person."""
        match = self.correspondent()
        contact_id, address, candidates = match.contact_id, match.address, match.candidates
        mail_id = self.mail.mail_id
        if contact_id:
            matched = ContactMatched(mail_id=mail_id, contact_id=contact_id, address=address, how=match.how)
            self.tell(matched)
            if not self.mail.findings or action.unmatched == "leave":
                self.file(contact_id)
                return
        elif action.unmatched == "leave":
            return
        outside = self.outside()
        if not contact_id:
            self.tell(ContactNotMatched(mail_id=mail_id, addresses=outside, candidates=candidates))
        reason, why = self.why_ask(contact_id, candidates, outside)
        self.review("imports", reason, why, address or next(iter(outside), ""), candidates)

    def outside(self) -> tuple[str, ...]:
        """Name the correspondents that aren't our own, normalised."""
        everyone = map(normalise, (*self.mail.sender, *self.mail.addressees))
        return tuple(dict.fromkeys(one for one in everyone if one and not self.office.internal.has(one)))

    def why_ask(
        self, contact_id: str | None, candidates: Sequence[str], outside: Sequence[str]
    ) -> tuple[str, str]:
        """Say why a person has to look at a letter: a word, and a sentence."""
        if contact_id:
            return "damaged", f"it came in damaged: {self.mail.findings[0]}"
        if candidates:
            return "several contacts", f"it concerns {', '.join(candidates)}"
        if outside:
            return "no contact", f"nobody has {outside[0]}"
        if self.mail.sender or self.mail.addressees:
            return "internal only", "every address in it is one of our own"
        return "no address", "it names neither sender nor addressee"
