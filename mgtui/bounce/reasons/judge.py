"""Turns the diagnosis of one recipient into a reason and a severity."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from mgtui.bounce.model import Severity
from mgtui.bounce.reasons.entry import Diagnosis
from mgtui.bounce.reasons.fold import TEXT_LIMIT, fold, has_ideographs, squeeze, unmarked
from mgtui.bounce.reasons.index import Found, Index
from mgtui.bounce.reasons.phrase import Phrase, stems_of
from mgtui.bounce.reasons.tables import Tables
from mgtui.bounce.reasons.vocabulary import LASTING
from mgtui.report import Line
from mgtui.report.codes import find_reply_code, find_status

#: Lines of a diagnosis that are looked at; the rest is no server's reply.
LINES_LIMIT: Final = 200

#: What most diagnoses begin with: `smtp; 550 5.1.1`, `550-5.1.1`.
_BEGINNING: Final = re.compile(
    r"(?:smtp[;:] ?)?([245]\d\d)[ -]([245]\.\d{1,3}\.[1-9]\d{0,2})(?=\s)", re.IGNORECASE
)
#: What a reply quotes of the mail: `mail with subject "User unknown" refused`.
_QUOTED: Final = re.compile(
    r"\b(?:subject|attachment|contents?)(?: line| name)?:?"
    r"(?: of| was| is| contains| matches)? ?[\"'(<“«]{1,2}[^\"')>”»]{1,200}[\"')>”»]",
    re.IGNORECASE,
)
#: A line of an SMTP dialogue that a program wrote down: a server's assent, or a command before the recipient's.
_ACCEPTED: Final = re.compile(
    r"(?:<--|-->|<<<|>>>)[ \t]{0,4}(?:[23]\d\d[ -]|(?:EHLO|HELO|STARTTLS|AUTH|MAIL FROM)\b)", re.IGNORECASE
)
_MAYBE_STATUS: Final = re.compile(r"[245]\.\d\.\d")
_MAYBE_REPLY: Final = re.compile(r"[45]\d\d")


class Judgement(NamedTuple):
    """What the tables say of one recipient."""

    reason: str
    severity: Severity
    entry: str  #: id of the table entry that spoke, "" for none
    status: str | None  #: RFC 3463, as given or as written in the text
    reply_code: int | None  #: RFC 5321, likewise
    line: Line | None  #: the line that the entry's phrase stood on, None where a code spoke


def judge(
    tables: Tables,
    *,
    text_lines: Sequence[Line],
    status: str | None,
    reply_code: int | None,
    provider_hint: str = "",
    gave_up: bool = False,
) -> Judgement:
    """Judge the diagnosis lines of one recipient, the most specific first.

    Lines that follow each other in the mail are read as one text; the first such text to which a specific
    entry answers decides, then codes, then general entries. A code in the text counts more than one given:
    the reply of the far side says more than the field that a relay made of it. Where the sender `gave_up`, a server
    has said for days that there is no such address, and its 4xx holds no promise any more.
    """
    runs = _runs(text_lines)
    texts = [_text_of(run) for run in runs] or [""]
    status, reply_code = _codes(texts, status, reply_code)
    read = [_read(text, status, reply_code, provider_hint) for text in texts]
    for index in tables.indexes:
        if (decided := _decide(index, read)) is not None:
            number, (rank, entry, phrase) = decided
            temporary = read[number].is_temporary and not (gave_up and entry.reason in LASTING)
            severity = tables.severity(entry.reason, temporary=temporary)
            line = None if phrase is None else _line_of(runs[number], phrase, named=rank < index.named)
            return Judgement(entry.reason, severity, entry.id, status, reply_code, line)
    return Judgement("undetermined", "undetermined", "", status, reply_code, None)


def _decide(index: Index, read: Sequence[Diagnosis]) -> tuple[int, Found] | None:
    """Give the number of the text that decides, and its entry: the nearest text for a specific entry.

    Of general ones the first in the tables speaks, wherever it stands: what is boilerplate stands last there.
    """
    best: tuple[int, Found] | None = None
    for number, diagnosis in enumerate(read):
        found = index.first(diagnosis)
        if found is not None and not found.entry.general:
            return number, found
        if found is not None and (best is None or found.rank < best[1].rank):
            best = number, found
    return best


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Part lines where the mail goes on elsewhere: another field, another paragraph."""
    runs: list[list[Line]] = []
    last = -2
    for line in lines[:LINES_LIMIT]:
        if not 0 <= line.number - last <= 1:
            runs.append([])
        runs[-1].append(line)
        last = line.number
    return runs


def _text_of(run: Sequence[Line]) -> str:
    """Join lines; of a dialogue only what wasn't accepted: `250 sender ok` says nothing of `550 User unknown`."""
    text = " ".join([line.text.strip() for line in run])[:TEXT_LIMIT]
    if "<-- " in text or "<<< " in text or ">>> " in text:
        refused = [line.text.strip() for line in run if not _ACCEPTED.search(line.text)]
        text = " ".join(refused)[:TEXT_LIMIT] or text
    return text


def _read(text: str, status: str | None, reply_code: int | None, hint: str) -> Diagnosis:
    quotes = "ubject" in text or "ttachment" in text or "ontents" in text
    folded = fold(_QUOTED.sub(_unquoted, text) if quotes else text)
    plain = unmarked(folded)
    squeezed = squeeze(plain) if has_ideographs(plain) else ""
    return Diagnosis(text, folded, plain, squeezed, stems_of(plain), hint, status or "", reply_code or 0)


def _unquoted(match: re.Match[str]) -> str:
    return f" {match[0].split()[0].rstrip(':')} "


def _codes(texts: Sequence[str], status: str | None, reply_code: int | None) -> tuple[str | None, int | None]:
    if (match := _BEGINNING.match(texts[0])) is not None and match[1][0] == match[2][0]:
        return match[2], int(match[1])
    texts = [text.replace("'", " ") for text in texts]  # IronPort: 550-'5.7.1 Access denied'
    return _status(texts, status), _reply_code(texts) if reply_code is None else reply_code


def _status(texts: Sequence[str], given: str | None) -> str | None:
    """Choose the code that says most: the first text's, the given one, another text's."""
    first = _status_in(texts[0])
    for code in (first, given):
        if code and not code.endswith(".0.0"):
            return code
    rest = (_status_in(text) for text in texts[1:])
    return next((code for code in rest if code and not code.endswith(".0.0")), first or given)


def _status_in(text: str) -> str | None:
    """Look for a code where there may be one; most texts without one are told by a glance."""
    return find_status(text) if _MAYBE_STATUS.search(text) else None


def _reply_code(texts: Sequence[str]) -> int | None:
    found = (find_reply_code(text) for text in texts if _MAYBE_REPLY.search(text))
    return next((code for code in found if code is not None and code >= 400), None)


def _line_of(run: Sequence[Line], phrase: Phrase, *, named: bool) -> Line:
    """Give the line on which a phrase begins, as far as its lines can be told apart; it may be the word of a name."""
    if len(run) == 1:
        return run[0]
    first = phrase.parts[0].split()[0]
    # A glance tells of most lines that the phrase doesn't begin there.
    likely = [line for line in run if first in line.text.lower() or not line.text.isascii()]
    if len(likely) == 1:
        return likely[0]
    for line in likely:
        folded = unmarked(fold(line.text)) if named else fold(line.text)
        if phrase.place(folded, squeeze(folded)) >= 0:
            return line
    stems = {stem for key in phrase.needs() for stem in key}
    return max(run, key=lambda line: len(stems.intersection(stems_of(unmarked(fold(line.text))))))
