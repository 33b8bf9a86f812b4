"""Reports of servers from Sendmail 5 to Exchange Online, whole and by hand, half of them only measured on.

`=== name | kinds | recipients | facts`, then the mail. A recipient is `address reason severity status reply`, from the
left as far as is asked; `original>final` where both are known, `a/b` where either is right, `-` for "not asked" (of
codes: none). `{copy anna@host}` stands for a returned mail to that address. Facts are those of `test_whole`.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mgtui.bounce import understand
from tests.mgtui.bounce.test_whole import dressed

COPY = """Received: from office.club.example (office.club.example [192.0.2.4])
\tby mx.club.example; Mon, 2 Mar 2026 09:12:40 +0100
Return-Path: <news@club.example>
Message-ID: <77@club.example>
Date: Mon, 2 Mar 2026 09:12:40 +0100
From: Club News <news@club.example>
Reply-To: info@club.example
To: {to}
Subject: March news
MIME-Version: 1.0
Content-Type: text/plain; charset=us-ascii

Dear members,

write to office@club.example or call us if you cannot come.
"""


def mails(name: str) -> Iterator[tuple[str, list[str], list[list[str]], bytes]]:
    """Give each mail of a file: its name, the kinds that are right, what is asked of its recipients, the raw mail."""
    text = Path(__file__).with_name(name).read_text("utf-8")
    for section in ("\n" + text).split("\n=== ")[1:]:
        head, _, mail = section.partition("\n")
        title, kinds, wanted, facts = (word.strip() for word in head.split("|"))
        told = dict(fact.split("=", 1) for fact in facts.split())
        recipients = [one.split() for one in wanted.split(",") if one.strip() not in ("", "-")]
        mail = re.sub(
            r"^\{copy (.*)\}$", lambda found: COPY.replace("{to}", found[1]), mail, flags=re.MULTILINE
        )
        if "Return-Path:" not in mail.partition("\n\n")[0]:
            mail = f"Return-Path: <>\n{mail}"
        yield title, kinds.split("/"), recipients, dressed(mail, told.get("as", "8bit/utf-8"))


def misses(kinds: list[str], wanted: list[list[str]], raw: bytes) -> list[str]:
    """Tell what a mail is misunderstood in."""
    found = understand(raw)
    wrong = [] if found.kind in kinds else [f"kind {found.kind}"]
    if wanted and len(found.recipients) != len(wanted):
        wrong.append(f"recipients {[one.recipient for one in found.recipients]}")
    named = {a.lower(): one for one in found.recipients for a in (one.recipient, one.original_recipient) if a}
    for address, *asked in wanted:
        original, _, final = address.lower().rpartition(">")
        one = named.get(final)
        if one is None:
            wrong.append(f"{address} missing")
            continue
        if original and (one.original_recipient or "").lower() != original:
            wrong.append(f"original {one.original_recipient}")
        said = (one.reason, one.severity, one.status or "-", str(one.reply_code or "-"))
        for place, (right, told) in enumerate(zip(asked, said, strict=False)):
            if not (place < 2 and right == "-") and told not in right.split("/"):
                wrong.append(f"{told} for {right}")
    return wrong


@pytest.mark.parametrize(
    ("kinds", "wanted", "raw"), [pytest.param(*mail[1:], id=mail[0]) for mail in mails("servers.txt")]
)
def test_a_report_is_understood(kinds: list[str], wanted: list[list[str]], raw: bytes) -> None:
    assert misses(kinds, wanted, raw) == []


def test_reports_that_nobody_looked_at_when_mending_are_understood_nearly_as_well() -> None:
    """Measures the readers on mails that none of them was made for; a miss here is not to be mended."""
    found = [misses(kinds, wanted, raw) for _, kinds, wanted, raw in mails("servers_unseen.txt")]
    assert len(found) > 150
    assert sum(not wrong for wrong in found) / len(found) > UNDERSTOOD
    assert not [wrong for wrong in found if any(word.startswith("hard for") for word in wrong)]


#: Of them all; labels are as they were written at first sight, right or not.
UNDERSTOOD = 0.88
