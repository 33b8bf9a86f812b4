"""A phrase of a table, made ready to be looked for.

`user unknown` is found at a word's start and may end inside a word (`user unknowns`); a blank at its end
asks for the word's end. `user ... unknown` lets up to 60 characters stand between its parts, and `user`
must be a word there; `user* ... unknown` takes `username` too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from mgtui.bounce.reasons.fold import fold, has_ideographs, squeeze, unmarked

#: Characters of folded text that `...` may stand for: a name, a host, a few words.
GAP: Final = 60
#: Characters of a word by which phrases are found; shorter words must stand whole.
STEM: Final = 5

#: The beginnings of two words that follow each other, or of one and "".
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """The parts of a phrase in order, folded; those of Chinese and Japanese begin without a blank."""

    parts: tuple[str, ...]

    @property
    def ideographs(self) -> bool:
        """Tell whether it is looked for in the text without blanks."""
        return self.parts[0][0] != " "

    def place(self, folded: str, squeezed: str) -> int:
        """Give the offset of the first part in a folded text (or the one without blanks), -1 for none."""
        return place_of(self.parts, folded, squeezed)

    def needs(self) -> tuple[Key, ...]:
        """Give what the stems of a text with this phrase must hold: pairs where words follow each other, else words.

        () for ideographs, and for a phrase of one short word that may go on.
        """
        if self.ideographs:
            return ()
        stems = [_stems(part) for part in self.parts]
        pairs = [pair for of_part in stems for pair in pairwise(of_part)]
        return tuple(pairs or [(stem, "") for of_part in stems for stem in of_part])


def place_of(parts: Sequence[str], folded: str, squeezed: str) -> int:
    """Give the offset at which the parts of a phrase begin to stand in a text, -1 for none."""
    first = parts[0]
    text = folded if first[0] == " " else squeezed
    at = text.find(first)
    if len(parts) > 1:
        while at >= 0 and not _follow(text, at + len(first), parts):
            at = text.find(first, at + 1)
    return at


def make_phrase(source: str) -> Phrase:
    """Fold a phrase as a table writes it; it has no parts where nothing is left of it."""
    pieces = [piece for piece in source.split("...") if fold(piece).strip()]
    if any(has_ideographs(piece) for piece in pieces):
        return Phrase(tuple(squeeze(unmarked(fold(piece))) for piece in pieces))
    folded = [unmarked(fold(piece)) for piece in pieces]
    return Phrase(
        tuple(text if _is_closed(piece) else text[:-1] for piece, text in zip(pieces, folded, strict=True))
    )


def stems_of(folded: str) -> list[str]:
    """Give the beginnings of all words of a folded text, in order."""
    return [word[:STEM] for word in folded.split()]


def _is_closed(piece: str) -> bool:
    return piece.endswith(" ") and not piece.rstrip().endswith("*")


def _follow(text: str, at: int, parts: Sequence[str]) -> bool:
    for part in parts[1:]:
        found = text.find(part, at, at + GAP + len(part))
        if found < 0:
            return False
        at = found + len(part)
    return True


def _stems(part: str) -> list[str]:
    """Give the stems that every text with a part has; a short word at its end may go on, and has none."""
    stems = stems_of(part)
    return stems if part.endswith(" ") or len(stems[-1]) == STEM else stems[:-1]
