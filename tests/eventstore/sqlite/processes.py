"""Real processes that use the log, so that they can be killed."""

import multiprocessing
import os
import resource
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

from eventstore import StoreError, WrongExpectedVersion
from tests.eventstore.sample import placed, shipped
from tests.eventstore.sqlite.shop import open_shop, outsider

NOBODY = 65534


def forkserver() -> ForkServerContext:
    """Give the context whose processes start within milliseconds, with everything imported."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def start(work: Callable[..., None], *arguments: Any) -> tuple[ForkServerProcess, Connection]:
    """Start a process that is given a pipe to report on, and give our end of it."""
    ours, theirs = forkserver().Pipe()
    process = forkserver().Process(target=work, args=(theirs, *arguments))
    process.start()
    theirs.close()
    return process, ours


def append_until_killed(pipe: Connection, path: Path, batch: int) -> None:
    """Append for ever; report each append once it returned."""
    with open_shop(path) as store:
        while True:
            stream = f"order-{store.head() + 1}"
            pipe.send(store.append(stream, [placed(), *[shipped()] * (batch - 1)]).last_position)  # type: ignore[union-attr]


def append_to_one_stream(pipe: Connection, path: Path, appends: int) -> None:
    """Append to a contested stream, reading its version again after each conflict; report the end."""
    with open_shop(path) as store:
        pipe.send("ready")
        pipe.recv()
        while appends:
            result = store.append("order-1", [shipped()], store.stream_version("order-1"))
            if isinstance(result, WrongExpectedVersion):
                assert (result.stream, result.found > result.expected) == ("order-1", True)
            else:
                appends -= 1
    pipe.send("done")


def open_and_append(pipe: Connection, path: Path) -> None:
    """Wait for the sign, open a log that nobody has made yet, append; report what came of it."""
    pipe.recv()
    try:
        with open_shop(path) as store:
            pipe.send(type(store.append(f"order-{os.getpid()}", [placed()])).__name__)
    except StoreError as error:
        pipe.send(str(error))


def lock_until_told(pipe: Connection, path: Path) -> None:
    """Hold the log locked as another program could, until told to let go."""
    with outsider(path) as log:
        log.execute("BEGIN EXCLUSIVE")
        pipe.send("locked")
        pipe.recv()
        log.execute("ROLLBACK")


def append_with_little_room(pipe: Connection, path: Path, room: int) -> None:
    """Append until files may grow no more; report the last position and the error."""
    with open_shop(path) as store:
        largest = max(file.stat().st_size for file in path.parent.iterdir())
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest + room, resource.RLIM_INFINITY))
        last = 0
        try:
            while True:
                last = store.append("order-1", [placed(customer="x" * 500)]).last_position  # type: ignore[union-attr]
        except StoreError as error:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            again = store.append("order-1", [placed()])
            pipe.send((last, type(error).__name__, str(error), again))


def open_as_nobody(pipe: Connection, path: Path) -> None:
    """Open without the right to write, and append; report the error, and what could be read."""
    if os.geteuid() == 0:
        os.setuid(NOBODY)
    try:
        with open_shop(path) as store:
            store.append("order-1", [placed()])
    except StoreError as error:
        with open_shop(path, read_only=True) as store:
            pipe.send((type(error).__name__, str(error), store.head()))
