"""Damage that mail takes on its way, each a case of its own; `bounce/test_made.py` puts them together."""

import base64

import pytest

from mgtui.bounce import understand
from mgtui.report import opinions, read_report, split

HEAD = (
    "Return-Path: <>\nFrom: MAILER-DAEMON@mx.office.example\nTo: news@club.example\n"
    "Subject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n"
)
JO = (
    "Final-Recipient: rfc822; jo@away.example\nAction: failed\nStatus: 5.1.1\n"
    "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n"
)
BO = (
    "Final-Recipient: rfc822; bo@far.example\nAction: failed\nStatus: 5.2.2\n"
    "Diagnostic-Code: smtp; 552 5.2.2 Mailbox full\n"
)
MTA = "Reporting-MTA: dns; mx.office.example\n\n"
ORIGINAL = "From: news@club.example\nTo: jo@away.example\nSubject: News\nMessage-ID: <7@club.example>\n\nHi\n"
MIXED = "Content-Type: multipart/mixed; boundary=m\n\n"


def report(fields, content_type="message/delivery-status", notice="could not be delivered.\n"):
    return (
        f"{HEAD}Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n{notice}\n"
        f"--b\nContent-Type: {content_type}\n\n{fields}\n--b\nContent-Type: message/rfc822\n\n{ORIGINAL}\n--b--\n"
    )


def said(mail):
    found = understand(mail.encode() if isinstance(mail, str) else mail)
    return found.kind, [(one.recipient, one.status, one.severity) for one in found.recipients]


READ = ("bounce", [("jo@away.example", "5.1.1", "hard")])


@pytest.mark.parametrize("before", ["  ", "\t", "        ", "> ", "| ", "> > ", "\ufeff"])
def test_fields_are_read_with_something_before_each(before):
    fields = "".join(f"{before}{line}\n" for line in (MTA + JO).splitlines())
    assert said(report(fields)) == READ


@pytest.mark.parametrize(
    "content_type",
    [
        "message/rfc822",
        "application/octet-stream",
        "message/delivery_status",
        'text/plain; name="ATT00001.txt"',
    ],
)
def test_fields_are_known_by_the_first_whatever_their_type_is(content_type):
    mail = report(MTA + JO, content_type)
    assert said(mail) == READ
    original = understand(mail.encode()).original
    assert original is not None
    assert original.message_id == "<7@club.example>"


def test_nuls_behind_delimiters_are_none():
    assert said(report(MTA + JO).replace("--b\n", "--b\0\0\n")) == READ


def test_lf_cr_is_one_line_end():
    assert said(report(MTA + JO + "\n" + BO).replace("\n", "\n\r"))[1] == [
        ("jo@away.example", "5.1.1", "hard"),
        ("bo@far.example", "5.2.2", "soft"),
    ]


def test_a_part_without_a_blank_line_behind_its_header_keeps_its_body():
    mail = (
        report(MTA + JO).replace("message/rfc822\n\n", "message/rfc822\n").replace("status\n\n", "status\n")
    )
    assert said(mail) == READ
    assert [line.text for line in split(mail.encode()).original_lines[:1]] == ["From: news@club.example"]


def test_what_is_said_of_one_whose_name_is_lost_is_not_said_of_the_next():
    fields = MTA + JO.partition("\n")[2] + "\n" + BO
    assert said(report(fields)) == ("bounce", [("bo@far.example", "5.2.2", "soft")])


def test_blocks_are_parted_by_blank_lines_in_whatever_order_their_fields_stand():
    fields = "\n".join("\n".join(reversed(block.strip().splitlines())) + "\n" for block in (MTA, JO, BO))
    assert said(report(fields))[1] == [
        ("jo@away.example", "5.1.1", "hard"),
        ("bo@far.example", "5.2.2", "soft"),
    ]


def test_what_names_another_makes_nobody_hard():
    notice = "could not be delivered to:\n\n<bo@far.example>:\n<jo@away.example>:\n550 5.1.1 User unknown\n"
    fields = "Final-Recipient: rfc822; bo@far.example\nAction: failed\n\n" + JO
    found = {name: severity for name, _, severity in said(report(fields, notice=notice))[1]}
    assert found["jo@away.example"] == "hard"
    assert found["bo@far.example"] != "hard"


