"""Signed return paths and the archive, through the real command line."""

from pathlib import Path

import pytest

from tests.offices import OfficeFolder

CONFIG = """
[office]
internal = ["office.example"]
[categories.newsletter]
[proof]
return_path = "bounces@office.example"
[grabbers.box]
type = "maildir"
path = "Maildir"
"""
ERIKA = "erika@example.org"
BOUNCE = """\
Return-Path: <>
Received: by mx.office.example; Tue, 17 Nov 2026 09:00:00 +0000
From: MAILER-DAEMON@mx.example.org
To: {to}
Subject: Undelivered Mail Returned to Sender
Date: Tue, 17 Nov 2026 09:00:00 +0000
Message-ID: <{number}@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; erika@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b
Content-Type: text/rfc822-headers

From: us@office.example
To: erika@example.org
Message-ID: {returned}

--b--
"""
COPY = """\
From: us@office.example
To: erika@example.org
Subject: Newsletter
Date: Mon, 16 Nov 2026 09:00:00 +0000
Message-ID: <news-1@office.example>

Good news.
"""


@pytest.fixture
def office(tmp_path: Path) -> OfficeFolder:
    made = OfficeFolder(tmp_path).write(CONFIG)
    contacts = tmp_path / "contacts.csv"
    contacts.write_text(f"id,name,addresses\nk1,Erika,{ERIKA}\n")
    for part in ("tmp", "new", "cur"):
        (tmp_path / "Maildir" / part).mkdir(parents=True)
    made.run("contacts", "import", str(contacts))
    return made


def take_in(office: OfficeFolder, *mails: str) -> None:
    for mail in mails:
        number = len(list((office.folder / "Maildir").rglob("*.M1.here*")))
        (office.folder / "Maildir" / "new" / f"{1_790_000_000 + number}.M1.here").write_text(mail)
    office.run("grab", "--once")


def bounce(to: str = "bounces@office.example", returned: str = "<x@office.example>", number: int = 1) -> str:
    return BOUNCE.format(to=to, returned=returned, number=number)


def test_a_stranger_who_knows_an_address_can_not_get_it_suppressed(office: OfficeFolder) -> None:
    path = office.run("verp", "sign", ERIKA, "--category", "newsletter")[0].strip()
    forged = path.replace(path.split(".")[3].partition("=")[0], "a" * 16)
    take_in(office, bounce(), bounce(forged, number=2))
    assert office.records("suppressions", "list") == []
    assert office.records("may-send", ERIKA, "--category", "newsletter")[0]["may_send"]
    assert sorted(row["reason"] for row in office.records("queue")) == ["forged signature", "unproven"]
    take_in(office, bounce(path, number=3))
    (suppressed,) = office.records("suppressions", "list")
    assert suppressed["address"] == ERIKA


def test_a_bounce_of_an_archived_mail_is_ours_and_one_of_another_waits(office: OfficeFolder) -> None:
    take_in(office, COPY)
    take_in(office, bounce(returned="<guess@office.example>"))
    (waiting,) = office.records("queue")
    assert waiting["reason"] == "unproven"
    take_in(office, bounce(returned="<news-1@office.example>", number=2))
    assert office.records("suppressions", "list")
    (proved,) = office.records("events", "--type", "OriginProved")
    assert proved["data"]["how"] == "archive"


def test_a_mail_sent_to_us_in_our_name_is_no_proof(office: OfficeFolder) -> None:
    office.run("verp", "rotate")
    take_in(office, "Received: from stranger.example by mx.office.example; now\n" + COPY)
    take_in(office, bounce(returned="<news-1@office.example>"))
    assert office.records("suppressions", "list") == []


def test_keys_are_private_and_rotate(office: OfficeFolder) -> None:
    first = office.run("verp", "sign", ERIKA)[0].strip()
    file = office.data / "verp-keys.json"
    assert file.stat().st_mode & 0o777 == 0o600
    office.run("verp", "rotate")
    second = office.run("verp", "sign", ERIKA)[0].strip()
    assert "+k2." in second
    assert [key["signs"] for key in office.records("verp", "keys")] == [False, True]
    assert "ours" in office.run("verp", "check", first)[0]
    office.run("verp", "forget", "k1")
    assert "no key k1" in office.run("verp", "check", first, code=1)[0]
    file.chmod(0o644)
    assert "chmod 600" in office.run("verp", "check", second, code=1)[1]


def test_a_path_is_signed_only_for_what_can_be_bounced_to(office: OfficeFolder) -> None:
    assert "no mail address" in office.run("verp", "sign", "erika", code=1)[1]
    assert "category 'letter'" in office.run("verp", "sign", ERIKA, "--category", "letter", code=2)[1]
