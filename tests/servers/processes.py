"""Ending a server together with the processes that it started."""

import contextlib
import ctypes
import os
import signal
import subprocess

_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


def adopt_orphans() -> None:
    """Have orphaned descendants handed to this process, which can then reap them; Linux only.

    In a container the process with id 1 often reaps nothing, and every test would leave zombies.
    """
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_group(leader: subprocess.Popen[bytes]) -> None:
    """Kill a process that was started with `start_new_session`, and all that it started; reap them."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader.pid, signal.SIGKILL)
    leader.wait()
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-leader.pid, 0)
