"""The brake with the log at hand: which decisions of a batch wait, and how they go on."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from eventstore import EventStore
from eventstore.events import BrakeApplied, MailClassified
from mgtui.rules import Brake, Decision, Group, bounces_in, brake_in_words, exceeds
from projections import brakes
from projections.fields import escape_like

Row = dict[str, Any]
Query = Callable[[str, Sequence[Any]], list[Row]]


@dataclass(frozen=True, slots=True)
class Standing:
    """A brake that decisions wait behind; `applied` where it is applied by this very batch."""

    brake_id: str
    version: int  #: of its stream
    applied: BrakeApplied | None = None

    @property
    def stream(self) -> str:
        """The stream of the brake."""
        return f"brake-{self.brake_id}"


@dataclass(slots=True)
class _Crowd:
    addresses: set[str] = field(default_factory=set)
    mails: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Braking:
    """Looks at what a batch would decide before it is decided."""

    brake: Brake
    store: EventStore
    query: Query

    def held(
        self, decided: Sequence[tuple[int, MailClassified, Decision]], run: str, today: date
    ) -> dict[int, Standing]:
        """Say which mails of a batch (by index) wait, and behind which brake."""
        crowds: dict[Group, _Crowd] = {}
        for index, mail, decision in decided:
            for group, address in bounces_in(mail, decision, run, self.brake):
                crowd = crowds.setdefault(group, _Crowd())
                crowd.addresses.add(address)
                crowd.mails.add(index)
        held: dict[int, Standing] = {}
        if not crowds:
            return held
        standing = {Group(row["scope"], row["name"]): row for row in self.query(brakes.OPEN, ())}
        whole = len({index for crowd in crowds.values() for index in crowd.mails})
        # The narrowest first: a fault of one provider holds no other up.
        for group in sorted(crowds, key=lambda one: ("provider", "own", "run").index(one.scope)):
            mails = crowds[group].mails - held.keys()
            found = self._standing(group, crowds[group], standing, whole, today) if mails else None
            if found:
                held.update(dict.fromkeys(sorted(mails), found))
        return held

    def _standing(
        self, group: Group, crowd: _Crowd, standing: dict[Group, Row], whole: int, today: date
    ) -> Standing | None:
        if group in standing:
            brake_id = standing[group]["brake_id"]
            return Standing(brake_id, self.store.stream_version(f"brake-{brake_id}"))
        bounces = self._bounced(group, today) + len(crowd.addresses)
        if bounces < self.brake.at_least:
            return None
        of = whole if group.scope == "own" else self._addresses(group)
        before = self.query(brakes.OF_DAY, (*group, today.isoformat()))
        # Who let it through has decided for the day.
        if not exceeds(self.brake, bounces, of) or any(row["state"] == "released" for row in before):
            return None
        text = "\0".join((*group, today.isoformat(), str(len(before))))
        applied = BrakeApplied(
            brake_id=hashlib.sha256(text.encode()).hexdigest()[:12],
            scope=group.scope,
            name=group.name,
            bounces=bounces,
            of=of,
            why=brake_in_words(group, bounces, of),
        )
        return Standing(applied.brake_id, 0, applied)

    def _bounced(self, group: Group, today: date) -> int:
        """Count the addresses that bounced today, before this batch."""
        match group.scope:
            case "provider":
                rows = self.query(brakes.BOUNCED_AT, (today.isoformat(), group.name))
            case "run":
                rows = self.query(brakes.BOUNCED, (today.isoformat(),))
            case _:
                return 0
        return int(rows[0]["bounced"])

    def _addresses(self, group: Group) -> int:
        """Count the addresses that could have bounced."""
        if group.scope == "provider":
            rows = self.query(brakes.ADDRESSES_AT, (f"%@{escape_like(group.name)}",))
        else:
            rows = self.query(brakes.ADDRESSES, ())
        return int(rows[0]["addresses"])
