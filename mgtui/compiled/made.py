"""What was compiled, from which sources, for which Python: a small file beside the machine code."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import Final

#: The project's root, or the folder of installed packages.
ROOT: Final = Path(__file__).parent.parent.parent
#: Where machine code and the file about it lie; `.gitignore` knows it.
MADE: Final = Path(__file__).parent / "made"
#: What machine code of this very Python is called: `.cpython-311-x86_64-linux-gnu.so`.
SUFFIX: Final = EXTENSION_SUFFIXES[0]
#: The packages whose modules are compiled: what takes a mail apart, and what judges it.
PACKAGES: Final = ("mgtui.report", "mgtui.report.dialects", "mgtui.bounce", "mgtui.bounce.reasons")
_ABOUT: Final = "made.json"

#: When a source was last changed, in nanoseconds, and its bytes.
Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Made:
    """The modules that were compiled, the libraries among them, and the sources all of it was made from."""

    modules: frozenset[str]
    sources: dict[str, Stamp]  #: by path under the root

    def is_fresh(self) -> bool:
        """Tell whether every source is as it was when it was compiled."""
        try:
            return all(stamp_of(ROOT / path) == stamp for path, stamp in self.sources.items())
        except OSError:
            return False


def sources() -> Iterator[Path]:
    """Give the source files of all packages that are compiled."""
    for package in PACKAGES:
        yield from sorted((ROOT / package.replace(".", "/")).glob("*.py"))


def stamp_of(path: Path) -> Stamp:
    """Give what tells a changed file, as Python does for its own cache. Raises OSError."""
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size


def file_of(module: str) -> Path:
    """Give the file that the machine code of a module lies in."""
    return MADE / f"{module}{SUFFIX}"


def read_made() -> Made | None:
    """Read what was compiled for this Python; None where nothing was."""
    try:
        about = json.loads((MADE / _ABOUT).read_bytes())
        if about["suffix"] != SUFFIX:
            return None
        stamps = {path: (int(time), int(size)) for path, (time, size) in about["sources"].items()}
        return Made(frozenset(about["modules"]), stamps)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def usable() -> frozenset[str]:
    """Give the modules whose machine code is as new as all sources."""
    made = read_made()
    return made.modules if made is not None and made.is_fresh() else frozenset()


def write_made(made: Made) -> None:
    """Note what was compiled; to be called last, since nothing is used without it."""
    about = {"suffix": SUFFIX, "modules": sorted(made.modules), "sources": made.sources}
    (MADE / _ABOUT).write_text(json.dumps(about, indent=1) + "\n", "utf-8")
