"""Finds the entries that may speak for a text without trying each of their phrases."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from mgtui.bounce.reasons.entry import Diagnosis, Entry
from mgtui.bounce.reasons.phrase import Phrase


class Index:
    """Entries in order, reached by the rarest stem of each of their phrases, or by their codes."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self._by_stem: dict[str, list[tuple[int, Phrase]]] = defaultdict(list)
        self._ideographs: list[tuple[int, Phrase]] = []
        self._by_status: dict[str, list[int]] = defaultdict(list)
        self._by_reply_code: dict[int, list[int]] = defaultdict(list)
        counts = Counter(stem for entry in entries for phrase in entry.any for stem in phrase.stems())
        for rank, entry in enumerate(entries):
            self._enter(rank, entry, counts)

    def first(self, diagnosis: Diagnosis) -> tuple[Entry, Phrase | None] | None:
        """Give the first entry whose condition holds, with the phrase that stood in the text."""
        tried = -1
        for rank, phrase in self._candidates(diagnosis):
            if rank == tried or (phrase is not None and not diagnosis.says(phrase)):
                continue
            entry = self.entries[rank]
            if entry.holds(diagnosis):
                return entry, phrase
            tried = rank
        return None

    def _enter(self, rank: int, entry: Entry, counts: Counter[str]) -> None:
        for phrase in entry.any or entry.all[:1]:
            if phrase.ideographs:
                self._ideographs.append((rank, phrase))
            else:
                self._by_stem[min(phrase.stems(), key=lambda stem: counts[stem])].append((rank, phrase))
        if entry.is_worded:
            return
        for status in entry.status:
            self._by_status[status].append(rank)
        for reply_code in entry.reply_code if not entry.status else ():
            self._by_reply_code[reply_code].append(rank)

    def _candidates(self, diagnosis: Diagnosis) -> Iterator[tuple[int, Phrase | None]]:
        found: list[tuple[int, Phrase | None]] = []
        for stem in diagnosis.stems & self._by_stem.keys():
            found += self._by_stem[stem]
        if diagnosis.squeezed:
            found += self._ideographs
        if diagnosis.status:
            for key in (diagnosis.status, f"x{diagnosis.status[1:]}", diagnosis.status[0]):
                found += ((rank, None) for rank in self._by_status.get(key, ()))
        found += ((rank, None) for rank in self._by_reply_code.get(diagnosis.reply_code, ()))
        found.sort(key=_rank)
        return iter(found)


def _rank(candidate: tuple[int, Phrase | None]) -> int:
    return candidate[0]
