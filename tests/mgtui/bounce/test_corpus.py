"""What must hold over the collections of real mail beside the project; they are measured on, never copied."""

import json
import re
import time
from pathlib import Path

import pytest

from mgtui.bounce import understand
from mgtui.report import split

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the collections are not beside this checkout")


def rows(*folders):
    """Give the bytes and the expectation of every mail of these folders."""
    for folder in folders:
        for table in sorted(CORPUS.glob(f"{folder}/expected.jsonl")):
            for line in table.read_text().splitlines():
                row = json.loads(line)
                yield (table.parent / row["file"]).read_bytes(), row


def names(recipients, key):
    return {(get(recipient, key) or "").lower() for recipient in recipients}


def get(recipient, key):
    return recipient[key] if isinstance(recipient, dict) else getattr(recipient, key)


def share_of_right_recipients(damage, *folders):
    right = total = 0
    for raw, row in rows(*folders):
        if row["kind"][0] in ("bounce", "delayed"):
            said = names(understand(damage(raw)).recipients, "recipient")
            total += 1
            right += said in (
                names(row["recipients"], "recipient"),
                names(row["recipients"], "original_recipient"),
            )
    return right / total


def unix(raw):
    return raw.replace(b"\r\n", b"\n")


DAMAGES = {
    "none": lambda raw: raw,
    "CR LF": lambda raw: unix(raw).replace(b"\n", b"\r\n"),
    "CR only": lambda raw: unix(raw).replace(b"\n", b"\r"),
    "CR CR LF": lambda raw: unix(raw).replace(b"\n", b"\r\r\n"),
    "a blank line before the header": lambda raw: b" \n" + raw,
    "the null sender lost": lambda raw: re.sub(rb"(?im)^return-path:.*\n", b"", raw, count=1),
    "another boundary": lambda raw: re.sub(rb'(?i)boundary="?[^"\s;]+"?', b'boundary="x"', raw, count=1),
    "another subject": lambda raw: re.sub(
        rb"(?im)^subject:.*(?:\n[ \t].*)*\n", b"Subject: hello\n", raw, count=1
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_hides_no_recipient(damage):
    assert (
        share_of_right_recipients(DAMAGES[damage], "reports", "old-reports", "more-*", "german-made-up")
        > 0.97
    )


def test_no_ordinary_mail_is_taken_for_a_report():
    taken = [
        row["file"] for raw, row in rows("ordinary-*") if understand(raw).kind not in ("ordinary", "receipt")
    ]
    assert not taken


def test_no_ordinary_mail_from_the_null_sender_is_taken_for_a_report():
    taken = [
        row["file"]
        for raw, row in rows("ordinary-*")
        if understand(b"Return-Path: <>\n" + raw.lstrip()).kind not in ("ordinary", "receipt")
    ]
    assert not taken


def test_every_status_and_reply_stands_in_the_mail():
    for raw, row in rows("old-reports", "more-*", "german-made-up"):
        for recipient in understand(raw).recipients:
            for code in (recipient.status, recipient.reply_code and str(recipient.reply_code)):
                assert not code or code in _text(raw), row["file"]


def _text(raw):
    mail = split(raw)
    return " ".join(
        line.text for lines in (mail.notice, mail.status_lines, mail.original_lines) for line in lines
    )


def test_no_mail_takes_over_100_milliseconds():
    for raw, row in rows("*"):
        assert any(_seconds(raw) < 0.1 for _ in range(3)), row["file"]


def _seconds(raw):
    start = time.process_time()
    understand(raw)
    return time.process_time() - start


def test_the_evidence_of_a_failure_is_a_line_of_the_mail():
    for raw, row in rows("reports", "more-*", "german-made-up"):
        lines = max(raw.count(b"\n"), raw.count(b"\r")) + 1
        for recipient in understand(raw).recipients:
            assert recipient.evidence, row["file"]
            assert all(e.line is None or 1 <= e.line <= lines for e in recipient.evidence), row["file"]
