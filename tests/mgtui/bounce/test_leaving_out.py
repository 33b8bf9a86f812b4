"""The measurement of servers that nobody wrote for counts mails, and leaves out what was made for them."""

import json

import pytest

from mgtui.bounce import understand
from mgtui.report import read
from tests.mgtui.bounce.leaving_out import main, readers_without

QMAIL = """From: MAILER-DAEMON@office.example
To: shop@club.example
Subject: failure notice
Return-Path: <>

Hi. This is the qmail-send program at office.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<jo@away.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.
"""

pytestmark = pytest.mark.skipif(not str(read.__file__).endswith(".py"), reason="the readers are compiled")


def test_each_group_and_all_are_counted(tmp_path, capsys):
    rows = []
    for number, hard in ((1, True), (2, False)):
        tmp_path.joinpath(f"lhost-qmail-{number}.eml").write_text(QMAIL)
        jo = {"recipient": "jo@away.example", "original_recipient": None, "reason": None, "hard": hard}
        rows.append({"file": f"lhost-qmail-{number}.eml", "kind": ["bounce"], "recipients": [jo]})
    tmp_path.joinpath("expected.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert main([str(tmp_path)]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines == [[name, "1", "of", "2", "50.0", "%"] for name in ("qmail", "all")]


def test_a_reader_that_is_left_out_says_nothing():
    assert understand(QMAIL.encode()).recipients[0].evidence[0].reader == "qmail"
    with readers_without({"qmail"}):
        assert understand(QMAIL.encode()).recipients[0].evidence[0].reader != "qmail"
    assert understand(QMAIL.encode()).recipients[0].evidence[0].reader == "qmail"


def test_without_mails_it_says_so(tmp_path, capsys):
    assert main([str(tmp_path)]) == 0
    assert "skipped" in capsys.readouterr().out
