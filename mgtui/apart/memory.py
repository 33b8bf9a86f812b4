"""Memory that both processes see: the bytes of a portion are put there, and only told of."""

import mmap
import os
import sys
import tempfile
from collections.abc import Sequence

PLACES = 3  #: portions that fit in: one that is worked on, and two that come next while the server is busy
PLACE = 8_000_000  #: bytes of a portion at most
SIZE = PLACES * PLACE

Mail = tuple[str, bytes | memoryview]  #: uid and bytes


class Memory:
    """Places for portions, each taken again once the portion in it was answered."""

    def __init__(self, file: int = -1) -> None:
        """Share the memory of a file of `new_file`, or without one that of a fork to come."""
        self._map = mmap.mmap(file, SIZE)
        self._view = memoryview(self._map)

    def put(self, place: int, portion: Sequence[Mail]) -> list[Mail]:
        """Put mails into a place, and give them as they lie there. Raises ValueError where they are too many."""
        mails = self.at(place, [(uid, len(raw)) for uid, raw in portion])
        for (_, there), (_, raw) in zip(mails, portion, strict=True):
            there[:] = raw
        return list(mails)

    def at(self, place: int, sizes: Sequence[tuple[str, int]]) -> list[tuple[str, memoryview]]:
        """Give the mails with these uids and sizes that lie in a place."""
        start = (place % PLACES) * PLACE
        if sum(size for _, size in sizes) > PLACE:
            raise ValueError("a portion is larger than its place")
        mails = []
        for uid, size in sizes:
            mails.append((uid, self._view[start : start + size]))
            start += size
        return mails


def new_file() -> int:
    """Open a file without a name, in memory where the system can, that another program may be given."""
    if sys.platform == "linux":
        file = os.memfd_create("mails")
        os.ftruncate(file, SIZE)
        return file
    with tempfile.TemporaryFile() as unnamed:
        unnamed.write(bytes(SIZE))  # a disk that is full says so here, not when the memory is touched
        unnamed.flush()
        return os.dup(unnamed.fileno())
