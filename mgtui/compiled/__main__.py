"""Compiles the readers: `python -m mgtui.compiled`. Needs a C compiler, Python's headers and mypy (with mypyc)."""

import os
import shutil
import sys
import tempfile
import time
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Final

from mgtui.compiled.made import MADE, ROOT, SUFFIX, Made, file_of, sources, stamp_of, write_made

#: Two libraries, so that two cores compile; calls between them go through a table.
_GROUPS: Final = (
    ("mgtui_report", ("mgtui/report/",)),
    ("mgtui_judging", ("mgtui/report/dialects/", "mgtui/bounce/")),
)
#: Values that are computed once are kept in `__dict__`, which compiled classes don't have.
_KEEPS_VALUES: Final = "once import once"


def is_compiled(source: Path) -> bool:
    """Tell whether a module is compiled: signs, programs and what keeps values in `__dict__` aren't."""
    return (
        not source.name.startswith("__")
        and source.name != "once.py"
        and _KEEPS_VALUES not in source.read_text("utf-8")
    )


def compile_readers() -> Made:
    """Compile all readers, and then put them in place of what was made before. Raises whatever compilers raise."""
    stamps = {path.relative_to(ROOT).as_posix(): stamp_of(path) for path in sources()}
    with tempfile.TemporaryDirectory() as folder:
        built = _build([path.relative_to(ROOT).as_posix() for path in sources() if is_compiled(path)], folder)
        found = {_module(path.relative_to(built)): path for path in built.rglob(f"*{SUFFIX}")}
        shutil.rmtree(MADE, ignore_errors=True)
        MADE.mkdir()
        for module, path in found.items():
            shutil.copyfile(path, file_of(module))
    made = Made(frozenset(found), stamps)
    write_made(made)
    return made


def _build(paths: list[str], folder: str) -> Path:
    """Have mypyc write C and setuptools compile it; gives the folder of what came out."""
    from mypyc.build import mypycify
    from setuptools import Distribution
    from setuptools.command.build_ext import build_ext

    said = StringIO()
    with chdir(ROOT), redirect_stdout(said):  # it warns of each generator that becomes a list
        try:
            extensions = mypycify(
                paths, separate=_grouped(paths), opt_level="1", debug_level="0", target_dir=f"{folder}/c"
            )
        except SystemExit:
            raise RuntimeError(said.getvalue()) from None
    command = build_ext(Distribution({"name": "mgtui", "packages": [], "ext_modules": extensions}))
    command.build_lib, command.build_temp = f"{folder}/built", f"{folder}/objects"
    command.parallel = os.cpu_count()
    command.ensure_finalized()
    command.run()
    return Path(folder, "built")


def _grouped(paths: list[str]) -> list[tuple[list[str], str | None]]:
    """Give each path to the group whose folder is the longest that it lies in."""
    groups: dict[str, list[str]] = {name: [] for name, _ in _GROUPS}
    for path in paths:
        folders = {folder: name for name, of in _GROUPS for folder in of if path.startswith(folder)}
        groups[folders[max(folders, key=len)]].append(path)
    return [(sources, name) for name, sources in groups.items()]


def _module(path: Path) -> str:
    return ".".join(path.parts).removesuffix(SUFFIX)


def main() -> int:
    """Compile, and say in one line what came of it; without a compiler the readers stay as they are."""
    begun = time.monotonic()
    os.environ["CFLAGS"] = "-w"  # warnings about C that a program wrote help nobody
    try:
        made = compile_readers()
    except Exception as error:  # noqa: BLE001 - compilers raise what they like
        print(f"mgtui: the readers stay plain Python, which is slower: {_in_a_line(error)}", file=sys.stderr)
        return 1
    print(f"mgtui: {len(made.modules)} modules compiled in {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return 0


def _in_a_line(error: BaseException) -> str:
    said = " ".join(str(error).split())[-300:] or type(error).__name__
    return f"{said} (needed: a C compiler, Python's headers, mypy and setuptools)"


if __name__ == "__main__":
    sys.exit(main())
