"""The first step: the bytes of mails are stored, and read while they are at hand."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType

from eventstore import BlobStore
from mgtui.apart import PLACE, PLACES, Apart
from mgtui.grabber.places import size_of
from mgtui.mailbox import FetchedMail, MailboxError
from mgtui.reading import Read, Taken, mail_id_of


@dataclass(slots=True)
class Intake:
    """Stores and reads the mails of one place: in this process, or apart where there are enough for that to pay.

    A mail larger than a portion is never handed over: no memory is kept for it.
    """

    origin: str
    archive: bool
    blobs: BlobStore
    read: Callable[[str, bytes, bool], Read]
    apart: Apart | None = None

    def __enter__(self) -> "Intake":
        if self.apart:
            try:
                self.apart.start()
            except OSError:  # no room for another process
                self.apart = None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.apart:
            self.apart.end()

    def take(self, portions: Iterable[Sequence[FetchedMail]]) -> Iterator[list[Taken]]:
        """Store the bytes of each portion in one synced commit, and read them. Raises `StoreError`.

        What came before an error of the mailbox isn't lost.
        """
        if self.apart is None:
            yield from map(self._take_here, portions)
            return
        failure: MailboxError | None = None
        try:
            for portion in portions:
                if sum(map(size_of, portion)) > PLACE:
                    yield self._take_here(portion)
                    continue
                self.apart.ask([(mail.uid, mail.raw) for mail in portion])
                del portion  # what is asked for is kept in the memory that is shared
                if self.apart.asked >= PLACES:
                    yield self.apart.answer()
        except MailboxError as error:
            failure = error
        while self.apart.asked:
            yield self.apart.answer()
        if failure:
            raise failure

    def _take_here(self, portion: Sequence[FetchedMail]) -> list[Taken]:
        digests = self.blobs.put_many(mail.raw for mail in portion)
        return [
            self.take_stored(mail.uid, mail.raw, digest)
            for mail, digest in zip(portion, digests, strict=True)
        ]

    def take_stored(self, uid: str, raw: bytes, digest: str) -> Taken:
        """Read a mail whose bytes are stored."""
        mail_id = mail_id_of(self.origin, uid, digest)
        return Taken(uid, len(raw), digest, mail_id, self.read(mail_id, raw, self.archive))
