"""A report is known by who wrote it and how it begins; a person who shows one around reports nothing."""

import pytest

from tests.mgtui.report.dialects.mails import addresses, mail, read

BOUNCE = """\
Hi. This is the qmail-send program at mx.example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<anna@example.org>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.
"""
BEA = "Bea Beispiel <bea@example.com>"


@pytest.mark.parametrize(
    ("writer", "return_path", "fields"),
    [
        ("MAILER-DAEMON@mx.example.net", "bea@example.com", {}),
        (BEA, "", {}),
        (BEA, "MAILER-DAEMON", {}),
        (BEA, None, {"auto_submitted": "auto-replied"}),
        (BEA, None, {"x_failed_recipients": "anna@example.org"}),
        ("Mail Delivery System <noreply@example.net>", None, {}),
        ("<>", None, {}),
    ],
)
def test_any_sign_of_a_program_is_enough(
    writer: str, return_path: str | None, fields: dict[str, str]
) -> None:
    assert addresses(read(mail(BOUNCE, writer, "Hello", return_path, **fields))) == ["anna@example.org"]


def test_the_subject_alone_is_enough_when_nothing_speaks_of_a_person() -> None:
    assert addresses(read(mail(BOUNCE, "admin@example.net", "failure notice", None))) == ["anna@example.org"]


@pytest.mark.parametrize(
    "subject", ["Fwd: failure notice", "WG: Unzustellbar: News", "Re: Undelivered Mail", "Help!"]
)
def test_a_subject_of_a_person_is_none_of_a_report(subject: str) -> None:
    assert read(mail(BOUNCE, BEA, subject, None)) is None


@pytest.mark.parametrize(
    "words",
    [
        "Hi all,\n\nwe see these all day:",
        "I got this, what now?",
        "Hallo zusammen,\n\nbitte prüfen:",
        "What does this mean?",
        "Können Sie das bitte ansehen:",
    ],
)
def test_a_person_who_pastes_a_report_under_its_own_subject_reports_nothing(words: str) -> None:
    assert read(mail(f"{words}\n\n{BOUNCE}", BEA, "failure notice", None)) is None


@pytest.mark.parametrize(
    "fields", [{"user_agent": "Mozilla Thunderbird"}, {"in_reply_to": "<1@example.net>"}]
)
def test_a_program_that_people_write_with_speaks_of_a_person(fields: dict[str, str]) -> None:
    assert read(mail(BOUNCE, BEA, "failure notice", None, **fields)) is None


def test_the_return_path_of_a_mailing_list_makes_no_report_of_a_letter() -> None:
    assert (
        read(mail(f"Look at this:\n\n{BOUNCE}", BEA, "Strange mail", "list-bounces@lists.example.net"))
        is None
    )


def test_a_quoted_report_names_nobody_even_when_a_program_quotes_it() -> None:
    quoted = "\n".join(f"> {line}" for line in BOUNCE.split("\n"))
    ticket = f"Your request was received:\n\n{quoted}"
    assert (
        read(mail(ticket, "support@example.net", "[Ticket#1] failure", None, auto_submitted="auto-replied"))
        is None
    )


def test_an_out_of_office_note_with_a_null_sender_is_no_report() -> None:
    note = "Guten Tag,\n\nich bin bis zum 14.03. nicht da. Schreiben Sie an vertretung@example.org.\n"
    assert read(mail(note, BEA, "Abwesenheitsnotiz: News", "")) is None


def test_no_dialect_raises_on_an_empty_mail() -> None:
    assert read(mail("")) is None
