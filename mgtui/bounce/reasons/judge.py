"""Turns the diagnosis of one recipient into a reason and a severity."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mgtui.bounce.model import Severity
from mgtui.bounce.reasons.command import answered_command
from mgtui.bounce.reasons.entry import Diagnosis, Entry, is_temporary
from mgtui.bounce.reasons.fold import TEXT_LIMIT, fold, has_ideographs, squeeze
from mgtui.bounce.reasons.phrase import Phrase, stems_of
from mgtui.bounce.reasons.tables import Tables
from mgtui.report import Line

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
    entry answers decides, then codes, then general entries.
    """
    runs = [_read(run, status, reply_code, provider_hint) for run in _runs(text_lines) or [()]]
    for index in tables.indexes:
        for run in runs:
            if (found := index.first(run.diagnosis)) is not None:
                return _judgement(tables, run, *found, status, reply_code)
    return Judgement("undetermined", "undetermined", "", status, reply_code, None)


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines that follow each other, read as one text."""

    lines: Sequence[Line]
    diagnosis: Diagnosis


def _read(lines: Sequence[Line], status: str | None, reply_code: int | None, hint: str) -> _Run:
    text = " ".join(line.text for line in lines)[:TEXT_LIMIT]
    folded = fold(text)
    diagnosis = Diagnosis(
        folded=folded,
        stems=stems_of(folded),
        squeezed=squeeze(folded) if has_ideographs(folded) else "",
        host=fold(hint) if hint else "",
        status=status or "",
        reply_code=reply_code or 0,
        command=answered_command(folded),
    )
    return _Run(lines, diagnosis)


def _runs(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """Part lines where the mail goes on elsewhere: another field, another paragraph."""
    runs: list[list[Line]] = []
    last = None
    for line in lines[:LINES_LIMIT]:
        if last is None or not 0 <= line.number - last <= 1:
            runs.append([])
        runs[-1].append(line)
        last = line.number
    return list(runs)


def _judgement(
    tables: Tables,
    run: _Run,
    entry: Entry,
    phrase: Phrase | None,
    status: str | None,
    reply_code: int | None,
) -> Judgement:
    severity = tables.severity(entry.reason, temporary=is_temporary(run.diagnosis))
    line = None if phrase is None else _line_of(run, phrase)
    return Judgement(entry.reason, severity, entry.id, status, reply_code, line)


def _line_of(run: _Run, phrase: Phrase) -> Line:
    """Give the line on which a phrase begins, as far as its lines can be told apart."""
    for line in run.lines:
        folded = fold(line.text)
        if phrase.stands_in(folded, squeeze(folded)):
            return line
    stems = set(phrase.stems())
    return max(run.lines, key=lambda line: len(stems & stems_of(fold(line.text))))
