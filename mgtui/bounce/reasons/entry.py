"""An entry of a table: a condition, and the reason it stands for."""

import re
from dataclasses import dataclass
from functools import cache

from mgtui.bounce.reasons.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What an entry's condition is held against: one run of lines, folded, and the codes."""

    text: str  #: the lines as they are written
    folded: str
    stems: frozenset[str]  #: beginnings of its words
    squeezed: str  #: without blanks, "" where no phrase needs it
    host: str  #: folded words about who spoke
    status: str  #: "" for none
    reply_code: int  #: 0 for none
    command: str  #: SMTP command that was answered, "" where the text doesn't say

    def says(self, phrase: Phrase) -> bool:
        """Tell whether the lines have a phrase."""
        return phrase.stands_in(self.folded, self.squeezed)


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
            and (not self.command or diagnosis.command in self.command)
            and (self.temporary is None or self.temporary is is_temporary(diagnosis))
            and all(diagnosis.says(phrase) for phrase in self.all)
            and not any(diagnosis.says(phrase) for phrase in self.none)
            and (not self.host or _is_from(self.host, diagnosis))
            and (not self.pattern or _compiled(self.pattern).search(diagnosis.text) is not None)
        )


def is_temporary(diagnosis: Diagnosis) -> bool:
    """Tell whether the codes say that trying again may help; no code says that it won't."""
    if diagnosis.status:
        return diagnosis.status.startswith("4")
    return 400 <= diagnosis.reply_code < 500


def _has_status(wanted: tuple[str, ...], status: str) -> bool:
    return bool(status) and (status in wanted or f"x{status[1:]}" in wanted or status[0] in wanted)


def _is_from(hosts: tuple[Phrase, ...], diagnosis: Diagnosis) -> bool:
    return any(host.place(diagnosis.host) >= 0 or diagnosis.says(host) for host in hosts)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
