"""A terminal that goes away while something outlives it, as below `make demo`."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.mgtui.tui.offices import open_office
from tests.mgtui.tui.test_terminal import program

#: Leads the terminal's session, starts the screens and doesn't end when the terminal goes.
LEADER = """
import signal, subprocess, sys
signal.signal(signal.SIGHUP, lambda *_: None)
screens = subprocess.Popen(sys.argv[2:])
open(sys.argv[1], "w").write(str(screens.pid))
sys.exit(screens.wait())
"""


def test_the_screens_end_when_their_terminal_has_gone(office_folder: Path, tmp_path: Path) -> None:
    office = open_office(office_folder)
    office.application.close()
    note = tmp_path / "pid"
    leader, terminal = pty.fork()
    if leader == 0:
        os.execvp(sys.executable, [sys.executable, "-c", LEADER, str(note), *program(office)])
    shown = b""
    while b"Live" not in shown:
        shown += os.read(terminal, 65536)
    screens = int(note.read_text())
    os.close(terminal)
    until = time.monotonic() + 15
    while os.waitpid(leader, os.WNOHANG)[0] == 0:
        if time.monotonic() > until:
            os.kill(screens, signal.SIGKILL)
            os.waitpid(leader, 0)
            raise AssertionError("the screens went on without a terminal")
        time.sleep(0.05)
    assert subprocess.run(["kill", "-0", str(screens)], capture_output=True, check=False).returncode
