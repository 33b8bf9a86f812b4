"""Threads that each do one step of taking mails in, so that fetching, storing and deciding don't wait for another.

A mailbox has one connection and belongs to one thread at a time: during a round that is the one that fetches, and
what is to be done with it is done in the order it was asked for.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")


class Ahead(Generic[T]):
    """Yields what an iterator gives, one ahead; jobs asked for meanwhile run in between."""

    def __init__(self, source: Iterator[T], name: str) -> None:
        self._source = source
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._jobs: deque[Future[None]] = deque()

    def __enter__(self) -> "Ahead[T]":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish what is under way. Raises what a job raised, unless something was raised already."""
        self._thread.shutdown(wait=True, cancel_futures=kind is not None and not issubclass(kind, Exception))
        if kind is None:
            self._raise_failure_of_jobs(wait=True)

    def __iter__(self) -> Iterator[T]:
        """Yield; what a job raised comes up at the next turn."""
        coming = self._thread.submit(next, self._source, None)
        while True:
            item = coming.result()
            if item is None:
                return
            coming = self._thread.submit(next, self._source, None)
            yield item
            del item
            self._raise_failure_of_jobs(wait=False)

    def then(self, job: Callable[[], None]) -> None:
        """Have a job done by the thread that works ahead; any other thread may ask for it."""
        self._jobs.append(self._thread.submit(job))

    def _raise_failure_of_jobs(self, *, wait: bool) -> None:
        while self._jobs and (wait or self._jobs[0].done()):
            self._jobs.popleft().result()
