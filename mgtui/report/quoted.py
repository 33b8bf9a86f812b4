"""The header of a returned mail where it stands quoted, indented or in cells among the words of a report.

It is looked for last, when a mail is known to be a report: people quote headers, too.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from mgtui.report.model import Line

_MAX_LINES: Final = 600
_MAX_FIELDS: Final = 100
#: Quotation marks, each with the one blank that belongs to it.
_MARKS: Final = re.compile(r"[ \t]{0,4}(?:[>|] ?){1,8}")
_INDENT: Final = re.compile(r"[ \t]{1,40}")
#: Fields with which the header of a mail begins, or by which it is known.
_FIELD: Final = re.compile(
    r"(?:received|return-path|from|to|cc|subject|date|message-id|reply-to|sender|mime-version|list-[a-z-]{2,20}"
    r"|dkim-signature|content-[a-z-]{4,25}|x-[a-z0-9-]{2,60})[ \t]{0,4}:",
    re.I,
)
_BEGIN: Final = re.compile(rf"[ \t>|]{{0,60}}{_FIELD.pattern}", re.I)
_ANY_FIELD: Final = re.compile(r"[a-z][a-z0-9-]{1,60}[ \t]{0,4}:", re.I)
_ID: Final = re.compile(r"message-id[ \t]{0,4}:[ \t]{0,20}<?[^\s<>@]{1,256}@[^\s<>]{1,256}", re.I)
_LABEL: Final = re.compile(r"[a-z][a-z0-9-]{1,60}[ \t]{0,4}:[ \t]{0,20}", re.I)


def quoted_header(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Find the header of a mail within a text, freed from what was put before its lines; () where there is none."""
    head = lines[:_MAX_LINES]
    first = next((n for n, line in enumerate(head) if ":" in line.text and _BEGIN.match(line.text)), None)
    if first is None:
        return ()
    # The line above tells an indent from a folded line.
    bare = list(_bare(head[max(first - 1, 0) :]))
    at = 0
    while at < len(bare):
        if _FIELD.match(bare[at].text):
            found = _run(bare, at)
            if _is_header(found):
                return tuple(found)
            at += max(len(found), 1)
        else:
            at += 1
    return ()


def _bare(lines: Sequence[Line]) -> Iterator[Line]:
    """Take off the quotation marks, or the indent that the line above has, too."""
    indent = ""
    follows_text = False
    for line in lines:
        text = line.text
        if marks := _MARKS.match(text):
            text = text[marks.end() :]
        elif indented := _INDENT.match(text):
            if not follows_text and not (indent and text.startswith(indent)):
                indent = indented[0]
            text = text.removeprefix(indent)
        else:
            indent = "" if text else indent
        follows_text = bool(text) and not indent
        yield Line(line.number, text)


def _run(lines: Sequence[Line], start: int) -> list[Line]:
    """Give the fields from here on. QUIRK: HTML leaves a blank line between two, and a value below its name."""
    found: list[Line] = []
    blanks = 0
    is_spaced = False
    for at in range(start, min(start + 3 * _MAX_FIELDS, len(lines))):
        line = lines[at]
        text = line.text
        if not text.strip():
            blanks += 1
            is_spaced = is_spaced or len(found) == 1
            if not is_spaced or blanks > 1:
                break
            continue
        blanks = 0
        if _ANY_FIELD.match(text) or text[:1] in " \t":
            found.append(line)
        elif found and _LABEL.fullmatch(found[-1].text):
            found[-1] = Line(found[-1].number, f"{found[-1].text.strip()} {text}")
        elif found and at + 1 < len(lines) and _FIELD.match(lines[at + 1].text):
            found.append(Line(line.number, f" {text}"))  # a folded line that lost its blank with the marks
        else:
            break
    return found[:_MAX_FIELDS]


def _is_header(lines: Sequence[Line]) -> bool:
    """Tell a header from a list of fields: it has an identity, or says from whom the mail was and about what."""
    if any(_ID.match(line.text) for line in lines):
        return len(lines) > 1
    names = {line.text.partition(":")[0].strip().lower() for line in lines}
    return {"from", "subject"} <= names and not names.isdisjoint(("to", "date"))
