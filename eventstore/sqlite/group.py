"""Group commit: appends of several threads that wait together share one transaction and one sync."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eventstore.append import AppendResult
from eventstore.proposal import Proposal

Write = Callable[[Sequence[Proposal]], list[AppendResult]]


@dataclass(slots=True, eq=False)
class Request:
    """One thread's proposal, and in the end its outcome."""

    proposal: Proposal
    result: AppendResult | None = None
    error: Exception | None = None

    @property
    def done(self) -> bool:
        """Tell whether there is an outcome."""
        return self.result is not None or self.error is not None


class GroupCommit:
    """Lets the first of several waiting threads write for all of them."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._waiting: list[Request] = []
        self._queue = threading.Lock()
        self.writing = threading.RLock()  #: held by whoever uses the writer's connection

    def submit(self, proposal: Proposal) -> AppendResult:
        """Give the outcome of a proposal once it is on the disk; raises what writing it raised."""
        if not self._waiting and self.writing.acquire(blocking=False):
            try:
                return self._write((proposal,))[0]
            finally:
                self.writing.release()
        return self._wait(proposal)

    def _wait(self, proposal: Proposal) -> AppendResult:
        request = Request(proposal)
        with self._queue:
            self._waiting.append(request)
        with self.writing:
            if not request.done:
                self._lead()
        if request.error is not None:
            raise request.error
        assert request.result is not None  # noqa: S101 - leading has given every request an outcome
        return request.result

    def _lead(self) -> None:
        with self._queue:
            group, self._waiting = self._waiting, []
        try:
            self._write_group(group)
        finally:
            # An interrupt of this thread must not take the others' appends with it.
            if left := [request for request in group if not request.done]:
                with self._queue:
                    self._waiting[:0] = left

    def _write_group(self, group: list[Request]) -> None:
        try:
            results = self._write([request.proposal for request in group])
        except Exception as error:  # noqa: BLE001 - handed to the thread that asked
            if len(group) == 1:
                group[0].error = error
                return
            for request in group:
                self._write_group([request])
        else:
            for request, result in zip(group, results, strict=True):
                request.result = result
