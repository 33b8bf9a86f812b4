"""Small print under a report names nobody, and its words leave real reports alone."""

import pytest

from mgtui.bounce import understand
from mgtui.report import Line
from mgtui.report.small_print import without_small_print

HEAD = "Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@gate.example>\nSubject: Undeliverable mail\n\n"
ENGLISH = (
    "This e-mail may contain confidential information. If you are not the intended recipient,\n"
    "notify privacy@corp.example at once and delete it.\n"
)
GERMAN = (
    "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind,\n"
    "schreiben Sie bitte an datenschutz@corp.example und löschen Sie die Mail.\n"
)


@pytest.mark.parametrize("print_", [ENGLISH, GERMAN])
@pytest.mark.parametrize(
    "notice", ["Delivery to jo@away.example failed: user unknown.\n", "Delivery failed.\n"]
)
def test_the_address_in_it_is_no_recipient(print_, notice):
    said = understand(f"{HEAD}{notice}\n{print_}".encode())
    assert said.kind == "bounce"
    assert [one.recipient for one in said.recipients] == (["jo@away.example"] if "jo@" in notice else [])


def test_a_notice_that_speaks_of_the_intended_recipient_is_read():
    said = understand(f"{HEAD}The intended recipient jo@away.example is unknown.\n".encode())
    assert [(one.recipient, one.severity) for one in said.recipients] == [("jo@away.example", "hard")]


def test_it_ends_with_its_paragraph():
    texts = ["Failed:", "", "This is confidential.", "Write to a@b.example", "", "jo@away.example"]
    kept = without_small_print([Line(number, text) for number, text in enumerate(texts, start=1)])
    assert [line.text for line in kept] == ["Failed:", "", "", "jo@away.example"]
