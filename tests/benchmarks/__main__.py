"""Runs benchmarks: `python -m tests.benchmarks [name ...]`, all of them without a name.

Each module of this folder that has a `run() -> None` is one; it prints its own table.
"""

import importlib
import platform
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path


def names() -> list[str]:
    """Give the names of all benchmarks."""
    folder = Path(__file__).parent
    return sorted(file.stem for file in folder.glob("[a-z]*.py") if "\ndef run(" in file.read_text())


def main(wanted: list[str]) -> int:
    """Run the wanted ones, and say on what."""
    if unknown := set(wanted) - set(names()):
        print(f"no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(names())}", file=sys.stderr)
        return 2
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {machine()}")
    for name in wanted or names():
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"tests.benchmarks.{name}").run()
    return 0


def machine() -> str:
    """Describe the machine in a line."""
    cpu = platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = [
            line.partition(":")[2].strip() for line in info.read_text().splitlines() if "model name" in line
        ]
        cpu = f"{len(lines)} x {lines[0]}" if lines else cpu
    return f"{cpu}, CPython {platform.python_version()}, SQLite {sqlite3.sqlite_version}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
