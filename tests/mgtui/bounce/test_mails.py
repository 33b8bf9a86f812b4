"""Mails of all kinds, made up in the forms that servers, services and people use.

`=== name | kinds | recipients`, then the mail. A recipient is `address reason severity` (the last two may be
missing, reasons parted by `|`), `original>final` where both are known; `-` stands for "not asked".
"""

from pathlib import Path

import pytest

from mgtui.bounce import understand

FILE = Path(__file__).with_name("mails.txt")


def mails():
    """Give each mail of the file with its kinds and what is wanted of its recipients."""
    for section in FILE.read_text("utf-8").split("=== ")[1:]:
        head, _, mail = section.partition("\n")
        name, kinds, wanted = (word.strip() for word in head.split("|", 2))
        recipients = [] if wanted == "-" else [one.split() for one in wanted.split(",")]
        yield pytest.param(mail.encode(), kinds.split("/"), recipients, id=name)


MAILS = list(mails())


@pytest.mark.parametrize(("raw", "kinds", "wanted"), MAILS)
def test_a_mail_is_what_a_person_takes_it_for(raw, kinds, wanted):
    found = understand(raw)
    assert found.kind in kinds
    if kinds == ["ordinary"]:
        assert not found.recipients
    if not wanted:
        return
    said = {(one.recipient or "").lower(): one for one in found.recipients}
    assert said.keys() == {words[0].rpartition(">")[2] for words in wanted}
    for address, *verdict in wanted:
        original, _, final = address.rpartition(">")
        one = said[final]
        assert not original or one.original_recipient == original
        reason, severity = [*verdict, "", ""][:2]
        assert not reason or one.reason in reason.split("|")
        assert not severity or one.severity == severity


@pytest.mark.parametrize("raw", [pytest.param(mail.values[0], id=mail.id) for mail in MAILS])
def test_a_mail_that_a_person_forwards_is_ordinary(raw):
    _, _, body = raw.decode().partition("\n\n")
    head = "From: bo@club.example\nTo: al@club.example\nSubject: Fwd: what is this?\n\nHi Al,\n\nlook:\n\n"
    assert understand((head + body).encode()).kind == "ordinary"