def test_fields_that_come_twice_are_said_once():
    twice = f"\n--b\nContent-Type: message/delivery-status\n\n{MTA}{JO}\n--b--\n"
    assert said(report(MTA + JO).replace("\n--b--\n", twice)) == READ


def test_fields_in_encoded_words_are_decoded():
    word = f"=?us-ascii?B?{base64.b64encode(b'jo@away.example').decode()}?="
    assert said(report(MTA + JO.replace("jo@away.example", word))) == READ


def test_soft_hyphens_hide_no_word():
    assert said(report(MTA + JO.replace("User unknown", "User\u00a0un\u00adknown"))) == READ


def test_a_success_of_somebody_without_an_address_is_no_failure():
    fields = MTA + "Final-Recipient: x400; /S=doe/C=xx/\nAction: delivered\nStatus: 2.0.0\n"
    assert said(report(fields))[0] == "delivered"


def sent_on(mail, header=HEAD):
    return f"{header}{MIXED}--m\n\nsent on by the mail system\n--m\nContent-Type: message/rfc822\n\n{mail}\n--m--\n"


def test_a_report_that_a_server_sends_on_is_read_and_its_lines_are_those_of_the_whole_mail():
    mail = sent_on(report(MTA + JO))
    assert said(mail) == READ
    found = understand(mail.encode())
    line = found.recipients[0].evidence[0].line
    assert line is not None
    assert mail.splitlines()[line - 1].startswith("Diagnostic-Code:")
    assert found.original is not None
    assert found.original.message_id == "<7@club.example>"


def test_who_asks_why_is_told_of_the_mail_that_was_sent_on():
    raw = sent_on(report(MTA + JO)).encode()
    first = next(opinion for opinion in opinions(raw) if opinion.said is not None)
    assert first.reader == "enclosed mail"
    assert first.said is not None
    assert first.said.recipients == read_report(raw).recipients


def test_a_report_in_words_that_a_server_sends_on_is_read():
    words = "Hi. This is the qmail-send program.\nI'm afraid I wasn't able to deliver your message.\n\n"
    assert (
        said(sent_on(f"{HEAD}\n{words}<jo@away.example>:\nno mailbox here by that name. (#5.1.1)\n")) == READ
    )


def test_a_report_that_a_person_sends_on_is_a_question_of_his():
    header = (
        "Return-Path: <al@club.example>\nFrom: al@club.example\nTo: bo@club.example\nSubject: what is this?\n"
    )
    assert said(sent_on(report(MTA + JO), header)) == ("ordinary", [])


def test_a_receipt_in_the_text_is_no_failure():
    fields = "Reporting-UA: pc; Mail\nFinal-Recipient: rfc822; jo@away.example\nDisposition: manual-action; displayed\n"
    head = "Return-Path: <>\nFrom: jo@away.example\nTo: news@club.example\nSubject: Return receipt\n"
    assert said(f"{head}\nThis is a receipt.\n\n{fields}")[0] != "bounce"


def complaint(named, to):
    return (
        "From: loop@there.example\nTo: abuse@club.example\nSubject: FW: News\n"
        "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nabuse\n--b\n"
        f"Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: x/1\nVersion: 1\n{named}\n--b\n"
        f"Content-Type: message/rfc822\n\nFrom: news@club.example\nTo: {to}\nMessage-ID: <7@club.example>\n\n"
        "Hi\n--b--\n"
    )


@pytest.mark.parametrize(
    ("named", "to", "expected"),
    [
        ("Original-Rcpt-To: jo@away.example\n", "list@club.example", ["jo@away.example"]),
        (" Original-Rcpt-To: jo@away.example\n", "jo@away.example", ["jo@away.example"]),
        ("Original-Rcpt-To: redacted@there.example\n", "redacted@redacted.invalid", []),
        ("Original-Rcpt-To: redacted@there.example\n", "jo@away.example", ["jo@away.example"]),
        ("", "list@club.example", []),
    ],
)
def test_who_complains_is_named_only_where_the_report_names_him(named, to, expected):
    found = understand(complaint(named, to).encode())
    assert (found.kind, [one.recipient for one in found.recipients]) == ("complaint", expected)
