"""Notices in the words of many servers, by hand: `=== name | kind | reason | status | reply`, then the mail."""

from pathlib import Path

import pytest

from mgtui.bounce import understand

FILE = Path(__file__).with_name("notices.txt")


def notices():
    """Give each notice of the file with what is to be read out of it: kind, reason, status, reply."""
    for section in FILE.read_text().split("=== ")[1:]:
        head, _, mail = section.partition("\n")
        name, *wanted = (word.strip() for word in head.split("|"))
        yield pytest.param(mail.encode(), wanted, id=name)


RAWS = [pytest.param(notice.values[0], id=notice.id) for notice in notices()]


@pytest.mark.parametrize(("raw", "wanted"), list(notices()))
def test_a_notice_is_understood_in_its_own_words(raw, wanted):
    found = understand(raw)
    (recipient,) = found.recipients
    assert recipient.recipient == "jo@away.example"
    codes = [recipient.status or "-", str(recipient.reply_code or "-")]
    assert [found.kind, recipient.reason, *codes] == wanted


@pytest.mark.parametrize("raw", RAWS)
def test_the_evidence_of_a_notice_stands_in_the_mail(raw):
    lines = raw.decode().split("\n")
    for recipient in understand(raw).recipients:
        for evidence in recipient.evidence:
            assert evidence.line is not None
            assert evidence.text in lines[evidence.line - 1]


@pytest.mark.parametrize("prefix", ["> ", "| "])
@pytest.mark.parametrize("raw", RAWS)
def test_a_notice_that_a_person_quotes_is_none(raw, prefix):
    _, _, body = raw.decode().partition("\n\n")
    quoted = "From: bo@club.example\nSubject: Fwd: your mail\n\nHi,\nlook at this:\n\n"
    quoted += "".join(f"{prefix}{line}\n" for line in body.split("\n"))
    assert understand(quoted.encode()).kind == "ordinary"
