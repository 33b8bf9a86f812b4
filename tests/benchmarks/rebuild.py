"""Rebuilding four projections from a large log: this store, and the `eventsourcing` library's replay.

The library's replay maps notifications to events and folds them into dictionaries, once over everything and once
over the topics that matter; it writes no tables.
"""

import multiprocessing
import resource
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from eventstore import open_store
from projections import inline
from tests.benchmarks.contestants import THEIRS, VALIDATED, Library
from tests.benchmarks.logs import our_log, remove, their_log
from tests.benchmarks.office import (
    BENCH_EVENTS,
    EVENTS,
    FOUR,
    Counted,
    Filed,
    ReviewAsked,
    Reviewed,
    Suppressed,
)

ROUNDS = 5
PAGE = 5000
Result = tuple[float, float, float, Any]  #: seconds of wall and CPU, MB at most, what came out
RELEVANT = (Counted, Filed, Reviewed, ReviewAsked, Suppressed)


def run() -> None:
    """Print speeds and ratios, and whether all came to the same."""
    ours, theirs, validated = our_log(), their_log(validated=False), their_log(validated=True)
    follow(ours)
    contestants: dict[str, tuple[Callable[..., None], Path]] = {
        "eventsourcing, pydantic": (replay_validated, validated),
        "the same, by topic ": (replay_validated_topics, validated),
        "eventsourcing": (replay_all, theirs),
        "the same, by topic": (replay_topics, theirs),
        "ours": (rebuild, ours),
    }
    results: dict[str, list[Result]] = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, (contestant, path) in contestants.items():
            results[name].append(alone(contestant, path))
    print("contestant                 events/s   per CPU second   CPU, ours is faster by   most memory")
    base = sorted(cpu for _, cpu, _, _ in results["ours"])[ROUNDS // 2]
    for name, measured in results.items():
        wall, cpu, memory, _ = sorted(measured, key=lambda result: result[1])[ROUNDS // 2]
        print(
            f"{name:24} {EVENTS / wall:10,.0f}   {EVENTS / cpu:14,.0f}   {cpu / base:22.1f}   {memory:8.0f} MB"
        )
    rows = {name: measured[0][3] for name, measured in results.items()}
    print("same counts from all:", len(set(map(str, rows.values()))) == 1)
    print("rebuilt equals followed, byte for byte:", contents(ours) == contents(followed(ours)))


def followed(log: Path) -> Path:
    """Give the place of the tables that followed the log."""
    return log.with_name(f"followed-{log.name}")


def follow(log: Path) -> None:
    """Let the projections follow a copy of the log, event by event, unless that was done before."""
    copy = followed(log)
    if copy.exists():
        return
    remove(log.with_name("follow.part"))
    part = log.with_name("follow.part")
    with closing(sqlite3.connect(log)) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)
    names = [projection.name for projection in FOUR]
    with open_store(part, BENCH_EVENTS, inline(FOUR)) as store:
        followers, writer = store._followers, store._open_writer()
        connection = writer.connection
        for projection in followers.named(names):
            connection.execute("BEGIN")
            projection.clear(connection)
            projection.prepare(connection)
            followers.feed(connection, projection, 0, store.head())
            connection.execute("COMMIT")
    part.rename(copy)


def contents(path: Path) -> list[Any]:
    """Give all rows of the four tables, with their types."""
    with closing(sqlite3.connect(path)) as connection:
        return [
            connection.execute(f'SELECT * FROM "{table.name}" ORDER BY 1').fetchall()
            for projection in FOUR
            for table in projection.tables
        ]


def alone(work: Callable[..., None], path: Path) -> Result:
    """Run a contestant in a process of its own."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=work, args=(theirs, path))
    process.start()
    result: Result = ours.recv()
    process.join()
    return result


def report(pipe: Connection, wall: float, cpu: float, counts: Any) -> None:
    """Send what it took."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pipe.send((time.perf_counter() - wall, time.process_time() - cpu, memory, counts))


def rebuild(pipe: Connection, path: Path) -> None:
    """Rebuild with this store, tables and all."""
    with open_store(path, BENCH_EVENTS, inline(FOUR)) as store:
        wall, cpu = time.perf_counter(), time.process_time()
        store.rebuild([projection.name for projection in FOUR])
        (row,) = store.query("SELECT sum(hard), sum(soft), count(*) FROM bounce_counts")
        report(pipe, wall, cpu, tuple(row))


def replay_all(pipe: Connection, path: Path) -> None:
    """Replay everything with the library."""
    replay(pipe, path, ())


def replay_topics(pipe: Connection, path: Path) -> None:
    """Replay the topics that matter."""
    replay(pipe, path, [f"{__package__}.contestants:{THEIRS[kind].__name__}" for kind in RELEVANT])


def replay_validated(pipe: Connection, path: Path) -> None:
    """Replay everything into pydantic events."""
    replay(pipe, path, (), validated=True)


def replay_validated_topics(pipe: Connection, path: Path) -> None:
    """Replay the topics that matter into pydantic events."""
    topics = [f"{__package__}.contestants:{VALIDATED[kind].__name__}" for kind in RELEVANT]
    replay(pipe, path, topics, validated=True)


def replay(pipe: Connection, path: Path, topics: Any, *, validated: bool = False) -> None:
    """Fold the library's notifications into dictionaries."""
    log = Library(path, validated=validated)
    counts: dict[str, dict[str, Any]] = {}
    suppressed: dict[str, Any] = {}
    reviews: dict[str, Any] = {}
    documents: dict[str, list[int]] = {}
    wall, cpu = time.perf_counter(), time.process_time()
    start = 1
    while page := log.recorder.select_notifications(start, PAGE, topics=topics):
        for notification in page:
            fold(
                log.mapper.to_domain_event(notification),
                notification.id,
                counts,
                suppressed,
                reviews,
                documents,
            )
        start = page[-1].id + 1
    hard, soft = (sum(row[severity] for row in counts.values()) for severity in ("hard", "soft"))
    report(pipe, wall, cpu, (hard, soft, len(counts)))


def fold(
    event: Any,
    position: int,
    counts: dict[str, dict[str, Any]],
    suppressed: dict[str, Any],
    reviews: dict[str, Any],
    documents: dict[str, list[int]],
) -> None:
    """Do what the four projections do."""
    match type(event).__name__.removeprefix("Validated"):
        case "Counted":
            row = counts.setdefault(event.contact_id, {"hard": 0, "soft": 0, "last_day": ""})
            row[event.severity] += 1
            row["last_day"] = max(row["last_day"], event.day)
        case "Suppressed":
            suppressed[event.contact_id] = (event.until, position)
        case "ReviewAsked":
            reviews[event.mail_id] = (event.queue, event.timestamp)
        case "Reviewed":
            reviews.pop(event.mail_id, None)
        case "Filed":
            row = documents.setdefault(event.contact_id, [0, 0])
            row[0] += 1
            row[1] += event.attachments
