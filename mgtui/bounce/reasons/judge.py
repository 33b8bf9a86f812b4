"""Turns the diagnosis of one recipient into a reason and a severity."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mgtui.bounce.model import Severity
from mgtui.bounce.reasons.command import answered_command
from mgtui.bounce.reasons.entry import Diagnosis, is_temporary
from mgtui.bounce.reasons.fold import TEXT_LIMIT, fold, has_ideographs, squeeze
from mgtui.bounce.reasons.phrase import Phrase, stems_of
from mgtui.bounce.reasons.tables import Tables
from mgtui.report import Line
from mgtui.report.codes import find_reply_code, find_status

#: Lines of a diagnosis that are looked at; the rest is no server's reply.
LINES_LIMIT: Final = 200


@dataclass(frozen=True, slots=True)
class Judgement:
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
) -> Judgement:
    """Judge the diagnosis lines of one recipient, the most specific first.

    Lines that follow each other in the mail are read as one text; the first such text to which a specific
    entry answers decides, then codes, then general entries. A code in the text counts more than one given:
    the reply of the far side says more than the field that a relay made of it.
    """
    runs = _runs(text_lines)
    texts = [" ".join(line.text.strip() for line in run)[:TEXT_LIMIT] for run in runs]
    bare = [text.replace("'", " ") for text in texts]  # IronPort: 550-'5.7.1 Access denied'
    status = _status(bare, status)
    reply_code = _reply_code(bare, reply_code)
    read = [_read(text, status, reply_code, provider_hint) for text in texts or [""]]
    for index in tables.indexes:
        for number, diagnosis in enumerate(read):
            if (found := index.first(diagnosis)) is not None:
                entry, phrase = found
                severity = tables.severity(entry.reason, temporary=is_temporary(diagnosis))
                line = None if phrase is None else _line_of(runs[number], phrase)
                return Judgement(entry.reason, severity, entry.id, status, reply_code, line)
    return Judgement("undetermined", "undetermined", "", status, reply_code, None)


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Part lines where the mail goes on elsewhere: another field, another paragraph."""
    runs: list[list[Line]] = []
    last = None
    for line in lines[:LINES_LIMIT]:
        if last is None or not 0 <= line.number - last <= 1:
            runs.append([])
        runs[-1].append(line)
        last = line.number
    return runs


def _read(text: str, status: str | None, reply_code: int | None, hint: str) -> Diagnosis:
    folded = fold(text)
    return Diagnosis(
        text=text,
        folded=folded,
        stems=stems_of(folded),
        squeezed=squeeze(folded) if has_ideographs(folded) else "",
        host=fold(hint) if hint else "",
        status=status or "",
        reply_code=reply_code or 0,
        command=answered_command(folded),
    )


def _status(texts: Sequence[str], given: str | None) -> str | None:
    """Choose the code that says most: the first text's, the given one, another text's."""
    first = find_status(texts[0]) if texts else None
    for code in (first, given):
        if code and not code.endswith(".0.0"):
            return code
    rest = (find_status(text) for text in texts[1:])
    return next((code for code in rest if code and not code.endswith(".0.0")), first or given)


def _reply_code(texts: Sequence[str], given: int | None) -> int | None:
    if given is not None:
        return given
    found = (find_reply_code(text) for text in texts)
    return next((code for code in found if code is not None and code >= 400), None)


def _line_of(run: Sequence[Line], phrase: Phrase) -> Line:
    """Give the line on which a phrase begins, as far as its lines can be told apart."""
    for line in run:
        folded = fold(line.text)
        if phrase.stands_in(folded, squeeze(folded)):
            return line
    stems = set(phrase.stems())
    return max(run, key=lambda line: len(stems & stems_of(fold(line.text))))
