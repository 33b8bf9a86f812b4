"""Acting: commands and everything that is needed to decide; imported with the first of them.

Who only looks (the screens at their start, most commands) does without the rules and the rooms around them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from eventstore import ANY, Append, Appended, AppendResult, Event, data_of
from eventstore.events import (
    AddressRemembered,
    BrakeDropped,
    BrakeReleased,
    MailAssigned,
    MailClassified,
    ProbeSent,
    ReviewDismissed,
    RulesLoaded,
    RulesRefused,
    SuppressionLifted,
)
from mgtui import erasing, grabbing, suppressing
from mgtui.commands import (
    AssignMail,
    Command,
    DismissReview,
    EraseContact,
    FetchNow,
    ImportContacts,
    LiftSuppression,
    NoteSending,
    Outcome,
    PauseGrabber,
    ReleaseHeld,
    ResumeGrabber,
    SaveAttachments,
    SuppressAddress,
    UndoEvent,
)
from mgtui.contacts import ContactState, normalise
from mgtui.deciding import Deciding, Held, Planned, as_appends, steps_of
from mgtui.faults import fault_in_words
from mgtui.importing import Importing, Listeners, in_words
from mgtui.importing import Known as Importable
from mgtui.language import _, counted
from mgtui.questions import Row
from mgtui.retelling import actor_in_words, retold, word
from mgtui.rules import Known, LoadedRules, decide_assigned
from mgtui.rulings import Ruling, rulings
from mgtui.story import in_short
from mgtui.undoing import carry_out
from mgtui.whatif import Difference, what_if
from projections.reviews import BRAKE

if TYPE_CHECKING:
    from mgtui.application import Application

TRIES = 8
RELEASE_BATCH = 200  #: held decisions in one transaction


@dataclass(frozen=True, slots=True)
class Acting:
    """Carries out commands in an office, by the rules in force."""

    office: "Application"
    deciding: Deciding
    rules: LoadedRules
    #: reads and checks rules of a file, or those that are configured; raises `SettingsError` or `RulesError`
    read_rules: Callable[[Path | None], LoadedRules]
    refused: str = ""  #: why the configured rules are not in force, those before them are

    def execute(self, command: Command) -> Outcome:
        """Carry out a command; a refusal is an outcome. Raises `StoreError`."""
        match command:
            case AssignMail():
                return self._closing(command.item, lambda row, version: self._assign(command, row, version))
            case DismissReview():
                return self._closing(command.item, lambda row, version: self._dismiss(command, row, version))
            case EraseContact():
                return erasing.carry_out(
                    command, self.office.store, self.office.ask.blobs, self.office.ask, self.office.operator
                )
            case ImportContacts():
                return self.import_contacts(command, Listeners())
            case LiftSuppression():
                return self._lift(command)
            case NoteSending():
                return self._note_sending(command)
            case ReleaseHeld():
                return self._closing(command.item, lambda row, version: self._release(row, version))
            case SaveAttachments():
                from mgtui import saving  # which brings the readers of mail: nothing else here needs them

                return saving.carry_out(command, self.office.ask)
            case SuppressAddress(item=int() as item):
                return self._closing(
                    item, lambda row, version: suppressing.carry_out(command, self.office, row, version)
                )
            case SuppressAddress():
                tries = (suppressing.carry_out(command, self.office) for _try in range(TRIES))
                return next(filter(None, tries), Outcome(False, _("the streams keep changing; try again")))
            case PauseGrabber() | ResumeGrabber() | FetchNow():
                return grabbing.carry_out(command, self.office)
            case UndoEvent():
                return carry_out(command, self.office.log, self.office.operator)
            case _:
                assert_never(command)

    def what_if(
        self, other: LoadedRules, told: Callable[[int], None] = lambda _: None
    ) -> Iterator[Difference]:
        """Give the mails of the log that other rules would decide otherwise; nothing is changed."""
        office = self.deciding.office
        proofs = replace(office.proofs, keys=self.deciding.keys())
        other_office = replace(office, rules=other.rules, ruleset_digest=other.digest, proofs=proofs)
        return what_if(self.office.store, other_office, told)

    def rulings(self) -> list[Ruling]:
        """Give the rules in force with how often each decided, then those that are no more."""
        return rulings(self.rules.rules, self.office.figures, self.office.today())

    def note_rules(self) -> None:
        """Record which rules are in force, or why new ones are not, unless the log says so already."""
        loaded = RulesLoaded(digest=self.rules.digest, source=self.rules.source, text=self.rules.text)
        last = next(self.office.store.read(types=["RulesLoaded"], backwards=True, limit=1), None)
        if last is None or last.data["digest"] != loaded.digest:
            self.office.log.append(f"ruleset-{loaded.digest}", [loaded], actor=self.office.operator)
        if not self.refused:
            return
        source = str(self.office.settings.config.rules.file)
        refused = RulesRefused(source=source, error=self.refused, kept=self.rules.digest)
        before = next(self.office.store.read_stream("ruleset-refused", backwards=True, limit=1), None)
        if before is None or before.data != data_of(refused):
            self.office.log.append("ruleset-refused", [refused], actor=self.office.operator)

    # items of the queue and the import list

    def _closing(self, item: int, act: Callable[[Row, int], Outcome | None]) -> Outcome:
        """Act on an open item; if somebody was faster, look again and say who.

        The version of the mail's stream is read before the item is, so that an act on an outdated item fails.
        """
        for _try in range(TRIES):
            row = self.office.ask.item(item)
            if row is None:
                told = _("there is no item {item}; `mgtui queue` lists them")
                return Outcome(False, told.format(item=item))
            version = self.office.store.stream_version(_stream_of(row))
            row = self.office.ask.item(item) or row
            if row["state"] != "open":
                told = _("item {item} was {state} by {actor} already")
                actor = actor_in_words(row["closed_by"])
                return Outcome(False, told.format(item=item, state=word(row["state"]), actor=actor))
            outcome = act(row, version)
            if outcome is not None:
                return outcome
        return Outcome(False, _("item {item} keeps changing; try again").format(item=item))

    def _assign(self, command: AssignMail, row: Row, version: int) -> Outcome | None:
        if row["reason"] == BRAKE:
            told = _("item {item} stands for many: release it, or dismiss it")
            return Outcome(False, told.format(item=row["item"]))
        mail = self.office.classified(row["mail_id"])
        if self.office.ask.contact(command.contact_id) is None:
            told = _("there is no contact {contact}; `mgtui contacts list` shows them")
            return Outcome(False, told.format(contact=command.contact_id))
        state = self.deciding.state(command.contact_id)
        versions = {
            f"mail-{row['mail_id']}": version,
            f"contact-{command.contact_id}": state.version,
        }
        planned = self._assignment(command, row, mail, state)
        result = self.office.log.append_many(as_appends(planned, versions), actor=self.office.operator)
        if not isinstance(result, Appended):
            return None
        follows = in_short(type(entry.event).__name__ for entry in planned[1:]) or _("nothing more")
        text = _("item {item} assigned to {name} ({contact}): {follows}").format(
            item=command.item, name=state.name, contact=command.contact_id, follows=follows
        )
        return Outcome(True, text, (result.first_position, result.last_position))

    def _assignment(
        self,
        command: AssignMail,
        row: Row,
        mail: MailClassified | None,
        state: ContactState,
    ) -> list[Planned]:
        """Lay out the assignment and everything that follows from it."""
        contact_id, address = command.contact_id, row["address"]
        stream = f"mail-{row['mail_id']}"
        assigned = MailAssigned(
            mail_id=row["mail_id"], contact_id=contact_id, address=address, remember=command.remember
        )
        planned = [Planned(stream, assigned, cause=row["item"])]
        if command.remember and address and address not in state.addresses:
            remembered = AddressRemembered(contact_id=contact_id, address=address)
            planned.append(Planned(f"contact-{contact_id}", remembered, because=0))
        if mail is not None:
            known = Known({address: (contact_id,)}, {contact_id: state})
            decision = decide_assigned(
                mail, address, contact_id, known, self.deciding.office, self.office.today()
            )
            planned += steps_of(decision, stream, len(planned), 0)
        return planned

    def foresee(self, command: AssignMail | SuppressAddress) -> tuple[Event, ...]:
        """Give the events that a command would append as things stand now, and append nothing."""
        if isinstance(command, SuppressAddress):
            return suppressing.foresee(command, self.office)
        row = self.office.ask.item(command.item)
        if row is None or row["state"] != "open" or self.office.ask.contact(command.contact_id) is None:
            return ()
        state = self.deciding.state(command.contact_id)
        planned = self._assignment(command, row, self.office.classified(row["mail_id"]), state)
        return tuple(entry.event for entry in planned)

    def _dismiss(self, command: DismissReview, row: Row, version: int) -> Outcome | None:
        if not command.reason.strip():
            return Outcome(False, _("a dismissal needs a reason"))
        if row["reason"] == BRAKE:
            dropped = BrakeDropped(brake_id=row["mail_id"], reason=command.reason.strip())
            result = self.office.log.append(_stream_of(row), [dropped], version, actor=self.office.operator)
            done = counted(row["held"], "{} decision dropped", "{} decisions dropped")
            return self._ended(result, f"{done}: {retold(command.reason.strip())}")
        stream = f"mail-{row['mail_id']}"
        dismissed = ReviewDismissed(
            mail_id=row["mail_id"], address=row["address"], reason=command.reason.strip()
        )
        result = self.office.log.append(
            stream, [dismissed], version, causes=[row["item"]], actor=self.office.operator
        )
        told = _("item {item} dismissed: {reason}")
        return self._ended(result, told.format(item=command.item, reason=retold(command.reason.strip())))

    def _release(self, row: Row, version: int) -> Outcome | None:
        """Decide all that waits behind a brake, a batch at a time; broken off, it can be repeated."""
        if row["reason"] != BRAKE:
            told = _("item {item} isn't a brake; assign it, or dismiss it")
            return Outcome(False, told.format(item=row["item"]))
        brake_id, done = row["mail_id"], 0
        while waiting := self.office.ask.held(brake_id, RELEASE_BATCH):
            versions = self.office.store.stream_versions([f"mail-{mail_id}" for mail_id in waiting])
            held = [
                Held(mail_id, self.office.classified(mail_id), versions[f"mail-{mail_id}"])
                for mail_id in waiting
            ]
            if not self.deciding.resume(brake_id, held, self.office.today(), self.office.operator):
                return None
            done += len(held)
        released = BrakeReleased(brake_id=brake_id)
        result = self.office.log.append(_stream_of(row), [released], version, actor=self.office.operator)
        return self._ended(result, counted(done, "{} decision let through", "{} decisions let through"))

    # contacts

    def import_contacts(self, command: ImportContacts, tell: Listeners) -> Outcome:
        """Take contacts over, telling of each change and broken line as it comes. Raises `StoreError`."""
        known = Importable(self.office.ask.stock, self.office.ask.standing)
        importing = Importing(
            self.office.log, known, self.office.operator, command.source, dry_run=command.dry_run, tell=tell
        )
        vanishing = self._vanishing(command.source) if command.whole else None
        tally = importing.run(iter(command.contacts), vanishing, command.most_vanish)
        text = in_words(tally, command.dry_run)
        if tally.refused:
            done = " " + _("({done} before that)").format(done=text) if tally.new or tally.changed else ""
            why = f"{command.source}: {fault_in_words(tally.refused)}{done}"
            return Outcome(False, why, try_again=tally.try_again)
        return Outcome(True, text, tally.positions)

    def _vanishing(self, source: str) -> Callable[[str], bool]:
        """Say of which sources the contacts vanish when a stock is whole.

        A source of the configuration answers for its own contacts, a file for all that no such source has.
        """
        configured = self.office.settings.config.contacts.sources
        if source in configured:
            return lambda one: one == source
        return lambda one: one not in configured

    def _lift(self, command: LiftSuppression) -> Outcome:
        address = normalise(command.address)
        standing = self.office.ask.suppressions_of(address)
        if not standing:
            told = _("{address} isn't suppressed")
            return Outcome(False, told.format(address=command.address))
        appends = [
            Append(
                self._stream_at(row["event"]),
                [SuppressionLifted(contact_id=row["contact_id"], address=address, why=command.why)],
                ANY,
            )
            for row in standing
        ]
        result = self.office.log.append_many(appends, actor=self.office.operator)
        told = _("{address} may be written to again").format(address=address)
        return self._ended(result, told) or Outcome(False, _("try again"))

    def _stream_at(self, position: int) -> str:
        """Give the stream of an event."""
        return next(self.office.store.read(after=position - 1, before=position + 1)).stream

    def _note_sending(self, command: NoteSending) -> Outcome:
        """Note the trial mail to an address whose suppression has run out; for any other there is nothing to."""
        address, today = normalise(command.address), self.office.today()
        if command.category in self.deciding.office.always_send:
            return Outcome(True, _("nothing to note"))
        for row in self.office.ask.suppressions_of(address):
            state = self.deciding.state(row["contact_id"])
            entry = state.on_trial(address, today)
            if entry is None or entry.probed:
                continue
            probe = ProbeSent(
                contact_id=row["contact_id"],
                address=address,
                category=command.category,
                day=today.isoformat(),
            )
            stream = f"contact-{row['contact_id']}"
            result = self.office.log.append(stream, [probe], state.version, actor=self.office.operator)
            told = _("{address}: the trial mail").format(address=address)
            return self._ended(result, told) or Outcome(False, _("try again"))
        return Outcome(True, _("nothing to note"))

    @staticmethod
    def _ended(result: AppendResult, text: str) -> Outcome | None:
        """Turn an append's result into an outcome, None where somebody else was faster."""
        if isinstance(result, Appended):
            return Outcome(True, text, (result.first_position, result.last_position))
        return None


def _stream_of(row: Row) -> str:
    """Give the stream in which an item of a queue is settled."""
    return f"brake-{row['mail_id']}" if row["reason"] == BRAKE else f"mail-{row['mail_id']}"
