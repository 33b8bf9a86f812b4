"""What a grabber knows of folders and mails, and what it tells of a round."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from mgtui.language import _, figures
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
    waiting: Callable[
        [str, str, str], list[Row]
    ]  #: (mailbox, folder, state) -> of those, the ones in a state
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
    unreadable: list[str] = field(default_factory=list)  #: uids of mails that stand there and give no bytes

    def __bool__(self) -> bool:
        """Tell whether there is anything to say."""
        return bool(self.fetched or self.moved or self.vanished or self.again)

    @property
    def why_incomplete(self) -> str:
        """Say which mails could not be taken in."""
        which = ", ".join(self.unreadable[:10]) + (" ..." if len(self.unreadable) > 10 else "")
        return f"the mailbox gives no bytes for mails that stand in it: {len(self.unreadable)}, UID {which}"

    def __str__(self) -> str:
        counts = {name: figures(getattr(self, name)) for name in ("fetched", "moved", "manual")}
        parts = [_("{fetched} fetched, {moved} moved ({manual} for a person)").format_map(counts)]
        if self.again:
            parts.append(_("{number} met again").format(number=figures(self.again)))
        if self.vanished:
            parts.append(_("{number} vanished").format(number=figures(self.vanished)))
        if self.unreadable:
            parts.append(_("{number} unreadable").format(number=figures(len(self.unreadable))))
        if self.seconds:
            parts.append(_("in {seconds} s").format(seconds=figures(self.seconds, 1)))
        return ", ".join(parts)


def origin_of(mailbox_id: str, place: FolderState) -> str:
    """Name a place, as a part of the names of the mails that came from there."""
    return "\0".join((mailbox_id, place.folder, place.uid_validity))


PORTION_BYTES = 4_000_000  #: of mail stored at once, of which a few are in memory; a larger single mail apart
PORTION_MAILS = 100
BATCH_BYTES = (
    40_000_000  #: of mail that is noted, decided and moved at once; only what was read of it is in memory
)


def size_of(mail: FetchedMail) -> int:
    """Give the bytes of a mail."""
    return len(mail.raw)


T = TypeVar("T")


def batch_size(most: int, seen: int, left: int) -> int:
    """Say for how many mails a batch waits: few at first and at last, when others wait for what is done with them."""
    return min(most, max(PORTION_MAILS, min(seen, left // 3)))


def portions(items: Iterator[T], most: int, most_bytes: int, size: Callable[[T], int]) -> Iterator[list[T]]:
    """Cut a stream of mails into lists of bounded number and size; what came before an error isn't lost."""
    portion: list[T] = []
    held = 0
    failure: MailboxError | None = None
    while True:
        try:
            item = next(items, None)
        except MailboxError as error:
            item, failure = None, error
        if item is None:
            break
        portion.append(item)
        held += size(item)
        if held >= most_bytes or len(portion) >= most:
            whole, portion, held, item = portion, [], 0, None
            yield whole
            del whole
    if portion:
        yield portion
    if failure:
        raise failure
