"""The measurement of servers that nobody wrote for counts mails, and leaves out what was made for them."""

import json
import os
import subprocess
import sys

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


def told(*command):
    """Run Python on plain readers, since of compiled ones none can be left out; gives the lines that it printed."""
    plain = {**os.environ, "MGTUI_PLAIN": "1"}
    done = subprocess.run([sys.executable, *command], env=plain, check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


def test_each_group_and_all_are_counted(tmp_path):
    rows = []
    for number, hard in ((1, True), (2, False)):
        tmp_path.joinpath(f"lhost-qmail-{number}.eml").write_text(QMAIL)
        jo = {"recipient": "jo@away.example", "original_recipient": None, "reason": None, "hard": hard}
        rows.append({"file": f"lhost-qmail-{number}.eml", "kind": ["bounce"], "recipients": [jo]})
    tmp_path.joinpath("expected.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    lines = [line.split() for line in told("-m", "tests.mgtui.bounce.leaving_out", str(tmp_path))]
    assert lines == [[name, "1", "of", "2", "50.0", "%"] for name in ("qmail", "all")]


def test_a_reader_that_is_left_out_says_nothing():
    program = """
from mgtui.bounce import understand
from tests.mgtui.bounce.leaving_out import readers_without
from tests.mgtui.bounce.test_leaving_out import QMAIL

def reader():
    return understand(QMAIL.encode()).recipients[0].evidence[0].reader

print(reader())
with readers_without({"qmail"}):
    print(reader())
print(reader())
"""
    before, within, after = told("-c", program)
    assert before == after == "qmail" != within


def test_without_mails_it_says_so(tmp_path):
    (line,) = told("-m", "tests.mgtui.bounce.leaving_out", str(tmp_path))
    assert line.startswith("skipped")
