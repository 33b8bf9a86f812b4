"""Gmail, Workspace and Groups."""

import pytest

from tests.mgtui.report.dialects.mails import addresses, mail, read

GOOGLE = "Mail Delivery Subsystem <mailer-daemon@googlemail.com>"


def test_the_old_form_lists_the_recipient() -> None:
    said = read(
        mail(
            """\
Delivery to the following recipient failed permanently:

     anna@example.org

Technical details of permanent failure:
Google tried to deliver your message, but it was rejected by mx.example.org. [192.0.2.1].

The error that the other server returned was:
550 5.1.1 <anna@example.org>... User unknown

----- Original message -----

To: bert@example.org
""",
            GOOGLE,
            "Delivery Status Notification (Failure)",
        )
    )
    assert said is not None and said.reader == "google"
    one = said.recipients[0]
    assert (one.final_recipient, one.status, one.reply_code) == ("anna@example.org", "5.1.1", 550)
    assert len(said.recipients) == 1


def test_a_delay_is_delayed() -> None:
    said = read(
        mail(
            "THIS IS A WARNING MESSAGE ONLY.\n\nYOU DO NOT NEED TO RESEND YOUR MESSAGE.\n\n"
            "Delivery to the following recipient has been delayed:\n\n     anna@example.org\n\n"
            "Message will be retried for 2 more day(s)\n",
            GOOGLE,
            "Delivery Status Notification (Delay)",
        )
    )
    assert said is not None and said.kind_hint == "delayed"


@pytest.mark.parametrize(
    "sentence",
    [
        "Your message wasn't delivered to anna@example.org because the address couldn't be found.",
        "There was a problem delivering your message to anna@example.org. See the technical details below.",
        "Ihre Nachricht wurde nicht an anna@example.org zugestellt, weil die Adresse nicht gefunden wurde.",
    ],
)
def test_the_new_form_names_the_recipient_in_a_sentence(sentence: str) -> None:
    said = read(
        mail(
            f"** Address not found **\n\n{sentence}\n\n"
            "The response from the remote server was:\n550 5.1.1 The account bert@example.org does not exist.\n",
            GOOGLE,
        )
    )
    assert said is not None
    assert [(one.final_recipient, one.status) for one in said.recipients] == [("anna@example.org", "5.1.1")]


def test_a_group_that_does_not_exist_is_the_recipient() -> None:
    said = read(
        mail(
            "Hello sender@office.example,\n\nWe're writing to let you know that the group you tried to contact "
            "(our-club) may not exist, or you may not have permission to post messages to the group.\n",
            GOOGLE,
        )
    )
    assert addresses(said) == ["our-club@googlegroups.com"]
