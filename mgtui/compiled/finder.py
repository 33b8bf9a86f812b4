"""Finds compiled modules for Python's imports, and leaves all others to it."""

import os
import sys
from collections.abc import Sequence
from importlib.machinery import ExtensionFileLoader, ModuleSpec
from types import ModuleType
from typing import Final

#: Set to anything, it has the readers run as plain Python: for a debugger, a profiler, a fuzzer.
PLAIN: Final = "MGTUI_PLAIN"
#: What the names of all compiled modules begin with, those of mypyc's libraries included.
_OURS: Final = ("mgtui.report.", "mgtui.bounce.", "mgtui_")


class CompiledFinder:
    """A finder of `sys.meta_path` that looks when the first reader is imported, and never again."""

    def __init__(self) -> None:
        self._modules: frozenset[str] | None = None

    def find_spec(
        self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Give the machine code of a module, None where there is none or where it is out of date."""
        if not name.startswith(_OURS):
            return None
        from mgtui.compiled.made import file_of, usable  # who reads no mail doesn't wait for it

        if self._modules is None:
            self._modules = usable()
        return _spec(name, str(file_of(name))) if name in self._modules else None


def _spec(name: str, path: str) -> ModuleSpec:
    """Do what `importlib.util` does, which every start would wait for."""
    spec = ModuleSpec(name, ExtensionFileLoader(name, path), origin=path)
    spec.has_location = True
    return spec


def use_compiled() -> None:
    """Have imports find compiled readers from now on; MGTUI_PLAIN forbids it."""
    if not os.environ.get(PLAIN):
        sys.meta_path.insert(0, CompiledFinder())


def is_ready() -> bool:
    """Tell whether readers that are imported from now on are machine code."""
    from mgtui.compiled.made import usable

    return not os.environ.get(PLAIN) and bool(usable())


def is_used(module: str = "mgtui.report.read") -> bool:
    """Tell whether an imported module is machine code."""
    from mgtui.compiled.made import SUFFIX

    return str(getattr(sys.modules.get(module), "__file__", "")).endswith(SUFFIX)
