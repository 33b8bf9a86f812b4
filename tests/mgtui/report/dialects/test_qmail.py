"""qmail and its descendants."""

import pytest

from tests.mgtui.report.dialects.mails import addresses, mail, read

INTRO = """\
Hi. This is the qmail-send program at mx.example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

"""


def test_each_address_has_the_lines_below_it() -> None:
    said = read(
        mail(
            INTRO
            + """\
<anna@example.org>:
192.0.2.1 does not like recipient.
Remote host said: 550 5.1.1 <anna@example.org>... User unknown
Giving up on 192.0.2.1.

<bert@example.com>:
Sorry, I couldn't find any host named example.com. (#5.1.2)

--- Below this line is a copy of the message.

Return-Path: <sender@office.example>
<cora@example.edu>:
""",
            subject="failure notice",
        )
    )
    assert said is not None and said.reader == "qmail" and said.kind_hint == "bounce"
    anna, bert = said.recipients
    assert (anna.status, anna.reply_code, anna.remote_mta) == ("5.1.1", 550, "192.0.2.1")
    assert (bert.final_recipient, bert.status, bert.reply_code) == ("bert@example.com", "5.1.2", None)


@pytest.mark.parametrize(
    "intro",
    [
        "Sorry, we were unable to deliver your message to the following address.",
        "Message from example.net.\nUnable to deliver message to the following address(es).",
        "Hi. The MTA program at mx.example.net was unable to deliver your message to the following addresses.",
        "This is the mail delivery agent at example.net.\nI was not able to deliver your message.",
        "(mx.example.net)\nSu mensaje no pudo ser entregado",
    ],
)
def test_the_kin_is_known_by_its_first_words(intro: str) -> None:
    said = read(
        mail(
            f"{intro}\n\n<anna@example.org>:\n550: 5.1.1 unknown\n\n--- Original message follows.\n",
            subject="x",
        )
    )
    assert said is not None
    assert [(one.final_recipient, one.status, one.reply_code) for one in said.recipients] == [
        ("anna@example.org", "5.1.1", 550)
    ]


def test_words_of_another_language_are_read_by_subject_and_grammar() -> None:
    said = read(mail("Etwas ging schief.\n\n<anna@example.org>:\nNein. (#5.1.1)\n", subject="failure notice"))
    assert addresses(said) == ["anna@example.org"]


def test_a_notice_in_html_names_the_recipient_in_its_to_line() -> None:
    said = read(
        mail(
            "I'm afraid I wasn't able to deliver the following message.\n"
            "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
            "Subject: News\nTo: anna@example.org\n"
        )
    )
    assert addresses(said) == ["anna@example.org"]
