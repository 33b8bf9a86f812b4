"""Noticing that the terminal has gone, where nobody says so.

A closed connection sends SIGHUP to the leader of the terminal's session only. Started below something that
outlives it (`make demo`, a script), the screens would go on for ever, reading an end of file at full speed.
"""

import os
import sys
import termios
import threading
from collections.abc import Callable

LOOK_EVERY = 1.0  #: seconds
HUNG_UP = 129  #: exit code, as of a process that SIGHUP ended


def watch_terminal(lost: Callable[[], None]) -> None:
    """Call `lost` from another thread when the terminal of standard input has gone; nothing without one."""
    if not sys.stdin.isatty():
        return
    terminal = sys.stdin.fileno()

    def look() -> None:
        pause = threading.Event()
        while not pause.wait(LOOK_EVERY):
            try:
                termios.tcgetattr(terminal)
            except termios.error:
                lost()
                return

    threading.Thread(target=look, name="terminal", daemon=True).start()


def leave() -> None:
    """End at once: whatever was done is in the log, and there is nobody left to talk to.

    The main thread may be waiting for a terminal that never takes another byte, so it can't end in order.
    """
    os._exit(HUNG_UP)
