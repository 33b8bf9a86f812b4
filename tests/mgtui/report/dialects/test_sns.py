"""Notifications of Amazon SES as SNS mails them."""

import json
from typing import Any

from tests.mgtui.report.dialects.mails import mail, read

SNS = "AWS Notifications <no-reply@sns.amazonaws.com>"
TAIL = "\n\n--\nIf you wish to stop receiving notifications from this topic, please visit the link below.\n"
BOUNCE: dict[str, Any] = {
    "notificationType": "Bounce",
    "bounce": {
        "bounceType": "Permanent",
        "bounceSubType": "General",
        "bouncedRecipients": [
            {
                "emailAddress": "anna@example.org",
                "action": "failed",
                "status": "5.1.1",
                "diagnosticCode": "smtp; 550 5.1.1 user unknown",
            },
            {"emailAddress": "bert@example.org"},
        ],
    },
    "mail": {"destination": ["anna@example.org", "bert@example.org", "cora@example.org"]},
}


def test_each_bounced_recipient_is_read() -> None:
    said = read(mail(json.dumps(BOUNCE) + TAIL, SNS, "AWS Notification Message"))
    assert said is not None and (said.reader, said.kind_hint) == ("amazon-sns", "bounce")
    anna, bert = said.recipients
    assert (anna.final_recipient, anna.status, anna.reply_code) == ("anna@example.org", "5.1.1", 550)
    assert (bert.final_recipient, bert.status, bert.diagnostic_code) == (
        "bert@example.org",
        None,
        "Permanent General",
    )


def test_an_envelope_of_sns_is_opened() -> None:
    wrapped = json.dumps({"Type": "Notification", "Message": json.dumps(BOUNCE)})
    said = read(mail(wrapped, SNS))
    assert said is not None and len(said.recipients) == 2


def test_lines_that_a_mailer_folded_are_joined() -> None:
    text = json.dumps(BOUNCE)
    said = read(mail(f"{text[:105]}\n {text[105:]}", SNS))
    assert said is not None and len(said.recipients) == 2


def test_a_complaint_and_a_delivery_are_what_they_are() -> None:
    complaint = {
        "notificationType": "Complaint",
        "complaint": {"complainedRecipients": [{"emailAddress": "anna@example.org"}]},
    }
    delivery = {
        "notificationType": "Delivery",
        "delivery": {"recipients": ["anna@example.org"], "smtpResponse": "250 2.6.0 queued"},
    }
    said = [read(mail(json.dumps(one) + TAIL, SNS)) for one in (complaint, delivery)]
    assert [one.kind_hint if one else None for one in said] == ["complaint", "delivered"]
    assert said[1] is not None and said[1].recipients[0].status == "2.6.0"


def test_json_that_is_damaged_or_of_something_else_is_left_alone() -> None:
    for body in (
        "{",
        "{]",
        "{" * 20_000,
        '{"a": 1}',
        '{"notificationType": "Bounce", "bounce": []}',
        "[1]",
        "{}",
    ):
        assert read(mail(body, SNS)) is None
