"""Taking contacts over: what a source has against what the log has, a batch of contacts to a transaction."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from eventstore import Append, Appended, EventStore
from eventstore.events import ContactsRefused, ContactVanished
from mgtui.contacts import (
    INITIAL,
    BrokenLine,
    Change,
    ContactState,
    ContactsUnreadable,
    Entries,
    IncomingContact,
    changed_fields,
    decide_import,
)
from mgtui.language import _
from mgtui.wording import harmless

BATCH = 2000  #: contacts in one transaction
TRIES = 8
SEVERAL = 10  #: contacts of which most may vanish without asking


@dataclass(frozen=True, slots=True)
class Known:
    """What importing asks of the read models."""

    states: Callable[[Sequence[str]], dict[str, ContactState]]
    standing: Callable[[], Iterator[tuple[str, str, str]]]  #: id, name, source of all that haven't vanished


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who is told while contacts come in."""

    broken: Callable[[BrokenLine], None] = lambda _: None
    change: Callable[[Change], None] = lambda _: None
    progress: Callable[[int], None] = lambda _: None


@dataclass(slots=True)
class Tally:
    """What an import did, or would do."""

    new: int = 0
    changed: int = 0
    same: int = 0
    vanished: int = 0
    broken: int = 0
    refused: str = ""  #: why it ended early
    try_again: bool = False
    positions: tuple[int, int] | None = None  #: first and last event


class Refused(Exception):
    """An import that goes no further; its text is one line."""


@dataclass(slots=True)
class Importing:
    """One import of one source."""

    store: EventStore
    known: Known
    actor: str
    source: str
    dry_run: bool = False
    tell: Listeners = field(default_factory=Listeners)
    tally: Tally = field(default_factory=Tally)
    seen: dict[str, int] = field(default_factory=dict)  #: id -> line
    spared: set[str] = field(default_factory=set)  #: ids of broken lines: their contacts haven't vanished

    def run(
        self, entries: Entries, vanishing: Callable[[str], bool] | None = None, most: bool = False
    ) -> Tally:
        """Take contacts over; broken lines are told and left out. Raises `StoreError`.

        With `vanishing`, what isn't among the entries has vanished, if its source is one for which that says
        so. That most contacts vanish is refused as a wrong file, unless `most` allows it.
        """
        try:
            contacts = self._good(entries)
            while batch := list(islice(contacts, BATCH)):
                self._take(batch)
                self.tell.progress(len(self.seen))
            if vanishing:
                self._vanish(vanishing, most)
        except ContactsUnreadable as error:
            self._refuse(str(error))
            self.tally.try_again = error.transient
        except Refused as error:
            self._refuse(str(error))
        return self.tally

    def _good(self, entries: Entries) -> Iterator[IncomingContact]:
        """Yield what can be taken over: no broken lines, and of two contacts with one id the first."""
        for entry in entries:
            if isinstance(entry, BrokenLine):
                self.spared.add(entry.contact_id)
                self._broken(entry)
            elif entry.contact_id in self.seen:
                before = self.seen[entry.contact_id]
                why = f"the id {entry.contact_id} stands on line {before} already"
                self._broken(BrokenLine(entry.line, why, entry.contact_id))
            else:
                self.seen[entry.contact_id] = entry.line
                yield entry

    def _broken(self, entry: BrokenLine) -> None:
        self.tally.broken += 1
        self.tell.broken(entry)

    def _take(self, batch: Sequence[IncomingContact]) -> None:
        for _try in range(TRIES):
            states = self.states([contact.contact_id for contact in batch])
            appends = []
            changes = []
            for contact in batch:
                state = states[contact.contact_id]
                if events := decide_import(contact, state, self.source):
                    appends.append(Append(f"contact-{contact.contact_id}", events, state.version))
                    changes.append(_change(contact, state))
            if self._append(appends):
                self._count(changes, len(batch))
                return
        raise Refused("others keep changing the same contacts; import again")

    def states(self, ids: Sequence[str]) -> dict[str, ContactState]:
        """Give what importing needs to know of contacts, known or not.

        Versions are read before the read model is, so that an import on an outdated contact fails.
        """
        versions = self.store.stream_versions([f"contact-{contact_id}" for contact_id in ids])
        known = self.known.states([contact_id for contact_id in ids if versions[f"contact-{contact_id}"]])
        return {
            contact_id: replace(known.get(contact_id, INITIAL), version=versions[f"contact-{contact_id}"])
            for contact_id in ids
        }

    def _append(self, appends: Sequence[Append]) -> bool:
        if not appends or self.dry_run:
            return True
        result = self.store.append_many(appends, actor=self.actor)
        if not isinstance(result, Appended):
            return False
        first = self.tally.positions[0] if self.tally.positions else result.first_position
        self.tally.positions = (first, result.last_position)
        return True

    def _count(self, changes: Sequence[Change], of: int) -> None:
        for change in changes:
            self.tally.new += change.what == "new"
            self.tally.changed += change.what == "changed"
            self.tell.change(change)
        self.tally.same += of - len(changes)

    def _vanish(self, vanishing: Callable[[str], bool], most: bool) -> None:
        standing = [
            (contact_id, name) for contact_id, name, source in self.known.standing() if vanishing(source)
        ]
        gone = [one for one in standing if one[0] not in self.seen and one[0] not in self.spared]
        if len(gone) > SEVERAL and len(gone) * 2 > len(standing) and not most:
            raise Refused(
                f"{len(gone)} of {len(standing)} contacts would vanish, so this is hardly the whole stock; "
                "if it is, say --most-vanish"
            )
        for at in range(0, len(gone), BATCH):
            self._let_go(gone[at : at + BATCH])

    def _let_go(self, gone: Sequence[tuple[str, str]]) -> None:
        for _try in range(TRIES):
            states = self.states([contact_id for contact_id, _ in gone])
            appends = [
                Append(
                    f"contact-{contact_id}",
                    (ContactVanished(contact_id=contact_id, source=self.source),),
                    states[contact_id].version,
                )
                for contact_id, _ in gone
                if not states[contact_id].vanished
            ]
            if self._append(appends):
                self.tally.vanished += len(appends)
                for contact_id, name in gone:
                    self.tell.change(Change(contact_id, name, "vanished"))
                return
        raise Refused("others keep changing the same contacts; import again")

    def _refuse(self, why: str) -> None:
        """End the import with a reason, which the log keeps."""
        self.tally.refused = why
        if not self.dry_run:
            source = harmless(self.source, 200)
            refused = ContactsRefused(source=source, error=harmless(why, 500))
            self.store.append(f"source-{source}", [refused], actor=self.actor)


def _change(contact: IncomingContact, state: ContactState) -> Change:
    if not state.version:
        return Change(contact.contact_id, contact.name, "new")
    return Change(contact.contact_id, contact.name, "changed", changed_fields(contact, state))


def in_words(tally: Tally, dry_run: bool) -> str:
    """Sum an import up in one line."""
    if dry_run:
        text = _("{new} would be new, {changed} would be changed, {same} as they were")
        vanished = _("{vanished} would vanish")
    else:
        text = _("{new} new, {changed} changed, {same} as they were")
        vanished = _("{vanished} vanished")
    text = f"{text}, {vanished}" if tally.vanished else text
    return text.format(new=tally.new, changed=tally.changed, same=tally.same, vanished=tally.vanished)
