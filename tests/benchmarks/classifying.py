"""The command `mgtui classify`: its start beside a bare interpreter's, and 10,000 files on all cores."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from tests.benchmarks.reading import CORPUS

SAMPLES = Path(__file__).resolve().parents[2] / "sample_mail"
FILES = 10_000
STARTS = 15
ROUNDS = 3
MGTUI = (sys.executable, "-m", "mgtui", "classify", "--json")
FLUFL = """
import logging, sys
from email import message_from_bytes
from pathlib import Path
from flufl.bounce import all_failures
logging.disable(logging.CRITICAL)
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        print(path, all_failures(message_from_bytes(path.read_bytes())))
    except Exception as error:
        print(path, error)
"""


@dataclass(frozen=True)
class Run:
    """What a command took, its children included; `pss` is its share of memory in bytes at the highest."""

    wall: float
    cpu: float
    pss: int


def run() -> None:
    """Print the medians of alternating rounds."""
    mail = next(SAMPLES.rglob("*.eml"))
    starts = {
        "mgtui classify ONE.eml": (*MGTUI, str(mail)),
        "python -c pass": (sys.executable, "-c", "pass"),
        "python, importing click and email": (
            sys.executable,
            "-c",
            "import click, email.parser, email.policy",
        ),
    }
    for name, runs in _in_turns(starts, STARTS).items():
        print(f"  {name:36} {1000 * _wall(runs):6.0f} ms  {1000 * _cpu(runs):5.0f} ms of CPU")
    with tempfile.TemporaryDirectory() as folder:
        _fill(Path(folder))
        one_core = ("taskset", "-c", str(min(os.sched_getaffinity(0))))
        commands = {
            f"mgtui classify, {FILES:,} files": (*MGTUI, folder),
            "the same on one core": (*one_core, *MGTUI, folder),
            "flufl.bounce with parsing": (sys.executable, "-c", FLUFL, folder),
        }
        for name, runs in _in_turns(commands, ROUNDS).items():
            wall, cpu = _wall(runs), _cpu(runs)
            print(
                f"  {name:36} {wall:6.1f} s  {cpu:5.1f} s of CPU  {cpu / wall:4.2f} cores"
                f"  {max(one.pss for one in runs) / 1e6:4.0f} MB"
            )


def _fill(folder: Path) -> None:
    """Link the reports and ordinary mails of the corpus, or the sample mails, as often as it takes."""
    mails = [*sorted(CORPUS.glob("reports/*.eml")), *sorted(CORPUS.glob("ordinary-*/*.eml"))]
    mails = mails or sorted(SAMPLES.rglob("*.eml"))
    for number, path in enumerate(islice(cycle(mails), FILES)):
        (folder / f"{number:05}.eml").symlink_to(path)


def _in_turns(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, list[Run]]:
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            done = _run(command, watched=rounds == ROUNDS)
            if turn:  # the first round warms up
                runs[name].append(done)
    return runs


def _run(command: Sequence[str], *, watched: bool) -> Run:
    before, start = os.times(), time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    most = 0
    while watched and child.poll() is None:
        most = max(most, _pss(child.pid) + sum(map(_pss, _children(child.pid))))
        time.sleep(0.02)
    child.wait()
    wall, after = time.perf_counter() - start, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(wall, cpu, most)


def _children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _pss(pid: int) -> int:
    """Give a process's memory, what it shares with others counted in part; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _wall(runs: Sequence[Run]) -> float:
    return statistics.median(one.wall for one in runs)


def _cpu(runs: Sequence[Run]) -> float:
    return statistics.median(one.cpu for one in runs)


if __name__ == "__main__":
    run()
