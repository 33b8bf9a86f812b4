"""Finds the entries that may speak for a text without trying each of their phrases."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, Final, NamedTuple

from mgtui.bounce.reasons.entry import Diagnosis, Entry
from mgtui.bounce.reasons.phrase import Key, Phrase, place_of
from mgtui.bounce.reasons.reading import read_entry

#: The rank of an entry in four digits, then the phrase by which it was reached, each part on a line of its own;
#: none for a code. Thousands of them are kept, and as text each is one object that sorts by itself.
Candidate = str
_DIGITS: Final = 4
#: Candidates beyond this number are the same few again.
_MOST: Final = 100


class Found(NamedTuple):
    """An entry that holds, its rank in the index, and the phrase that stood in the text."""

    rank: int
    entry: Entry
    phrase: Phrase | None


@dataclass(slots=True)
class Index:
    """Entries in order, reached by the rarest key of each phrase, or by their codes.

    It is plain data (`dataclasses.asdict` is what is shipped), so that loading it costs nothing but JSON.
    """

    raw: Sequence[Mapping[str, Any]]  #: the entries as written, by rank
    named: int = 0  #: how many of them, from the first, look into links and names of hosts
    #: By the first stem of a key, then by the other.
    keys: dict[str, dict[str, list[Candidate]]] = field(default_factory=dict)
    ideographs: list[Candidate] = field(default_factory=list)
    status: dict[str, list[Candidate]] = field(default_factory=dict)
    reply_code: dict[str, list[Candidate]] = field(default_factory=dict)
    read: dict[int, Entry] = field(default_factory=dict)  #: those that were needed

    def entry(self, rank: int) -> Entry:
        """Give an entry, read when first needed."""
        if rank not in self.read:
            self.read[rank] = read_entry("", self.raw[rank], rank + 1)
        return self.read[rank]

    def first(self, diagnosis: Diagnosis) -> Found | None:
        """Give the first entry whose condition holds."""
        tried = ""
        candidates = self._candidates(diagnosis)
        plain = (
            diagnosis if diagnosis.plain is diagnosis.folded else diagnosis._replace(folded=diagnosis.plain)
        )
        first_unnamed = _candidate(self.named)
        for number, candidate in enumerate(candidates):
            if (digits := candidate[:_DIGITS]) == tried:
                continue
            asked = plain if digits < first_unnamed else diagnosis
            if not _stands(candidate, asked):
                continue
            entry = self.entry(int(digits))
            if entry.holds(asked):
                return Found(int(digits), entry, _phrase(candidates[number:], asked))
            tried = digits
        return None

    def _candidates(self, diagnosis: Diagnosis) -> list[Candidate]:
        found = self._keyed(diagnosis.stems) if self.keys else []
        if diagnosis.squeezed:
            found += self.ideographs
        if (status := diagnosis.status) and self.status:
            for key in (status, f"x{status[1:]}", status[0]):
                found += self.status.get(key, ())
        if diagnosis.reply_code and self.reply_code:
            found += self.reply_code.get(str(diagnosis.reply_code), ())
        found.sort()
        return found

    def _keyed(self, stems: list[str]) -> list[Candidate]:
        """Give the candidates whose key stands in a text; most of its words begin none."""
        keys, found = self.keys, list[Candidate]()
        for stem, after in zip(stems, [*stems[1:], ""], strict=False):
            if (others := keys.get(stem)) is not None:
                found += others.get(after, ())
                found += others.get("", ())
        if len(found) > _MOST:  # a text that says one thing many times
            found = list(dict.fromkeys(found))
        return found


def make_index(entries: Sequence[tuple[Entry, Mapping[str, Any]]], named: int) -> Index:
    """Index entries in their order, each given as read and as written; the first ones look into names."""
    index = Index([_needed(raw) for _, raw in entries], named)
    counts = Counter(key for entry, _ in entries for phrase in entry.any for key in phrase.needs())
    for rank, (entry, _) in enumerate(entries):
        if entry.is_worded:
            _enter_phrases(index, rank, entry, counts)
        elif entry.status:
            for status in entry.status:
                index.status.setdefault(status, []).append(_candidate(rank))
        else:
            for reply_code in entry.reply_code:
                index.reply_code.setdefault(str(reply_code), []).append(_candidate(rank))
    return index


def _enter_phrases(index: Index, rank: int, entry: Entry, counts: Counter[Key]) -> None:
    for phrase in entry.any or entry.all[:1]:
        candidate = _candidate(rank, phrase)
        if phrase.ideographs:
            index.ideographs.append(candidate)
            continue
        stem, after = min(phrase.needs(), key=lambda key: (counts[key], key))
        index.keys.setdefault(stem, {}).setdefault(after, []).append(candidate)


def _candidate(rank: int, phrase: Phrase | None = None) -> Candidate:
    parts = "\n".join(phrase.parts) if phrase else ""
    return f"{rank:0{_DIGITS}}{parts}"


def _parts(candidate: Candidate) -> tuple[str, ...]:
    return tuple(candidate[_DIGITS:].split("\n")) if len(candidate) > _DIGITS else ()


def _stands(candidate: Candidate, diagnosis: Diagnosis) -> bool:
    """Tell whether a candidate's phrase stands in the text; most have one part, and are told by `in`."""
    if "\n" in candidate:
        return place_of(_parts(candidate), diagnosis.folded, diagnosis.squeezed) >= 0
    part = candidate[_DIGITS:]
    return not part or part in (diagnosis.folded if part[0] == " " else diagnosis.squeezed)


def _phrase(candidates: Sequence[Candidate], diagnosis: Diagnosis) -> Phrase | None:
    """Give the phrase of an entry that stands first in the text: the line to show must not depend on chance.

    The first candidate stands in the text; of the others of its entry any may.
    """
    rank, parts = candidates[0][:_DIGITS], _parts(candidates[0])
    if len(candidates) == 1 or candidates[1][:_DIGITS] != rank:
        return Phrase(parts) if parts else None
    rivals = takewhile(lambda candidate: candidate.startswith(rank), candidates)
    phrases = [_parts(rival) for rival in rivals if len(rival) > _DIGITS]
    placed = [(place_of(parts, diagnosis.folded, diagnosis.squeezed), parts) for parts in phrases]
    first = min([found for found in placed if found[0] >= 0], default=None)
    return Phrase(first[1]) if first else None


def _needed(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what no judgement needs: the phrases that stand in the index, and the examples."""
    return {key: value for key, value in raw.items() if key not in ("any", "examples")}
