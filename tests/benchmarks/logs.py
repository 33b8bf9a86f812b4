"""Large logs to measure on, made once and kept under `.benchmarks/` for the next run."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from eventstore import open_store
from tests.benchmarks.contestants import Library, appends, ours
from tests.benchmarks.office import BENCH_EVENTS, EVENTS, Made, made_up

FOLDER = Path(__file__).parents[2] / ".benchmarks"
BATCH = 1000


def batches() -> Iterator[list[Made]]:
    """Give what is made up, in batches."""
    made = islice(made_up(), EVENTS)
    while batch := list(islice(made, BATCH)):
        yield batch


def our_log() -> Path:
    """Give the place of our log, made if it isn't there; batches of 1,000, nine actors."""
    path = FOLDER / f"ours-{EVENTS}.db"
    if not path.exists():
        FOLDER.mkdir(exist_ok=True)
        part = FOLDER / "ours.part"
        remove(part)
        versions: dict[str, int] = defaultdict(int)
        with open_store(part, BENCH_EVENTS) as store:
            for number, batch in enumerate(batches()):
                store.append_many(ours(appends(batch, versions)), actor=f"grabber {number % 9}")
        part.rename(path)
    return path


def their_log(*, validated: bool) -> Path:
    """Give the place of the library's log with the same facts."""
    path = FOLDER / f"theirs-{'pydantic' if validated else 'dataclasses'}-{EVENTS}.db"
    if not path.exists():
        FOLDER.mkdir(exist_ok=True)
        part = FOLDER / "theirs.part"
        remove(part)
        log = Library(part, validated=validated)
        for batch in batches():
            log.append(log.prepared(batch))
        log.datastore.close()
        part.rename(path)
    return path


def remove(path: Path) -> None:
    """Remove a database with what SQLite keeps beside it."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-rebuild"):
        path.with_name(name).unlink(missing_ok=True)
