"""Reading takes as much memory for a long log as for a short one."""

import tracemalloc
from itertools import islice
from pathlib import Path

from eventstore import export_log, verify
from tests.eventstore.sample import placed
from tests.eventstore.sqlite.shop import open_shop

BOUND = 4_000_000  #: bytes; the log below takes 20 MB when it is all in memory


def peak_of(work: object) -> int:
    """Give the most memory that going through an iterator took."""
    tracemalloc.start()
    try:
        for _ in work:  # type: ignore[attr-defined]
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_long_log_is_read_exported_and_verified_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    with open_shop(path) as store:
        for number in range(20):
            store.append(f"order-{number % 2}", [placed(number, "x" * 200)] * 500)
        assert peak_of(store.read()) < BOUND
        assert peak_of(store.read(backwards=True)) < BOUND
        assert peak_of(store.read_stream("order-1")) < BOUND
        assert peak_of(islice(store.read(category="order"), 9_000)) < BOUND
    assert peak_of(export_log(path)) < BOUND
    assert peak_of(verify(path) for _ in range(1)) < BOUND
