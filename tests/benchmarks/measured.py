"""Runs a command and prints what it needed: seconds, seconds of CPU, peak memory in kB. Knows nothing of the project.

It is a program of its own because a child begins with the peak memory of the process that started it: started by
a benchmark full of mails, every contestant would seem as large as that. `--together COMMAND` looks twenty times a
second at the memory of the command and its children together, what they share counted once; else the largest speaks.
"""

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

LOOK = 0.05  #: seconds


def main(command: list[str], *, together: bool) -> int:
    """Run it with stdout and stderr thrown away; the exit code is the command's."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    peaks, ended = [0], threading.Event()
    if together:
        threading.Thread(target=_watch, args=(process.pid, peaks, ended), daemon=True).start()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    ended.set()
    print(seconds, used.ru_utime + used.ru_stime, max(peaks) if together else used.ru_maxrss)
    return os.waitstatus_to_exitcode(status)


def _watch(pid: int, peaks: list[int], ended: threading.Event) -> None:
    while not ended.wait(LOOK):
        peaks.append(sum(map(_proportional, _family(pid))))


def _family(pid: int) -> Iterator[int]:
    yield pid
    with contextlib.suppress(OSError), open(f"/proc/{pid}/task/{pid}/children") as children:  # noqa: PTH123
        for child in children.read().split():
            yield from _family(int(child))


def _proportional(pid: int) -> int:
    """Give the memory of a process in kB, of what it shares its part."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/smaps_rollup") as rollup:  # noqa: PTH123
        return sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    return 0


if __name__ == "__main__":
    together = sys.argv[1] == "--together"
    sys.exit(main(sys.argv[2:] if together else sys.argv[1:], together=together))
