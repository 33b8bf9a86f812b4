"""What other rules would have decided: the log is gone through once, and every mail decided anew in memory.

What people did (contacts, assignments, lifted suppressions, undos) stays as it was; what rules did is theirs.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from eventstore import Event, EventStore, Recorded, data_of, event_of
from eventstore.events import MailClassified
from mgtui.contacts import INITIAL, ContactState, evolve
from mgtui.rules import Archive, Decision, Known, Office, decide, decide_assigned

#: Events that say what a decision did, and how each is told.
EFFECTS: Mapping[str, str] = {
    "AddressSuppressed": "suppress {address} until {until}",
    "RemovedFromList": "remove {contact_id} from {list}",
    "SuppressionLifted": "lift {address}",
    "RestoredToList": "restore {contact_id} to {list}",
    "ReviewRequested": "ask a person ({reason})",
    "NoticeRaised": "notify",
}
#: What happened to a contact by no rule.
GIVEN = (
    "ContactImported",
    "ContactChanged",
    "ContactVanished",
    "AddressRemembered",
    "AddressForgotten",
    "AddressSuppressed",
    "SuppressionLifted",
    "RestoredToList",
    "BounceUncounted",
    "ProbeSent",
)
STEP = 2000  #: events between two words of how far one is
READ = (*GIVEN, *EFFECTS, "MailClassified", "MailAssigned", "DocumentFiled")


@dataclass(frozen=True, slots=True)
class Difference:
    """A mail on which other rules would do something else."""

    mail_id: str
    position: int  #: of its classification
    sender: str
    subject: str
    was: tuple[str, ...]
    would_be: tuple[str, ...]


def what_if(
    store: EventStore, office: Office, told: Callable[[int], None] = lambda _: None
) -> Iterator[Difference]:
    """Give the mails that these rules would decide otherwise, in the order they were read.

    `told` hears now and then to which position the log was gone through; it may raise to end that.
    """
    was: dict[str, list[str]] = defaultdict(list)
    replay = _Replay(office)
    for number, recorded in enumerate(store.read(types=READ), start=1):
        if not number % STEP:
            told(recorded.position)
        if "erased" in recorded.data:
            continue
        replay.take(recorded)
        if recorded.type in EFFECTS and recorded.data.get("mail_id") and not recorded.data.get("undoes"):
            was[recorded.data["mail_id"]].append(_told(recorded.type, recorded.data))
    for mail_id, (position, mail) in replay.mails.items():
        before, after = sorted(was[mail_id]), sorted(replay.would_be[mail_id])
        if before != after:
            sender = next(iter(mail.sender), "")
            yield Difference(mail_id, position, sender, mail.subject, tuple(before), tuple(after))


def _told(event_type: str, data: Mapping[str, Any]) -> str:
    return EFFECTS[event_type].format_map({**data, "until": data.get("until") or "further notice"})


@dataclass(slots=True)
class _Replay:
    """The office as it would be."""

    office: Office
    states: dict[str, ContactState] = field(default_factory=dict)
    holders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    archive: dict[str, frozenset[str]] = field(default_factory=dict)
    mails: dict[str, tuple[int, MailClassified]] = field(default_factory=dict)
    would_be: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def take(self, recorded: Recorded) -> None:
        data, day = recorded.data, recorded.recorded_at.date()
        match recorded.type:
            case "MailClassified":
                mail = event_of(MailClassified, data)
                self.mails[mail.mail_id] = (recorded.position, mail)
                self._decided(mail, decide(mail, self._known(), self.office, day))
            case "MailAssigned" if data["mail_id"] in self.mails and not data.get("undoes"):
                self._assigned(data, day)
            case "DocumentFiled" if data["archived_as"]:
                before = self.archive.get(data["archived_as"], frozenset())
                self.archive[data["archived_as"]] = before | {data["contact_id"]}
            case _ if recorded.type in GIVEN and not data.get("rule"):
                self._given(recorded)

    def _known(self) -> Known:
        return Known(self.holders, self.states, archive=Archive(self.archive, any=bool(self.archive)))

    def _assigned(self, data: Mapping[str, Any], day: date) -> None:
        _, mail = self.mails[data["mail_id"]]
        args = (mail, data["address"], data["contact_id"], self._known(), self.office, day)
        self._decided(mail, decide_assigned(*args))

    def _decided(self, mail: MailClassified, decision: Decision) -> None:
        self.states.update(decision.states)
        told = self.would_be[mail.mail_id]
        told += [_told(type(event).__name__, data_of(event)) for event in decision.events if _shows(event)]

    def _given(self, recorded: Recorded) -> None:
        contact_id = recorded.data["contact_id"]
        before = self.states.get(contact_id, INITIAL)
        after = evolve(before, recorded.type, recorded.data)
        self.states[contact_id] = after
        for address in {*before.addresses, *after.addresses}:
            rest = tuple(one for one in self.holders.get(address, ()) if one != contact_id)
            held = tuple(sorted((*rest, contact_id))) if address in after.addresses else rest
            if held:
                self.holders[address] = held
            else:
                self.holders.pop(address, None)


def _shows(event: Event) -> bool:
    return type(event).__name__ in EFFECTS
