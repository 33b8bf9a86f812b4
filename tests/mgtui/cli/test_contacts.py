"""Contacts, suppressions and documents, worked on through the real command line."""

import csv
import io
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.mgtui.cli.test_office import SAMPLES, deliver
from tests.offices import OfficeFolder

CONFIG = """
[office]
internal = ["lindenhof.example"]
[categories.invoice]
always_send = true
[categories.newsletter]
[matching]
plus_tags = ["example.org"]
[contacts.sources.crm]
type = "sql"
url = "sqlite:///{folder}/crm.db"
query = "SELECT id, name, email, city FROM customers"
whole = true
[contacts.sources.cards]
type = "vcard"
path = "cards.vcf"
[grabbers.box]
type = "maildir"
path = "Maildir"
"""
BOUNCE = """\
From: MAILER-DAEMON@mx.example.net
To: bounces@lindenhof.example
Subject: Undelivered
Date: Tue, 10 Nov 2026 09:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

no such user
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b
Content-Type: message/rfc822

Message-ID: <{message_id}>
From: office@lindenhof.example
Subject: News

--b--
"""
LETTER = """\
From: office@lindenhof.example
To: Erika <erika@example.org>
Message-ID: <news-1@lindenhof.example>
Date: Mon, 9 Nov 2026 09:00:00 +0000
Subject: News

Hello
"""


@pytest.fixture
def office(tmp_path: Path) -> OfficeFolder:
    return OfficeFolder(tmp_path).write(CONFIG.replace("{folder}", str(tmp_path)))


def with_erika(office: OfficeFolder) -> OfficeFolder:
    file = office.folder / "contacts.csv"
    file.write_text(
        "id,name,email,lists,city\nk1,Erika,erika@example.org,news,Köln\nk2,Otto,otto@example.org,,\n"
    )
    office.run("contacts", "import", str(file))
    return office


def receive(office: OfficeFolder, *mails: str) -> None:
    deliver(office)
    for mail in mails:
        # A Maildir never gives a name twice.
        name = f"{1_790_000_000 + len(list(office.folder.rglob('*.here*')))}.M1.here"
        (office.folder / "Maildir" / "new" / name).write_text(mail.replace("\n", "\r\n"), newline="")
    office.run("grab", "--once")


def customers(office: OfficeFolder, *rows: tuple[str, str, str, str]) -> None:
    with closing(sqlite3.connect(office.folder / "crm.db")) as database, database:
        database.execute("DROP TABLE IF EXISTS customers")
        database.execute("CREATE TABLE customers (id TEXT, name TEXT, email TEXT, city TEXT)")
        database.executemany("INSERT INTO customers VALUES (?, ?, ?, ?)", rows)


def test_sources_are_kept_in_step_each_with_its_own_contacts(office: OfficeFolder) -> None:
    customers(office, ("1", "Müller", "m@example.org", "Köln"), ("2", "Zwei", "z@example.org", ""))
    card = "BEGIN:VCARD\nVERSION:3.0\nUID:c1\nFN:Card\nEMAIL:c@example.org\nEND:VCARD\n"
    (office.folder / "cards.vcf").write_text(card)
    out, _ = office.run("contacts", "sync")
    assert out.splitlines() == [
        "crm: 2 new, 0 changed, 0 as they were",
        "cards: 1 new, 0 changed, 0 as they were",
    ]
    customers(office, ("1", "Müller", "m@example.org", "Bonn"))
    out, _ = office.run("contacts", "sync", "crm", "--dry-run")
    assert [line.split() for line in out.splitlines()[:2]] == [
        ["changed", "1", "Müller:", "city"],
        ["vanished", "2", "Zwei"],
    ]
    office.run("contacts", "sync")
    exported = [
        json.loads(line) for line in office.run("contacts", "export", "--format", "json")[0].splitlines()
    ]
    assert [(row["contact_id"], row["fields"]) for row in exported] == [("1", {"city": "Bonn"}), ("c1", {})]
    assert "vanished from crm" in office.run("contacts", "show", "2")[0]


def test_a_source_that_can_not_be_read_leaves_the_contacts_and_the_others_go_on(office: OfficeFolder) -> None:
    customers(office, ("1", "Müller", "m@example.org", ""))
    _, err = office.run("contacts", "sync", code=75)
    assert "cards.vcf: No such file" in err
    (refused,) = office.records("events", "--type", "ContactsRefused")
    assert refused["data"]["source"] == "cards"
    assert len(office.records("contacts", "list")) == 1
    assert "no contacts.sources.other" in office.run("contacts", "sync", "other", code=1)[1]


def test_exported_contacts_import_as_they_were(office: OfficeFolder) -> None:
    office.run("contacts", "import", str(SAMPLES / "contacts.csv"))
    file = office.folder / "out.csv"
    office.run("contacts", "export", "--output", str(file))
    out, _ = office.run("contacts", "import", str(file), "--whole")
    assert "0 new, 0 changed" in out
    assert "vanish" not in out


def test_a_bounce_of_a_tagged_address_stops_the_contacts_own_and_all_its_tags(office: OfficeFolder) -> None:
    receive(with_erika(office), BOUNCE.format(recipient="Erika+shop@Example.ORG", message_id="x@y"))
    (row,) = office.records("suppressions", "list")
    assert (row["contact_id"], row["address"]) == ("k1", "erika@example.org")
    asked = ("erika@example.org", "erika+other@example.org", "otto@example.org", "nothing")
    answers = office.records("may-send", *asked, "--category", "newsletter", code=1)
    assert [answer["may_send"] for answer in answers] == [False, False, True, False]


