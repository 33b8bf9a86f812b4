"""Codes are read by grammar: what only looks like one is none."""

import pytest

from mgtui.report.codes import find_reply_code, find_status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("550 5.1.1 User unknown", "5.1.1"),
        ("550-5.1.1 The account does not exist", "5.1.1"),
        ("sorry, no mailbox here by that name. (#5.1.1)", "5.1.1"),
        ("refused [5.7.1] by policy", "5.7.1"),
        ("#5.2.2 full", "5.2.2"),
        ("550 5.0.0 refused (#5.1.1)", "5.1.1"),
        ("421-4.7.26 unauthenticated", "4.7.26"),
        ("Status: 5.1.1 (bad mailbox)", "5.1.1"),
        ("dsn=4.4.1, status=deferred", "4.4.1"),
        ("status 5.0.0", "5.0.0"),
        ("250 2.1.5 Ok, then 550 5.1.1 no", "5.1.1"),
        ("250 2.6.0 queued", "2.6.0"),
        ("550-'5.7.1 refused'", "5.7.1"),
        ("550/5.1.1 unknown", "5.1.1"),
        ("5.1.1: no such user", "5.1.1"),
        ("#<#5.1.1 smtp;>", "5.1.1"),
        ("(421-4.4.2) lost", "4.4.2"),
        ("550, 5.1.1, User unknown", "5.1.1"),
        ("DSN: 5.1.1 (bad address)", "5.1.1"),
        ("rc=550, status=5.1.1", "5.1.1"),
        ("Reason: 5.1.1 no such user", "5.1.1"),
        ("refused as spam 5.7.1", "5.7.1"),
        ("Remote server: 5.1.1 unknown", "5.1.1"),
        ("exception 5.2.2", "5.2.2"),
    ],
)
def test_an_enhanced_status_is_found_however_it_is_glued(text: str, status: str) -> None:
    assert find_status(text) == status


@pytest.mark.parametrize(
    "text",
    [
        "5.39.12.8 is listed",
        "from 10.5.1.1 refused",
        "host 4.4.4.4 said no",
        "Exim 4.6.3 is tired",
        "version 5.1.1",
        "am 5.1.11 gescheitert",
        "Internet Mail Service (5.5.2652.35)",
        "a@5.1.1 b",
        "5.1.01",
        "IMail 5.0.8",
        "Linux 4.4.2",
        "hMailServer 5.6.7",
        "MDaemon 5.0.3",
        "Communigate Pro SMTP 4.1.3",
        "SMTPD32-5.0.1",
        "section 4.2.1",
        "Abschnitt 4.2.1",
        "§ 4.2.2",
        "RFC 5321 section 4.5.3.1",
        "3.1.1 and 5.9.1",
    ],
)
def test_an_ip_address_a_version_or_a_date_is_no_status(text: str) -> None:
    assert find_status(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("550-5.1.1 x", 550),
        ("<<< 550 <x@example.org>... User unknown", 550),
        ("host mx.example.org [192.0.2.1]: 550 Unknown", 550),
        ("Remote host said: 553 sorry", 553),
        ("SMTP; 550", 550),
        ("#550 5.1.1 Address rejected #SMTP#", 550),
        ("250 fine, then 421 too busy", 421),
        ("554-'The recipient cannot accept'", 554),
        ("SMTP error code 450", 450),
        ("550 : User unknown 554 5.0.0 Service unavailable", 550),
        ("problem 550-'Unknown user'", 550),
        ("failed with code=550", 550),
        ("rc=550, status=5.1.1", 550),
        ("SMTP-550", 550),
        ("status code: 550/5.1.1", 550),
        ("code d'erreur : 550", 550),
        ("错误代码：550", 550),
        ("rejected with a 550 error", 550),
        ("<-- 550 no", 550),
        ("host [5.1.1.9]: 550 no", 550),
    ],
)
def test_a_reply_code_is_found_where_a_reply_may_stand(text: str, code: int) -> None:
    assert find_reply_code(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "limit of 500 messages",
        "size 452 bytes",
        "at 18:01:550",
        "room 1550 b",
        "5.5.0",
        "port 550",
        "Rule #554",
        "uid=501",
        "delay=450",
        "took 452 ms",
        "limit 450",
        "2024-05-21T04:51:450Z",
        "costs 450 EUR",
    ],
)
def test_a_number_with_a_unit_is_no_reply(text: str) -> None:
    assert find_reply_code(text) is None
