"""Programs on Textual that people know, to start beside ours: Posting and Harlequin, each in a venv of its own.

`BENCH_PEERS=FOLDER python -m tests.benchmarks screens` installs them there from PyPI if they aren't yet.
"""

import os
import subprocess
import sys
from pathlib import Path

PEERS = {"posting": "Collection", "harlequin": "Query Editor"}  #: command -> what stands on its first screen

#: what a peer must be held at: Posting 2.11 ends at its start by a segmentation fault of tree-sitter 0.26
BESIDE = {"posting": ("tree-sitter<0.26",)}


def peers() -> dict[str, tuple[list[str], str]]:
    """Give the command and the first content of each peer, none where nobody asked for them."""
    folder = os.environ.get("BENCH_PEERS")
    if not folder:
        return {}
    return {name: ([str(installed(Path(folder).absolute(), name))], seen) for name, seen in PEERS.items()}


def installed(folder: Path, name: str) -> Path:
    """Give a peer's command; each has a venv to itself, because they want different versions of Textual."""
    home = folder / name
    if not (home / "bin" / name).exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([str(home / "bin" / "pip"), "install", "-q", name, *BESIDE.get(name, ())], check=True)
    return home / "bin" / name
