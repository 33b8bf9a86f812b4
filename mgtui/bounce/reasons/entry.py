"""An entry of a table: a condition, and the reason it stands for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from mgtui.bounce.reasons.command import answered_command
from mgtui.bounce.reasons.fold import fold, unmarked
from mgtui.bounce.reasons.phrase import Phrase, place_of


class Diagnosis(NamedTuple):
    """What an entry's condition is held against: one run of lines, folded, and the codes."""

    text: str  #: the lines as they are written
    folded: str
    plain: str  #: the same without marks on the words of links and hosts
    squeezed: str  #: without blanks, "" where no phrase needs it
    stems: list[str]  #: beginnings of its words, in order
    hint: str  #: words about who spoke, as they are written
    status: str  #: "" for none
    reply_code: int  #: 0 for none

    def says(self, phrase: Phrase) -> bool:
        """Tell whether the lines have a phrase."""
        return place_of(phrase.parts, self.folded, self.squeezed) >= 0

    def says_one(self, phrases: Sequence[Phrase]) -> bool:
        """Tell whether the lines have one of these."""
        # A plain loop: `any` with a generator takes twice as long. Most phrases have one part.
        for phrase in phrases:
            first = phrase.parts[0]
            if first in (self.folded if first[0] == " " else self.squeezed) and self.says(phrase):
                return True
        return False

    def is_from(self, host: Phrase) -> bool:
        """Tell whether the hint about the provider or the lines name a host."""
        said = f"{unmarked(fold(self.hint))}{self.plain}"
        return place_of(host.parts, said, self.squeezed) >= 0

    @property
    def is_temporary(self) -> bool:
        """Tell whether one of the codes says that trying again may help; no code says that it won't."""
        return 400 <= self.reply_code < 500 or self.status[:1] == "4"


@dataclass(frozen=True, slots=True)
class Entry:
    """A condition whose every part must hold; `any` is looked up by the index, the rest is asked here."""

    id: str
    reason: str
    any: tuple[Phrase, ...] = ()
    all: tuple[Phrase, ...] = ()
    none: tuple[Phrase, ...] = ()
    host: tuple[Phrase, ...] = ()  #: one of them in the provider hint or the lines
    pattern: str = ""  #: regular expression over the lines as written, case aside
    status: tuple[str, ...] = ()  #: `5.1.1`, `x.1.1` for any class, `4` for the class
    reply_code: tuple[int, ...] = ()
    command: tuple[str, ...] = ()  #: connect, helo, mail, rcpt, data
    temporary: bool | None = None
    general: bool = False  #: speaks only where no other entry of any layer does

    @property
    def is_worded(self) -> bool:
        """Tell whether a phrase must stand in the text."""
        return bool(self.any or self.all)

    def holds(self, diagnosis: Diagnosis) -> bool:
        """Tell whether everything but `any` holds."""
        return (
            (not self.status or _has_status(self.status, diagnosis.status))
            and (not self.reply_code or diagnosis.reply_code in self.reply_code)
            and (self.temporary is None or self.temporary is diagnosis.is_temporary)
            and (not self.command or answered_command(diagnosis.folded) in self.command)
            and (not self.all or all(diagnosis.says(phrase) for phrase in self.all))
            and (not self.none or not diagnosis.says_one(self.none))
            and (not self.host or any(diagnosis.is_from(host) for host in self.host))
            and (not self.pattern or _compiled(self.pattern).search(diagnosis.text) is not None)
        )


def _has_status(wanted: tuple[str, ...], status: str) -> bool:
    return bool(status) and (status in wanted or f"x{status[1:]}" in wanted or status[0] in wanted)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
