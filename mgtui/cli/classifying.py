"""The work behind `mgtui classify`: one mail in, one answer out, on as many cores as there are."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mgtui.bounce import Classification, RecipientVerdict, understand

if TYPE_CHECKING:
    from concurrent.futures import Future

#: Fewer files than this are read faster by one process than others can be started.
_WORTH_PROCESSES = 200
_CHUNK = 50
#: Bytes of a mail that are read at most; what comes later changes no answer.
_MOST_BYTES = 64 * 1024 * 1024

Answer = tuple[bool, str]  #: could it not be read, and the text to print


def answers(files: Sequence[str], mode: str, site: str = "") -> Iterator[Answer]:
    """Give the answer for each file, in order; standard input (`-`) is read by this process."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(files) < _WORTH_PROCESSES or cores < 2 or "-" in files:
        for path in files:
            yield _answer(path, mode, site)
        return
    yield from _on_all_cores(files, mode, site, cores)


def _on_all_cores(files: Sequence[str], mode: str, site: str, cores: int) -> Iterator[Answer]:
    """Hand out chunks, a few for each core at a time, so that no more than those wait in memory."""
    import multiprocessing
    from collections import deque
    from concurrent.futures import ProcessPoolExecutor

    waiting: deque[Future[list[Answer]]] = deque()
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(cores, mp_context=context) as pool:
        for at in range(0, len(files), _CHUNK):
            if len(waiting) >= cores * 3:
                yield from waiting.popleft().result()
            waiting.append(pool.submit(_answer_all, files[at : at + _CHUNK], mode, site))
        while waiting:
            yield from waiting.popleft().result()


def _answer_all(files: Sequence[str], mode: str, site: str) -> list[Answer]:
    return [_answer(path, mode, site) for path in files]


def _answer(path: str, mode: str, site: str) -> Answer:
    try:
        raw = _read(path)
    except OSError as error:
        return True, clean(f"{path}: {error.strerror}")
    if mode == "explain":
        return False, explained(path, raw, site)
    found = understand(raw, site)
    return False, as_json(path, found) if mode == "json" else as_text(path, found)


def _read(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read(_MOST_BYTES)
    with Path(path).open("rb") as file:
        return file.read(_MOST_BYTES)


def as_json(path: str, found: Classification) -> str:
    """Write the answer as one line of JSON."""
    record = {
        "file": path,
        "kind": found.kind,
        "recipients": [_record(recipient) for recipient in found.recipients],
        "subject": found.headers.subject,
        "original_message_id": found.original.message_id if found.original else None,
        "new_address": found.new_address,
        "returns_on": found.returns_on,
        "findings": list(found.findings),
    }
    return json.dumps(record) + "\n"


def _record(verdict: RecipientVerdict) -> dict[str, object]:
    return {
        "recipient": verdict.recipient,
        "original_recipient": verdict.original_recipient,
        "status": verdict.status,
        "reply_code": verdict.reply_code,
        "severity": verdict.severity,
        "reason": verdict.reason,
        "diagnostic": verdict.diagnostic,
        "remote_mta": verdict.remote_mta,
        "evidence": [
            {"reader": e.reader, "entry": e.entry, "line": e.line, "text": e.text} for e in verdict.evidence
        ],
    }


def as_text(path: str, found: Classification) -> str:
    """Write the answer for people: a line for the mail, two for each recipient."""
    lines = [f"{clean(path)}: {found.kind.replace('_', ' ')}"]
    for verdict in found.recipients:
        codes = " ".join(str(code) for code in (verdict.reply_code, verdict.status) if code)
        words = [verdict.severity, verdict.reason.replace("_", " ")] if verdict.reason else []
        lines.append(
            "  " + clean(", ".join(filter(None, [verdict.recipient or "(no address)", *words, codes])))
        )
        lines += [_cited(e.line, e.text) for e in verdict.evidence[:1] if e.line]
    if not found.recipients:
        lines += [_cited(e.line, e.text) for e in found.evidence[:1] if e.line]
    if found.new_address:
        lines.append(f"  new address: {clean(found.new_address)}")
    if found.returns_on:
        lines.append(f"  returns on {found.returns_on}")
    lines += [f"  note: {clean(finding)}" for finding in found.findings]
    return "\n".join(lines) + "\n"


def _cited(line: int | None, text: str) -> str:
    return f"    line {line}: {clean(text)}"


def explained(path: str, raw: bytes, site: str = "") -> str:
    """Write who looked at the mail, what each said, and the answer."""
    from mgtui.report import opinions

    lines = []
    winner = ""
    for opinion in opinions(raw):
        said = opinion.said
        if said is None:
            lines.append(f"  {opinion.reader}: not mine")
            continue
        place = "wins: the first to answer" if not winner else f"comes after {winner}"
        winner = winner or opinion.reader
        lines.append(f"  {opinion.reader}: {said.kind_hint}, {place}")
        for recipient in said.recipients[:20]:
            codes = " ".join(str(c) for c in (recipient.reply_code, recipient.status) if c)
            name = recipient.final_recipient or "(no address)"
            lines.append(f"    {clean(name)} {codes} {clean(recipient.diagnostic_code[:160])}".rstrip())
    found = understand(raw, site)
    for verdict in found.recipients:
        for evidence in verdict.evidence[:1]:
            why = f"table entry {evidence.entry}" if evidence.entry else "no table entry"
            lines.append(f"  {clean(verdict.recipient or '(no address)')}: {verdict.reason or '-'} by {why}")
    return as_text(path, found) + "\n".join(lines) + "\n"


def clean(text: str) -> str:
    """Show text of a mail on one line, with nothing in it that steers a terminal."""
    if text.isprintable():
        return text[:500]
    return "".join(
        char if char.isprintable() else " " if char in "\t\r\n" else "\ufffd" for char in text[:500]
    )
