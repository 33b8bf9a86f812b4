"""An office's own table of reasons speaks before the program's, wherever mail is read."""

import json
import subprocess
import sys

import pytest

from mgtui.sites import SiteError, read_site

TABLE = """
[severity]
spam = "hard"

[[entry]]
id = "partner.gone"
reason = "user_unknown"
any = ["colleague has moved on"]
"""
MAIL = """Return-Path: <>
From: MAILER-DAEMON@office.example
To: news@office.example
Subject: Undelivered Mail Returned to Sender

This is the mail system at host office.example.

<{name}@away.example>: host mx.away.example said: {said}
"""
SAID = {"gone": "550 5.7.0 This colleague has moved on", "spam": "550 5.7.1 Message rejected as spam"}


def run(*arguments):
    command = [sys.executable, "-m", "mgtui", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


@pytest.fixture
def office(tmp_path):
    """Make an office with a Maildir of two bounces, whose configuration names a table."""
    tmp_path.joinpath("reasons.toml").write_text(TABLE)
    box = tmp_path / "box"
    for folder in ("cur", "new", "tmp"):
        box.joinpath(folder).mkdir(parents=True)
    for name, said in SAID.items():
        box.joinpath("new", name).write_text(MAIL.format(name=name, said=said))
    tmp_path.joinpath("mgtui.toml").write_text(
        '[reasons]\nfile = "reasons.toml"\n\n'
        f'[grabbers.box]\ntype = "maildir"\npath = {json.dumps(str(box))}\n'
    )
    return tmp_path


def severities(verdicts):
    return {one["recipient"].partition("@")[0]: (one["reason"], one["severity"]) for one in verdicts}


def test_classify_is_shown_what_a_table_changes(office):
    mails = sorted((office / "box" / "new").iterdir())
    without = [json.loads(line) for line in run("classify", "--json", *mails).stdout.splitlines()]
    told = run("classify", "--json", "--reasons", office / "reasons.toml", *mails).stdout.splitlines()
    with_it = [json.loads(line) for line in told]
    before = severities([one for mail in without for one in mail["recipients"]])
    after = severities([one for mail in with_it for one in mail["recipients"]])
    assert before["spam"] == ("spam", "refused")
    assert before["gone"] != after["gone"] == ("user_unknown", "hard")
    assert after["spam"] == ("spam", "hard")


@pytest.mark.parametrize("many", [False, True])
def test_a_grabber_decides_by_it_in_this_process_and_in_the_other(office, many):
    if many:  # so many that a second process reads them
        for number in range(310):
            mail = MAIL.format(name=f"n{number}", said=SAID["gone"])
            office.joinpath("box", "new", f"n{number}").write_text(mail)
    where = ("--config", office / "mgtui.toml", "--data", office / "data")
    assert run(*where, "grab", "--once").returncode == 0
    lines = run(*where, "events", "--json", "--type", "MailClassified").stdout.splitlines()
    verdicts = [one for line in lines for one in json.loads(line)["data"]["recipients"]]
    found = severities(verdicts)
    assert len(found) == (312 if many else 2)
    assert found.pop("spam") == ("spam", "hard")
    assert set(found.values()) == {("user_unknown", "hard")}


def test_a_table_that_is_wrong_is_one_line_and_no_mail_is_touched(office):
    office.joinpath("reasons.toml").write_text('[severity]\nspam = "dead"\n')
    done = run("--config", office / "mgtui.toml", "--data", office / "data", "grab", "--once")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "reasons.file" in line and "spam" in line
    assert len(list((office / "box" / "new").iterdir())) == 2
    looked = run("--config", office / "mgtui.toml", "--data", office / "data", "queue", "list")
    assert looked.returncode == 1 and "reasons.file" in looked.stderr
    wrong = run("classify", "--reasons", office / "reasons.toml", office / "box" / "new" / "gone")
    assert wrong.returncode == 1
    assert "spam" in wrong.stderr


def test_a_file_that_cannot_be_read_says_so(tmp_path):
    with pytest.raises(SiteError, match="can't be read"):
        read_site(tmp_path / "reasons.toml")