def test_a_bounce_that_names_nobody_known_finds_the_archived_letter_it_returns(office: OfficeFolder) -> None:
    receive(with_erika(office), LETTER)
    receive(office, BOUNCE.format(recipient="alias@elsewhere.example", message_id="news-1@lindenhof.example"))
    matched = office.records("events", "--type", "ContactMatched")[-1]["data"]
    assert (matched["contact_id"], matched["how"]) == ("k1", "returned Message-ID")
    assert office.records("suppressions", "list")[0]["address"] == "erika@example.org"


def test_suppressions_are_exported_whole_and_since_a_position(office: OfficeFolder) -> None:
    receive(with_erika(office), BOUNCE.format(recipient="erika@example.org", message_id="x@y"))
    out, err = office.run("suppressions", "export", "--category", "newsletter")
    (row,) = csv.DictReader(io.StringIO(out))
    assert (row["address"], row["state"], row["rule"]) == ("erika@example.org", "suppressed", "hard bounce")
    position = err.rpartition("as of position ")[2].strip()
    assert position.isdecimal()
    target = office.folder / "access"
    target.write_text("old\n")
    target.chmod(0o644)
    arguments = ("suppressions", "export", "--category", "newsletter", "--output", str(target))
    office.run(*arguments, "--format", "postfix-access")
    assert target.read_text().startswith("erika@example.org REJECT suppressed since 20")
    assert target.stat().st_mode & 0o777 == 0o644
    office.run(*arguments, "--format", "postfix-transport")
    assert target.read_text().startswith("erika@example.org error:5.7.1 suppressed")
    since = ("--since", position, "--category", "newsletter")
    assert office.run("suppressions", "export", "--format", "json", *since)[0] == ""
    office.run("suppressions", "lift", "erika@example.org", "--why", "she called")
    assert (
        office.run("suppressions", "export", "--format", "postfix-access", *since)[0]
        == "erika@example.org DUNNO\n"
    )
    out, err = office.run("suppressions", "export", "--format", "json", "--category", "invoice")
    assert out == ""
    assert "invoice is always sent" in err


def test_a_file_that_can_not_be_written_stays_as_it_was(office: OfficeFolder) -> None:
    _, err = office.run("suppressions", "export", "--output", str(office.folder / "no" / "file"), code=1)
    assert "No such file or directory" in err
    assert (
        "name it with --category"
        in office.run("suppressions", "export", "--format", "postfix-access", code=2)[1]
    )


def test_addresses_on_standard_input_are_answered_in_order(office: OfficeFolder) -> None:
    command = [
        sys.executable,
        "-m",
        "mgtui",
        "--config",
        str(office.config),
        "--data",
        str(office.data),
        "may-send",
    ]
    addresses = [f"nobody{number}@example.org" for number in range(1200)]
    done = subprocess.run(
        [*command, "-", "--category", "newsletter", "--json"], input="\n".join(addresses),
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert [json.loads(line)["address"] for line in done.stdout.splitlines()] == addresses
    assert done.returncode == 0


def test_a_document_is_found_shown_and_its_attachments_are_never_written_over(office: OfficeFolder) -> None:
    office.run("contacts", "import", str(SAMPLES / "contacts.csv"))
    deliver(office, SAMPLES / "ordinary" / "letter-with-pdf.eml")
    office.run("grab", "--once")
    (document,) = office.records("documents", "list")
    (found,) = office.records("documents", "search", document["subject"][:8].upper())
    assert (
        found["mail_id"]
        == document["mail_id"]
        == office.records("documents", "list", found["contact_id"])[0]["mail_id"]
    )
    assert office.records("documents", "search", "nothing like it") == []
    (shown,) = office.records("documents", "show", document["mail_id"][:10])
    assert [one["contact_id"] for one in shown["contacts"]] == [document["contact_id"]]
    folder = office.folder / "out"
    names = {one["name"] for one in shown["attachments"]}
    export = ("documents", "export", document["mail_id"], "--to", str(folder))
    office.run(*export, "--mail")
    assert {file.name for file in folder.iterdir()} == names | {f"{document['mail_id'][:16]}.eml"}
    first = {file.name: file.read_bytes() for file in folder.iterdir()}
    office.run(*export)
    assert len(list(folder.iterdir())) == len(first) + len(names)
    assert first == {name: (folder / name).read_bytes() for name in first}
    timeline = office.records("contacts", "show", document["contact_id"])[0]["timeline"]
    assert [entry["what"] for entry in timeline if entry["mail_id"]] == [document["direction"]]
    assert "no attachment 99" in office.run(*export, "--part", "99", code=1)[1]


@pytest.mark.parametrize("name", ["x" * 300 + ".pdf", "ü" * 200 + ".pdf", "ok.pdf"])
def test_a_file_name_of_any_length_is_written_beside_the_one_that_has_it(tmp_path: Path, name: str) -> None:
    from mgtui.saving import write_new

    files = [write_new(tmp_path, name, bytes([number])) for number in range(3)]
    assert [file.read_bytes() for file in files] == [b"\0", b"\1", b"\2"]
    assert {file.suffix for file in files} == {".pdf"}


def test_a_file_name_can_not_pass_for_an_option(tmp_path: Path) -> None:
    from mgtui.saving import write_new

    assert write_new(tmp_path, "-rf", b"").name == "_-rf"


def test_a_link_in_the_folder_is_not_followed(tmp_path: Path) -> None:
    from mgtui.saving import write_new

    victim = tmp_path / "victim"
    (tmp_path / "a.pdf").symlink_to(victim)
    write_new(tmp_path, "a.pdf", b"content")
    assert not victim.exists()
    shutil.rmtree(tmp_path)
