"""The dialects on mails that others collected: reports without fields, and mails that are no reports."""

import json
from pathlib import Path
from typing import Any

import pytest

from mgtui.report.splitter import split
from tests.mgtui.report.dialects.mails import read

CORPUS = Path(__file__).parents[5] / "shared" / "corpus"
#: Of the bounces without machine-readable fields, the share whose recipients the dialects alone have to find.
SHARES = {"reports": 0.97, "old-reports": 0.96, "more-bounce_email": 0.99, "german-made-up": 0.99}

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the collected mails are not on this machine")


def rows(folder: str) -> list[dict[str, Any]]:
    text = (CORPUS / folder / "expected.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def is_found(row: dict[str, Any], raw: bytes) -> bool:
    said = read(split(raw))
    found = said.recipients if said else ()
    names = {name.lower() for one in found for name in (one.final_recipient, one.original_recipient) if name}
    wanted = [
        {str(name).lower() for name in (one["recipient"], one["original_recipient"]) if name}
        for one in row["recipients"]
    ]
    return len(found) == len(wanted) and all(names & alternatives for alternatives in wanted)


@pytest.mark.parametrize("folder", SHARES)
def test_recipients_of_prose_reports_are_found(folder: str) -> None:
    missed: list[str] = []
    judged = 0
    for row in rows(folder):
        raw = (CORPUS / folder / row["file"]).read_bytes()
        if row["kind"][0] not in ("bounce", "delayed") or b"final-recipient" in raw.lower():
            continue
        judged += 1
        if not is_found(row, raw):
            missed.append(row["file"])
    assert judged
    assert 1 - len(missed) / judged >= SHARES[folder], missed


def test_no_ordinary_mail_is_taken_for_a_report() -> None:
    taken: list[str] = []
    for folder in sorted(CORPUS.glob("ordinary-*")):
        for path in sorted(folder.iterdir()):
            if path.suffix != ".jsonl" and read(split(path.read_bytes())) is not None:
                taken.append(f"{folder.name}/{path.name}")
    assert taken == []
