"""Threads that each do one step of taking mails in, so that fetching, storing and deciding don't wait for another.

A mailbox has one connection and belongs to one thread at a time: during a round that is the one that fetches, and
what is to be done with it is done in the order it was asked for.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic, TypeVar

from mgtui.mailbox import MailboxError

T = TypeVar("T")
Result = TypeVar("Result")


class Ahead(Generic[T]):
    """Yields what an iterator gives, up to `most` items ahead; jobs asked for meanwhile run in between."""

    def __init__(self, source: Iterator[T], name: str, most: int = 1) -> None:
        self._source = source
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._coming: deque[Future[T | None]] = deque()
        self._most = most

    def __enter__(self) -> "Ahead[T]":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish the item and the jobs under way, and fetch no more; an interrupt cancels the jobs too."""
        for item in self._coming:
            item.cancel()
        self._thread.shutdown(wait=True, cancel_futures=kind is not None and not issubclass(kind, Exception))

    def __iter__(self) -> Iterator[T]:
        """Yield; what the source raised comes up in its turn."""
        while True:
            while len(self._coming) < self._most:
                self._coming.append(self._thread.submit(next, self._source, None))
            item = self._coming.popleft().result()
            if item is None:
                return
            self._coming.append(self._thread.submit(next, self._source, None))
            yield item
            del item

    @property
    def is_ready(self) -> bool:
        """Tell whether the next item, or the end, is there without a wait."""
        return bool(self._coming) and self._coming[0].done()

    def then(self, job: Callable[[], Result]) -> Future[Result]:
        """Have a job done by the thread that works ahead; any other thread may ask for it."""
        return self._thread.submit(job)


def batches(
    taken: Ahead[list[T]], most: int, most_bytes: int, size: Callable[[T], int], wanted: Callable[[], int]
) -> Iterator[list[T]]:
    """Join portions to batches of bounded number and size; a portion larger than that is a batch by itself.

    A batch waits until it has `wanted` mails, and takes along what is there by then; what came before an error isn't
    lost.
    """
    batch: list[T] = []
    held = 0
    failure: MailboxError | None = None
    try:
        for portion in taken:
            more = sum(map(size, portion))
            if batch and (len(batch) + len(portion) > most or held + more > most_bytes):
                yield batch
                batch, held = [], 0
            batch += portion
            held += more
            if len(batch) >= wanted() and not taken.is_ready:
                yield batch
                batch, held = [], 0
    except MailboxError as error:
        failure = error
    if batch:
        yield batch
    if failure:
        raise failure
