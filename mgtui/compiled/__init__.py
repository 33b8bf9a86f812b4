"""The readers of mail compiled to machine code, and how they come to be used.

`python -m mgtui.compiled` compiles them beside their sources (mypyc); `use_compiled` lets the imports find them for as
long as no source has changed since. Without them, or with MGTUI_PLAIN set, the same sources run as plain Python.
"""

from mgtui.compiled.finder import is_ready, is_used, use_compiled

__all__ = ["is_ready", "is_used", "use_compiled"]
