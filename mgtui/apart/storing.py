"""A thread that stores portions: those that wait while others are synced share the next commit."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from eventstore.blobs import BlobStore, Content


@dataclass(frozen=True, slots=True)
class _Portion:
    contents: Sequence[Content]
    digests: Sequence[bytes]
    stored: "Future[None]" = field(default_factory=Future)


class Storing:
    """Stores what it is given, in order; a slow disk is asked less often and not later."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs
        self._waiting: SimpleQueue[_Portion | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="raw mails", daemon=True)
        self._thread.start()

    def put(self, contents: Sequence[Content], digests: Sequence[bytes]) -> "Future[None]":
        """Have a portion stored; the future ends when it is on the disk, or tells why it isn't."""
        portion = _Portion(contents, digests)
        self._waiting.put(portion)
        return portion.stored

    def close(self) -> None:
        """Finish what waits."""
        self._waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        while True:
            together = [self._waiting.get()]
            while together[-1] is not None:
                try:
                    together.append(self._waiting.get_nowait())
                except Empty:
                    break
            self._store([portion for portion in together if portion is not None])
            if together[-1] is None:
                return
            del together

    def _store(self, portions: Sequence[_Portion]) -> None:
        contents = [content for portion in portions for content in portion.contents]
        digests = [digest for portion in portions for digest in portion.digests]
        try:
            self._blobs.put_many(contents, digests)
        except Exception as error:  # noqa: BLE001 - whoever waits raises it
            for portion in portions:
                portion.stored.set_exception(error)
        else:
            for portion in portions:
                portion.stored.set_result(None)
