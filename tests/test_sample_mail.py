"""The mails in sample_mail/: their tables, their structure, and that nothing in them belongs to anybody."""

import csv
import email
import email.policy
import json
import re
from collections import Counter
from datetime import datetime, timedelta
from email.message import EmailMessage
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

import pytest

from mgtui.bounce.reasons.vocabulary import REASONS

SAMPLES = Path(__file__).parent.parent / "sample_mail"
MAILS = sorted(SAMPLES.glob("*/*.eml"))
SOUND = [path for path in MAILS if path.parent.name != "damaged"]
KINDS = {"bounce", "delayed", "delivered", "complaint", "auto_reply", "receipt", "challenge", "ordinary"}
HARD_REASONS = {"user_unknown", "host_unknown", "moved", "host_accepts_no_mail"}
#: Reports that their servers wrote as prose, without a machine-readable part.
PROSE = {
    "bounce/domino-german.eml",
    "bounce/exim-forwarded-alias.eml",
    "bounce/exim-plain-user-unknown.eml",
    "bounce/exim-retry-timeout.eml",
    "bounce/gmx-user-unknown.eml",
    "bounce/mailbox-full-2-september-prose.eml",
    "bounce/qmail-no-host.eml",
    "bounce/qmail-no-mailbox.eml",
    "bounce/t-online-prose.eml",
    "bounce/verp-only.eml",
    "delayed/exim-24-hours.eml",
}
MACHINE_PART = {
    "bounce": "message/delivery-status",
    "delayed": "message/delivery-status",
    "delivered": "message/delivery-status",
    "complaint": "message/feedback-report",
    "receipt": "message/disposition-notification",
}
RETURNED = {"message/rfc822", "text/rfc822-headers"}
RESERVED_DOMAIN = re.compile(r"(^|\.)(example|test|example\.(org|com|net))$", re.IGNORECASE)
DOCUMENTATION = [IPv4Network(net) for net in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")]
ADDRESS = re.compile(r"[^\s<>()@,;:\"]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
WEB_HOST = re.compile(r"https?://([^/\s\"'>]+)")
DOTTED = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")


def name_of(path: Path) -> str:
    """Give folder and file, as pytest shows it."""
    return path.relative_to(SAMPLES).as_posix()


def read(path: Path) -> EmailMessage:
    """Open a mail as Python's parser sees it."""
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


def rows_of(folder: Path) -> list[dict]:
    """Give the rows of a folder's table."""
    return [json.loads(line) for line in (folder / "expected.jsonl").read_text().splitlines()]


def tables() -> list[Path]:
    """Give the folders that hold mails."""
    return sorted({path.parent for path in MAILS})


def contacts() -> list[dict[str, str]]:
    """Give the lines of contacts.csv."""
    with (SAMPLES / "contacts.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def visible_text(path: Path) -> str:
    """Give the raw mail with soft line breaks undone, and every text part decoded."""
    raw = path.read_bytes()
    parts = email.message_from_bytes(raw).walk()
    decoded = [
        part.get_payload(decode=True) or b"" for part in parts if part.get_content_maintype() == "text"
    ]
    joined = re.sub(rb"=\r?\n", b"", raw) + b"\n" + b"\n".join(decoded)
    return joined.decode("utf-8", "replace")


def test_there_are_mails_of_every_kind_and_enough_of_them() -> None:
    assert {folder.name for folder in tables()} == KINDS | {"damaged"}
    assert len(MAILS) >= 60


@pytest.mark.parametrize("folder", tables(), ids=lambda folder: folder.name)
def test_each_mail_stands_in_the_table_of_its_folder_and_the_other_way_round(folder: Path) -> None:
    listed = [row["file"] for row in rows_of(folder)]
    assert sorted(listed) == sorted(path.name for path in folder.glob("*.eml"))
    assert len(set(listed)) == len(listed)


@pytest.mark.parametrize("folder", tables(), ids=lambda folder: folder.name)
def test_the_rows_have_the_agreed_form_and_words(folder: Path) -> None:
    fields = {"recipient", "original_recipient", "status", "reply_code", "reason", "hard"}
    for row in rows_of(folder):
        assert set(row) == {"file", "kind", "recipients"}
        assert row["kind"] and set(row["kind"]) <= KINDS
        assert folder.name in (*row["kind"], "damaged")
        assert bool(row["recipients"]) == (row["kind"][0] in ("bounce", "delayed", "delivered"))
        for said in row["recipients"]:
            assert set(said) == fields
            assert said["status"] is None or re.fullmatch(r"[245]\.\d{1,3}\.\d{1,3}", said["status"])
            assert said["reply_code"] is None or 200 <= said["reply_code"] < 600
            assert said["reason"] is None or said["reason"] in REASONS
            assert said["hard"] in (True, False, None)
            if said["reason"]:
                assert said["hard"] == (said["reason"] in HARD_REASONS)


@pytest.mark.parametrize("path", MAILS, ids=name_of)
def test_a_code_that_is_expected_can_be_read_in_the_mail(path: Path) -> None:
    row = next(row for row in rows_of(path.parent) if row["file"] == path.name)
    text = visible_text(path)
    for said in row["recipients"]:
        assert (
            said["recipient"] in text.replace("=", "@")
            if path.stem == "verp-only"
            else said["recipient"] in text
        )
        for fact in (said["original_recipient"], said["status"], said["reply_code"]):
            assert fact is None or str(fact) in text


@pytest.mark.parametrize("path", MAILS, ids=name_of)
def test_nothing_in_a_mail_belongs_to_anybody(path: Path) -> None:
    text = visible_text(path)
    hosts = ADDRESS.findall(text) + [host for host in WEB_HOST.findall(text) if not DOTTED.fullmatch(host)]
    if path.stem == "bounce-cut-off":
        hosts = [host for host in hosts if not "example.com".startswith(host)]
    assert [host for host in hosts if not RESERVED_DOMAIN.search(host)] == []
    numbers = [IPv4Address(found) for found in DOTTED.findall(text) if max(map(int, found.split("."))) < 256]
    assert [number for number in numbers if not any(number in net for net in DOCUMENTATION)] == []


@pytest.mark.parametrize("path", SOUND, ids=name_of)
def test_a_sound_mail_opens_without_a_defect_and_every_part_decodes(path: Path) -> None:
    mail = read(path)
    assert mail["From"] and mail["Date"]
    assert mail["Message-ID"] or path.stem.startswith("qmail")  # qmail gives its bounces none
    assert datetime(2026, 8, 1) <= mail["Date"].datetime.replace(tzinfo=None) < datetime(2026, 11, 21)  # noqa: DTZ001
    for part in mail.walk():
        assert part.defects == []
        if part.get_content_maintype() not in ("multipart", "message"):
            assert part.get_payload(decode=True) is not None


@pytest.mark.parametrize("path", [path for path in SOUND if path.parent.name in MACHINE_PART], ids=name_of)
def test_a_report_has_prose_then_machine_part_then_what_was_returned(path: Path) -> None:
    mail = read(path)
    if name_of(path) in PROSE:
        assert mail.get_content_type() == "text/plain"
        return
    assert mail.get_content_type() == "multipart/report"
    kinds = [part.get_content_type() for part in mail.iter_parts()]
    assert kinds[0] in {"text/plain", "text/html", "multipart/alternative", "multipart/related"}
    assert kinds[1] == MACHINE_PART[path.parent.name]
    assert path.parent.name == "receipt" or (len(kinds) == 3 and kinds[2] in RETURNED)


def test_the_pdfs_are_real_ones() -> None:
    found = 0
    for path in SOUND:
        for part in read(path).walk():
            data = part.get_payload(decode=True)
            if not isinstance(data, bytes) or not data.startswith(b"%PDF-"):
                continue
            found += 1
            table = int(re.search(rb"startxref\s+(\d+)", data).group(1))
            assert data[table:].startswith(b"xref") and data.rstrip().endswith(b"%%EOF")
    assert found >= 6


def test_the_contacts_load_and_one_address_stands_at_two_of_them() -> None:
    lines = contacts()
    assert list(lines[0]) == ["id", "name", "addresses", "lists", "customer_number", "city"]
    assert len(lines) >= 40 and len({line["id"] for line in lines}) == len(lines)
    addresses = Counter(address for line in lines for address in line["addresses"].split())
    assert [address for address, count in addresses.items() if count > 1] == [
        "familie.luehrs@heimpost.example"
    ]
    assert all(RESERVED_DOMAIN.search(address.rpartition("@")[2]) for address in addresses)


def test_most_bounces_are_of_a_contact_and_some_of_nobody() -> None:
    known = {address for line in contacts() for address in line["addresses"].split()}
    bounced = [said for row in rows_of(SAMPLES / "bounce") for said in row["recipients"]]
    met = [said for said in bounced if {said["recipient"], said["original_recipient"]} & known]
    assert len(met) >= 30 and len(bounced) - len(met) >= 4


def test_the_third_full_mailbox_of_one_contact_falls_within_ninety_days() -> None:
    paths = sorted((SAMPLES / "bounce").glob("mailbox-full-*.eml"))
    mailings = {re.search(rb"rundbrief-2026-\d\d\.k010", path.read_bytes()).group() for path in paths}
    dates = [read(path)["Date"].datetime for path in paths]
    assert len(paths) == len(mailings) == 3
    assert max(dates) - min(dates) < timedelta(days=90)
