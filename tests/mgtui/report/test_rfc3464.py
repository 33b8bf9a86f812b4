"""Delivery reports as they are really written, each looseness a case of its own."""

import pytest

from mgtui.bounce import understand

HEAD = (
    "Return-Path: <>\nFrom: MAILER-DAEMON@mx.office.example\nTo: news@club.example\n"
    "Subject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n"
)
NOTICE = "Your message could not be delivered.\n"


def report(fields, notice=NOTICE):
    return (
        HEAD + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        f"--b\nContent-Type: text/plain\n\n{notice}\n--b\nContent-Type: message/delivery-status\n\n{fields}\n"
        "--b\nContent-Type: message/rfc822\n\nFrom: news@club.example\nTo: jo@away.example\n"
        "Message-ID: <7@club.example>\nList-Id: <news.club.example>\n\nHi\n--b--\n"
    ).encode()


def only(raw):
    found = understand(raw)
    assert found.kind == "bounce"
    (recipient,) = found.recipients
    return recipient


USUAL = "Final-Recipient: rfc822; jo@away.example\nAction: failed\nStatus: 5.1.1\n"


@pytest.mark.parametrize(
    "fields",
    [
        USUAL,
        "Reporting-MTA: dns; a\n\n" + USUAL,
        "Reporting-MTA: dns; a\n" + USUAL,
        "Reporting-MTA: dns; a\n\n\n\n" + USUAL.replace("\n", "\n\n"),
        "Final-Recipient: rfc/822;jo@away.example\nStatus : 5.1.1\n",
        "Final-Recipient: RFC822; <jo@away.example>\nAction: failed\nStatus: 5.1.1 (bad destination)\n",
        "Final-Recipient: LOCAL;<jo@away.example>\nStatus: 5.1.1\n",
        "Final-Recipient: rfc822;<@relay.example,@two.example:jo@away.example>\nAction: failed\nStatus: 5.1.1\n",
        "Final-Recipient: jo@away.example\nAction: Failure\nStatus: 5.1.1\n",
        "Original-Recipient: rfc822;jo@away.example\nAction: failed\nStatus: 5.1.1\n",
        "Action: failed\nStatus: 5.1.1\nFinal-Recipient: rfc822; jo@away.example\n",
        "final-recipient: rfc822; jo@away.example\naction: FAILED\nstatus: 5.1.1\n",
        "Final-Recipient: utf-8; jo@away.example\nAction: failed\nStatus: 5.1.1\n",
        "Final-Recipient: rfc822; jo@away.example\nAction: failed\nStatus: 5.0.0\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n",
        "Final-Recipient: rfc822; jo@away.example\nAction: failed\nStatus: 550\n"
        "Diagnostic-Code: smtp; 550-5.1.1 User unknown\n",
    ],
)
def test_a_recipient_and_a_status_are_read_however_they_are_written(fields):
    found = only(report(fields))
    assert (found.recipient, found.status, found.reason) == ("jo@away.example", "5.1.1", "user_unknown")


def test_the_server_that_refused_is_believed_before_the_summary():
    found = only(
        report(
            USUAL.replace("5.1.1", "4.4.7")
            + "Diagnostic-Code: smtp; 550 5.2.2 <jo@away.example> mailbox full\n"
        )
    )
    assert (found.status, found.reply_code, found.reason) == ("5.2.2", 550, "mailbox_full")


def test_a_status_that_the_mail_does_not_hold_is_not_made_up():
    found = only(report("Final-Recipient: rfc822; jo@away.example\nAction: failed\n", "No such user here.\n"))
    assert (found.status, found.reply_code, found.severity) == (None, None, "hard")


def test_two_recipients_may_stand_without_a_blank_line_between():
    fields = USUAL + USUAL.replace("jo@", "ann@").replace("5.1.1", "5.2.2")
    found = understand(report(fields)).recipients
    assert [(r.recipient, r.status) for r in found] == [
        ("jo@away.example", "5.1.1"),
        ("ann@away.example", "5.2.2"),
    ]


def test_only_those_who_failed_are_named_among_those_who_did_not():
    fields = (
        USUAL + "\n" + USUAL.replace("jo@", "ann@").replace("failed", "delivered").replace("5.1.1", "2.0.0")
    )
    assert [r.recipient for r in understand(report(fields)).recipients] == ["jo@away.example"]


