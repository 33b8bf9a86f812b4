"""Keeping the garbage collector from walking the whole heap in the middle of heavy work."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

LARGE = 50  #: events from which an append is heavy work


@contextmanager
def collector_held() -> Iterator[None]:
    """Hold the collector off while many objects are made that all die by counting references."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
