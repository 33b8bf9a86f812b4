"""How the other process comes to be: as a program of its own, or as a fork made before anything is open.

A fork is there at once and has loaded what we have; but it would share our locks, threads and connections, so it
can only be made ahead, by a command that has none of them yet.
"""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BufferedWriter, FileIO, RawIOBase
from pathlib import Path
from typing import BinaryIO, Protocol, cast

import mgtui
from mgtui.apart.frames import PIPE
from mgtui.apart.memory import Memory, new_file


class Process(Protocol):
    """A process that reads what we write, and the other way round."""

    @property
    def pid(self) -> int:
        """Give its id."""
        ...

    @property
    def asked(self) -> BinaryIO:
        """Give the pipe to it."""
        ...

    @property
    def told(self) -> RawIOBase:
        """Give the pipe from it, of which nothing is read ahead: whoever waits for it waits for all that is left."""
        ...

    @property
    def memory(self) -> Memory:
        """Give the memory that it shares with us."""
        ...

    def wait(self) -> None:
        """Wait until it has ended, and let the system forget it."""
        ...


Start = Callable[[], Process]


@dataclass(frozen=True, slots=True)
class _Spawned:
    popen: "subprocess.Popen[bytes]"
    pid: int
    asked: BinaryIO
    told: RawIOBase
    memory: Memory

    def wait(self) -> None:
        self.popen.wait()


@dataclass(frozen=True, slots=True)
class _Forked:
    pid: int
    asked: BinaryIO
    told: RawIOBase
    memory: Memory

    def wait(self) -> None:
        os.waitpid(self.pid, 0)


def spawned(program: Sequence[str] = ("-m", "mgtui.apart")) -> Process:
    """Start a program of its own, as arguments of Python. Raises `OSError`."""
    file = new_file()
    try:
        memory = Memory(file)
        popen = _program(program, file)
    finally:
        os.close(file)
    asked, told = cast(RawIOBase, popen.stdin), cast(RawIOBase, popen.stdout)
    widen(told.fileno())
    return _Spawned(popen, popen.pid, BufferedWriter(asked), told, memory)


def _program(program: Sequence[str], file: int) -> "subprocess.Popen[bytes]":
    package = str(Path(mgtui.__file__).parents[1])
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(  # noqa: S603 - it is this program
        [sys.executable, "-P", *program, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        pass_fds=(file,),
    )


@contextlib.contextmanager
def reserve() -> Iterator[Start]:
    """Fork a process that gets ready and waits to be asked; after it, others are programs of their own.

    Only for a command that begins: there must be one thread, and nothing open that isn't to be shared.
    """
    waiting: list[Process] = []
    with contextlib.suppress(OSError):
        waiting.append(_forked())
    try:
        yield lambda: waiting.pop() if waiting else spawned()
    finally:
        for process in waiting:
            process.asked.close()
            process.told.close()
            process.wait()


def _forked() -> Process:
    ours, theirs, memory = os.pipe(), os.pipe(), Memory()
    widen(theirs[0])
    pid = os.fork()
    if pid == 0:
        os.close(ours[1])
        os.close(theirs[0])
        _work(ours[0], theirs[1], memory)
    os.close(ours[0])
    os.close(theirs[1])
    return _Forked(pid, os.fdopen(ours[1], "wb"), FileIO(theirs[0]), memory)


def _work(asked: int, told: int, memory: Memory) -> None:
    """Work as the program would, in this process, which must never come back from here."""
    code = 1
    try:
        from mgtui.apart.worker import serve_pipes

        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nothing, standard)
        serve_pipes(asked, told, memory)
        code = 0
    finally:
        os._exit(code)


def widen(pipe: int) -> None:
    """Let a pipe hold an answer, as far as the system allows."""
    with contextlib.suppress(OSError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE)


def end(process: Process) -> None:
    """End a process at once."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)