def test_one_who_waits_beside_one_who_failed_is_not_hard():
    fields = USUAL + "\n" + USUAL.replace("jo@", "ann@").replace("failed", "delayed")
    assert [r.severity for r in understand(report(fields)).recipients] == ["hard", "soft"]


def test_the_original_recipient_is_kept_beside_the_final_one():
    found = only(report("Original-Recipient: rfc822; jo@club.example\n" + USUAL))
    assert (found.recipient, found.original_recipient) == ("jo@away.example", "jo@club.example")


def test_a_local_name_gives_way_to_the_address_that_was_mailed():
    fields = "Original-Recipient: rfc822; jo@away.example\nFinal-Recipient: LOCAL; jo\nAction: failed\nStatus: 5.1.1\n"
    assert only(report(fields)).recipient == "jo@away.example"


def test_fields_are_found_in_the_text_of_a_report_without_its_parts():
    raw = (HEAD + "\n" + NOTICE + "\nReporting-MTA: dns; a\n\n" + USUAL).encode()
    assert only(raw).status == "5.1.1"


def test_fields_are_found_where_the_whole_mail_is_the_status_part():
    raw = (HEAD + "Content-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\n" + USUAL).encode()
    assert only(raw).recipient == "jo@away.example"


def test_the_prose_gives_the_reason_that_the_fields_leave_out():
    notice = "<jo@away.example>: host mx.away.example said: 552 5.2.2 Mailbox full\n"
    found = only(report(USUAL.replace("5.1.1", "5.0.0"), notice))
    assert (found.reason, found.status, found.reply_code) == ("mailbox_full", "5.2.2", 552)


def test_the_evidence_is_the_very_line_of_the_mail():
    raw = report(USUAL + "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n")
    first = only(raw).evidence[0]
    assert (
        raw.decode().split("\n")[first.line - 1]
        == first.text
        == "Diagnostic-Code: smtp; 550 5.1.1 User unknown"
    )
    assert (first.reader, first.entry != "") == ("rfc3464", True)


def test_the_returned_mail_is_summed_up():
    original = understand(report(USUAL)).original
    assert original is not None
    assert (original.message_id, original.sender, original.addressees, original.list_id) == (
        "<7@club.example>",
        "news@club.example",
        ("jo@away.example",),
        "<news.club.example>",
    )


def test_verp_names_the_recipient_when_nothing_else_does():
    raw = (
        HEAD.replace("news@club.example", "bounce+jo=away.example@club.example")
        + "\nYour message was rejected.\n"
    )
    assert only(raw.encode()).recipient == "jo@away.example"


def test_several_fields_of_failed_recipients_are_read():
    raw = (
        HEAD
        + "X-Failed-Recipients: jo@away.example,\n ann@away.example\nX-Failed-Recipients: bo@away.example\n\nx\n"
    )
    assert [r.recipient for r in understand(raw.encode()).recipients] == [
        "jo@away.example",
        "ann@away.example",
        "bo@away.example",
    ]


@pytest.mark.parametrize(
    ("status", "said", "wanted"),
    [
        (
            "5.4.312",
            "550 5.4.312 Message expired, DNS query failed -> 451 4.4.312 DNS query failed",
            "5.4.312",
        ),
        ("5.0.350", "550 5.0.350 Remote server returned an error -> 550 5.1.1 User unknown", "5.1.1"),
        ("4.4.7", "451 4.4.7 Delayed -> 452 4.2.2 Mailbox full", "4.2.2"),
    ],
)
def test_a_quoted_reply_counts_unless_the_server_that_quotes_it_gave_up(status, said, wanted):
    assert only(report(USUAL.replace("5.1.1", status) + f"Diagnostic-Code: smtp; {said}\n")).status == wanted


@pytest.mark.parametrize(
    ("action", "said", "severity"),
    [
        ("failed", "450 4.1.1 <jo@away.example>: Recipient address rejected: User unknown", "hard"),
        ("delayed", "450 4.1.1 <jo@away.example>: Recipient address rejected: User unknown", "soft"),
        ("delayed", "User unknown", "soft"),
        ("failed", "450 user unknown, greylisted", "soft"),
        ("failed", "451 temporary: user unknown in ldap lookup failed", "soft"),
    ],
)
def test_a_reply_for_now_is_hard_only_where_the_report_gave_up_for_what_it_says(action, said, severity):
    fields = USUAL.replace("failed", action).replace("5.1.1", "4.0.0") + f"Diagnostic-Code: smtp; {said}\n"
    (recipient,) = understand(report(fields)).recipients
    assert recipient.severity == severity
