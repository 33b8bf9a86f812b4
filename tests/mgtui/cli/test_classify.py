"""`mgtui classify` answers for files, folders and standard input."""

import json
import os
import subprocess
import sys

import pytest

BOUNCE = b"""Return-Path: <>
From: MAILER-DAEMON@mx.office.example
Subject: failure notice
X-Failed-Recipients: jo@away.example

<jo@away.example>:
550 5.1.1 User unknown \x1b[31m
"""


def mgtui(*arguments, data=b""):
    return subprocess.run(
        [sys.executable, "-m", "mgtui", "classify", *map(str, arguments)],
        input=data,
        capture_output=True,
        check=False,
    )


@pytest.fixture
def bounce(tmp_path):
    path = tmp_path / "bounce.eml"
    path.write_bytes(BOUNCE)
    return path


def test_a_file_is_answered_as_one_line_of_json(bounce):
    run = mgtui("--json", bounce)
    record = json.loads(run.stdout)
    assert (run.returncode, record["file"], record["kind"]) == (0, str(bounce), "bounce")
    (recipient,) = record["recipients"]
    assert (recipient["recipient"], recipient["status"], recipient["reply_code"]) == (
        "jo@away.example",
        "5.1.1",
        550,
    )
    assert (recipient["severity"], recipient["reason"]) == ("hard", "user_unknown")
    assert recipient["evidence"][0]["line"] == 7


def test_people_see_the_line_it_rests_on_and_no_control_characters(bounce):
    run = mgtui(bounce)
    assert b"hard, user unknown, 550 5.1.1" in run.stdout
    assert b"line 7: 550 5.1.1" in run.stdout
    assert b"\x1b" not in run.stdout


def test_explain_names_every_reader_and_the_winner(bounce):
    text = mgtui("--explain", bounce).stdout.decode()
    assert "rfc3464: not mine" in text
    assert "wins" in text
    assert "by table entry" in text


def test_standard_input_is_read_for_a_dash():
    assert json.loads(mgtui("--json", "-", data=BOUNCE).stdout)["kind"] == "bounce"


def test_a_missing_file_is_one_line_and_exit_code_1_and_the_rest_is_answered(bounce, tmp_path):
    run = mgtui("--json", tmp_path / "gone.eml", bounce)
    assert run.returncode == 1
    assert run.stderr.decode().splitlines() == [f"mgtui: {tmp_path / 'gone.eml'}: no such file or folder"]
    assert json.loads(run.stdout)["kind"] == "bounce"


def test_no_path_at_all_is_wrong_usage():
    assert mgtui().returncode == 2


def test_a_folder_is_gone_through_on_all_cores_in_order(tmp_path):
    names = [tmp_path / f"{number:04}" / "mail.eml" for number in range(450)]
    for number, path in enumerate(names):
        path.parent.mkdir()
        path.write_bytes(BOUNCE.replace(b"jo@", b"jo%d@" % number))
    run = mgtui("--json", tmp_path)
    records = [json.loads(line) for line in run.stdout.splitlines()]
    assert [record["file"] for record in records] == [str(name) for name in names]
    assert [r["recipients"][0]["recipient"] for r in records] == [f"jo{n}@away.example" for n in range(450)]


def test_starting_takes_less_than_250_milliseconds_of_cpu(bounce):
    # An idle machine imports click in 75 ms; a busy one takes as much longer for both.
    slowness = max(min(_cpu("-c", "import click") for _ in range(5)) / 0.075, 1)
    assert min(_cpu("-m", "mgtui", "classify", bounce) for _ in range(5)) < 0.25 * slowness


def _cpu(*arguments: object) -> float:
    """Run Python once; gives the CPU seconds it took."""
    child = subprocess.Popen([sys.executable, *map(str, arguments)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime


def test_nothing_of_the_screens_is_imported_to_classify():
    code = "import sys, mgtui.cli.main, mgtui.cli.classify, mgtui.cli.classifying; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = set(run.stdout.decode().split())
    assert not loaded & {"textual", "msgspec", "pydantic", "imap_tools", "sqlite3", "email"}
