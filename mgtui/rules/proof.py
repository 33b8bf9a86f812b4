"""Is a report an answer to a mail of ours? A bounce is a claim by a stranger until something proves it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from eventstore.events import MailClassified
from mgtui.contacts import bare_message_id
from mgtui.rules.verp import Forged, Key, Signed, Stale, check

Unproven = Literal["count", "review", "ignore"]


@dataclass(frozen=True, slots=True)
class Proofs:
    """How the office proves its mails: the configuration, and what there is to compare with."""

    unproven: Unproven | None = None  #: None: `count` while there is neither key nor archive, then `review`
    keys: Sequence[Key] = ()
    max_days: int = 30
    mark: bool = False  #: a mark is configured

    def then(self, has_archive: bool) -> Unproven:
        """Say what an unproven report does."""
        return self.unproven or ("review" if self.keys or has_archive else "count")


@dataclass(frozen=True, slots=True)
class Archive:
    """Which of the Message-IDs asked for are archived mails of ours, and at which contacts."""

    filed_at: Mapping[str, frozenset[str]] = field(default_factory=dict)
    any: bool = False  #: there is an archive at all


@dataclass(frozen=True, slots=True)
class Proved:
    """What proves it: signature, archive or mark."""

    how: str
    detail: str


@dataclass(frozen=True, slots=True)
class NotProved:
    """Nothing proves it; a forged or stale signature is no mere lack of proof."""

    reason: Literal["no proof", "forged signature", "stale signature"]
    why: str


def prove(
    mail: MailClassified, address: str, contact_id: str, proofs: Proofs, archive: Archive, today: date
) -> Proved | NotProved:
    """Say whether a report on an address of a contact answers a mail that we sent to it.

    Whoever got a mail of ours knows its path and its Message-ID, so both prove only what concerns
    their own recipient.
    """
    wrong: NotProved | None = None
    for path in mail.return_paths:
        found = _signature(path, address, proofs, today)
        if isinstance(found, Proved):
            return found
        wrong = wrong or found
    if wrong:
        return wrong
    returned = bare_message_id(mail.original_message_id)
    if contact_id in archive.filed_at.get(returned, ()):
        return Proved("archive", returned)
    if mail.marked:
        return Proved("mark", "the returned mail bears our mark")
    return NotProved("no proof", _lacking(mail, proofs, archive))


def _signature(path: str, address: str, proofs: Proofs, today: date) -> Proved | NotProved:
    match check(path, proofs.keys, today, proofs.max_days, (address,)):
        case Signed(address=signed, day=day, key_id=key_id):
            if signed == address:
                return Proved("signature", f"signed on {day} with {key_id}")
            return NotProved(
                "forged signature", f"the return path was signed for {signed}, not for {address}"
            )
        case Stale(signed=old, days=days):
            return NotProved("stale signature", f"the return path was signed on {old.day}, {days} days ago")
        case Forged(why=why):
            return NotProved("forged signature", why)


def _lacking(mail: MailClassified, proofs: Proofs, archive: Archive) -> str:
    lacking = ["no signed return path"] if proofs.keys else []
    if archive.any:
        known = bare_message_id(mail.original_message_id) in archive.filed_at
        lacking.append(
            "the returned Message-ID is of a mail to somebody else"
            if known
            else "the returned Message-ID isn't in the archive"
        )
    lacking += ["no mark of ours"] if proofs.mark else []
    return ", ".join(lacking) or "there is nothing that could prove it"
