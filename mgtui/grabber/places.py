"""What a grabber knows of folders and mails, and what it tells of a round."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from mgtui.deciding import Pending
from mgtui.mailbox import FetchedMail, FolderState, MailboxError

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Folders:
    """Where mails come from and go to."""

    inbox: str
    done: str
    manual: str

    def target(self, outcome: str) -> str:
        """Give the folder for an outcome of the read model `mails`."""
        return self.done if outcome == "done" else self.manual


@dataclass(frozen=True, slots=True)
class Places:
    """What a grabber asks of the read models."""

    unmoved: Callable[[str, str], list[Row]]  #: (mailbox, folder) -> mails fetched or decided, not moved
    at: Callable[[str, str, str, Sequence[str]], dict[str, Row]]  #: (mailbox, folder, validity, uids)
    moved_here: Callable[[str, str], set[str]]  #: (mailbox, target folder) -> uids of mails moved there
    twins: Callable[[str, Sequence[str]], list[Row]]  #: (mailbox, digests) -> known mails, the last first
    validity: Callable[[str, str, str], str]  #: (mailbox, folder, validity) -> it, another known one, or ""


@dataclass(slots=True)
class Round:
    """What a round did, for a one-line summary."""

    fetched: int = 0
    moved: int = 0
    manual: int = 0
    vanished: int = 0
    again: int = 0  #: known mails that stand at another place
    seconds: float = 0.0

    def __bool__(self) -> bool:
        """Tell whether there is anything to say."""
        return bool(self.fetched or self.moved or self.vanished or self.again)

    def __str__(self) -> str:
        tail = f", {self.again} met again" if self.again else ""
        tail += f", {self.vanished} vanished" if self.vanished else ""
        tail += f", in {self.seconds:.1f} s" if self.seconds else ""
        return f"{self.fetched} fetched, {self.moved} moved ({self.manual} for a person){tail}"


def mail_id_of(mailbox_id: str, place: FolderState, uid: str, digest: str) -> str:
    """Name a mail after its content and its place: the same bytes delivered twice are two mails."""
    text = "\0".join((digest, mailbox_id, place.folder, place.uid_validity, uid))
    return hashlib.sha256(text.encode()).hexdigest()[:20]


T = TypeVar("T", FetchedMail, Pending)
PORTION_BYTES = 4_000_000  #: of mail in a portion, of which four are in memory; a larger single mail apart


def portions(mails: Iterator[T], most: int) -> Iterator[list[T]]:
    """Cut a stream of mails into lists of bounded number and size; what came before an error isn't lost."""
    portion: list[T] = []
    held = 0
    failure: MailboxError | None = None
    while True:
        try:
            mail = next(mails, None)
        except MailboxError as error:
            mail, failure = None, error
        if mail is None:
            break
        portion.append(mail)
        held += len(mail.raw)
        if held >= PORTION_BYTES or len(portion) >= most:
            whole, portion, held, mail = portion, [], 0, None
            yield whole
            del whole
    if portion:
        yield portion
    if failure:
        raise failure
