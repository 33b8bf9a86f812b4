"""Runs a command and prints what it needed: seconds, seconds of CPU, peak memory in kB. Knows nothing of the project.

It is a program of its own because a child begins with the peak memory of the process that started it: started by
a benchmark full of mails, every contestant would seem as large as that.
"""

import os
import subprocess
import sys
import time


def main(command: list[str]) -> int:
    """Run it with stdout and stderr thrown away; the exit code is the command's."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    print(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
