"""Patterns that are compiled when first used: most mails need few of the long ones, and compiling takes time."""

import re
from functools import cached_property


class LazyPattern:
    """A regular expression, compiled when first used."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source = source
        self._flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self._source, self._flags)

    def search(self, text: str) -> re.Match[str] | None:
        """Look anywhere in a text."""
        return self.compiled.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """Look at the beginning of a text."""
        return self.compiled.match(text)
