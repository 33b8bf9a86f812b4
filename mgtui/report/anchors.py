"""Words without which a regular expression can't match: looking for them is many times as fast as trying it.

The source is read as far as the readers' own expressions go: literals, classes, groups, repeats. What isn't
understood gives no anchor, so that no match is ever lost.
"""

import re
from collections.abc import Iterator
from typing import Final

Anchors = tuple[str, ...]

#: Anchors beyond this number take as long as the expression itself.
_MOST: Final = 80
_SHORTEST: Final = 3  #: an ideograph counts as two
_TOKEN: Final = re.compile(
    r"(?P<class>\[\^?\]?(?:\\.|[^\]\\]){0,300}+\])|(?P<open>\((?:\?(?::|P<\w+>|<?[=!]|[a-z]+:))?)|(?P<close>\))"
    r"|(?P<repeat>(?:[?*+]|\{\d*(?:,\d*)?\})[?+]?)|(?P<bar>\|)|\\(?P<escape>.)|(?P<any>[.^$])|(?P<literal>.)",
    re.DOTALL,
)


def anchors_of(source: str) -> Anchors:
    """Give words of which every match holds one, () where there are no such words."""
    found = _alternatives(_TOKEN.finditer(source))
    return _shortest(found) if found and len(found) <= _MOST else ()


def _alternatives(tokens: Iterator[re.Match[str]]) -> Anchors:
    """Read alternatives up to the end of their group; () where one of them has no anchor."""
    choices: list[Anchors] = []
    sequence = _Sequence()
    for token in tokens:
        kind = token.lastgroup
        if kind == "open":
            inner = _alternatives(tokens)
            is_plain = token[0] in ("(", "(?:") or token[0].startswith("(?P<")
            sequence.group(inner if is_plain else ())
        elif kind == "close":
            break
        elif kind == "bar":
            choices.append(sequence.best())
            sequence = _Sequence()
        else:
            sequence.take(token)
    choices.append(sequence.best())
    return tuple(word for words in choices for word in words) if all(choices) else ()


class _Sequence:
    """What follows each other in one alternative: runs of literals, and groups with anchors of their own."""

    def __init__(self) -> None:
        self._choices: list[Anchors] = []
        self._run = ""
        self._group: Anchors = ()

    def take(self, token: re.Match[str]) -> None:
        """Take a literal, a repeat, or anything that stands for more than one character."""
        literal = token["literal"] or (token["escape"] if not (token["escape"] or "a").isalnum() else "")
        if token["repeat"]:
            self._repeat(optional=token[0][0] in "?*" or token[0].startswith(("{0", "{,")))
            return
        self._end_group()
        if literal:
            self._run += literal
        else:
            self._end_run()

    def group(self, anchors: Anchors) -> None:
        """Take a group; a repeat behind it may still make it optional."""
        self._end_group()
        self._end_run()
        self._group = anchors

    def best(self) -> Anchors:
        """Give the choice whose words are the rarest: long ones, and few."""
        self._end_group()
        self._end_run()
        good = [words for words in self._choices if words and min(map(_weight, words)) >= _SHORTEST]
        return max(good, key=_rarity, default=())

    def _repeat(self, *, optional: bool) -> None:
        if self._group:
            self._choices.append(() if optional else self._group)
            self._group = ()
        elif self._run:
            last, self._run = self._run[-1], self._run[:-1]
            if not optional:
                self._run += last
            self._end_run()

    def _end_run(self) -> None:
        if self._run:
            self._choices.append((self._run,))
        self._run = ""

    def _end_group(self) -> None:
        if self._group:
            self._choices.append(self._group)
        self._group = ()


def _weight(word: str) -> int:
    return sum(1 if char < "\u2e80" else 2 for char in word)


def _rarity(words: Anchors) -> float:
    return min(map(_weight, words)) - len(words) / 3


def _shortest(words: Anchors) -> Anchors:
    """Leave out words that hold another one, and repeats."""
    unique = dict.fromkeys(words)
    return tuple(word for word in unique if not any(other in word for other in unique if other != word))
