"""Patterns that are compiled when first needed: most mails need few of the long ones, and compiling takes time."""

import re
from collections.abc import Callable, Sequence

from mgtui.report.anchors import Anchors, anchors_of
from mgtui.report.once import once


class LazyPattern:
    """A regular expression that is tried, and compiled, only on a text that has one of its anchors."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source = source
        self._flags = flags
        self._ignores_case = bool(flags & re.IGNORECASE)

    @once
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self._source, self._flags)

    @once
    def anchors(self) -> Anchors:
        """Words of which every match holds one; () where the pattern has none."""
        words = anchors_of(self._source)
        return tuple(word.lower() for word in words) if self._ignores_case else words

    @once
    def plain_anchors(self) -> Anchors:
        """Those of the words that a text of plain letters may hold."""
        return tuple(word for word in self.anchors if word.isascii())

    def is_possible(self, lower: str) -> bool:
        """Tell whether a text, given in lower case, may hold a match."""
        words = self.plain_anchors if lower.isascii() else self.anchors
        return has_one(words, lower) if words else not self.anchors

    def search(self, text: str) -> re.Match[str] | None:
        """Look anywhere in a text."""
        if self.anchors:
            lower = text.lower() if self._ignores_case else text
            if not has_one(self.plain_anchors if lower.isascii() else self.anchors, lower):
                return None
        return self.compiled.search(text)

    @once
    def match(self) -> Callable[[str], re.Match[str] | None]:
        """Look at the beginning of a text: the pattern's own method, so that it costs no call more."""
        return self.compiled.match


class AnyOf:
    """Patterns tried in turn: where each has few enough words, most texts are told at a glance by all of them."""

    def __init__(self, patterns: Sequence[LazyPattern]) -> None:
        self._patterns = tuple(patterns)

    def search(self, text: str) -> re.Match[str] | None:
        """Look anywhere in a text, for the first pattern first."""
        for pattern in self._patterns:
            if (found := pattern.search(text)) is not None:
                return found
        return None


def has_one(words: Anchors, text: str) -> bool:
    """Tell whether one of the words stands in a text."""
    # A plain loop: `any` with a generator takes twice as long, and this is asked of most lines.
    for word in words:  # noqa: SIM110
        if word in text:
            return True
    return False
