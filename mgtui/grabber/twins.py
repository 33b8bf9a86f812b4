"""Mails whose bytes are known already: moved back by hand, or delivered twice.

A mail that was moved to a folder and isn't there any more, while its bytes stand in the inbox under a new UID,
was moved back: it is met again and not counted twice. If it still is where it was moved to, the new one is
a second delivery.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from mgtui.grabber.places import Row
from mgtui.mailbox import Mailbox, MailboxRefused


@dataclass(slots=True)
class Twins:
    """The known mails with the bytes of a portion."""

    by_digest: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "Twins":
        """Sort known mails by their bytes."""
        twins = cls()
        for row in rows:
            twins.by_digest[row["content_digest"]].append(row)
        return twins

    def may_be_back(self, digest: str) -> bool:
        """Tell whether a known mail with these bytes was moved away, so that it may have come back."""
        return any(row["state"] == "moved" for row in self.by_digest.get(digest, ()))

    def first(self, digest: str) -> str:
        """Give the id of a known mail with these bytes, "" if there is none."""
        return next((row["mail_id"] for row in self.by_digest.get(digest, ())), "")

    def note(self, digest: str, mail_id: str) -> None:
        """Know one more."""
        self.by_digest[digest].append({"mail_id": mail_id, "content_digest": digest, "state": "fetched"})


def gone_from_target(mailbox: Mailbox, rows: Sequence[Row]) -> list[Row]:
    """Pick out the moved mails that aren't where they were moved to; another folder is open afterwards."""
    standing: dict[str, set[str]] = {}
    for folder in sorted({row["moved_to"] for row in rows if row["state"] == "moved"}):
        standing[folder] = _uids(mailbox, folder)
    return [
        row for row in rows if row["state"] == "moved" and row["moved_uid"] not in standing[row["moved_to"]]
    ]


def _uids(mailbox: Mailbox, folder: str) -> set[str]:
    try:
        mailbox.select(folder, look_only=True)
    except MailboxRefused:  # the folder was removed
        return set()
    return set(mailbox.uids())


Claim = Callable[[str], Row | None]


def claims(rows: Sequence[Row]) -> Claim:
    """Give a question by bytes that hands out each of these mails once."""
    left = Twins.of(rows).by_digest
    return lambda digest: left[digest].pop(0) if left.get(digest) else None
