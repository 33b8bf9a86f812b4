"""Postfix, with and without its own words around the address lines."""

from tests.mgtui.report.dialects.mails import addresses, mail, read

INTRO = """\
This is the Postfix program at host mx.example.net.

I'm sorry to have to inform you that the message returned
below could not be delivered to one or more destinations.

For further assistance, please contact <postmaster@example.net>

                        The Postfix program

"""


def test_the_diagnosis_goes_on_in_the_indented_lines() -> None:
    said = read(
        mail(
            INTRO
            + """\
<anna@example.org>: host mx.example.org[192.0.2.1] said: 550 5.1.1
    <anna@example.org>... User unknown (in reply to RCPT TO command)

<bert@example.org>: Name service error for domain example.org: Host not
    found, try again
"""
        )
    )
    assert said is not None and said.reader == "postfix"
    anna, bert = said.recipients
    assert (anna.status, anna.reply_code, anna.remote_mta) == ("5.1.1", 550, "mx.example.org")
    assert anna.diagnostic_code.endswith("(in reply to RCPT TO command)")
    assert (bert.status, bert.reply_code) == (None, None)
    assert bert.diagnostic_code.endswith("Host not found, try again")


def test_whoever_is_asked_for_assistance_is_no_failed_recipient() -> None:
    assert addresses(read(mail(INTRO + "<anna@example.org>: mail forwarding loop\n"))) == ["anna@example.org"]


def test_the_expanded_address_keeps_the_one_that_was_mailed() -> None:
    said = read(mail(INTRO + "<new@example.org> (expanded from\n    <old@example.net>): user unknown\n"))
    assert said is not None
    assert said.recipients[0].final_recipient == "new@example.org"
    assert said.recipients[0].original_recipient == "old@example.net"


def test_a_warning_is_delayed() -> None:
    said = read(
        mail(
            "This is the mail system at host mx.example.net.\n\n"
            "# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\n\n"
            "Your message could not be delivered for more than 4 hour(s).\n"
            "It will be retried until it is 5 day(s) old.\n\n"
            "<anna@example.org>: connect to mx.example.org[192.0.2.1]:25: Connection timed out\n",
            subject="Delayed Mail (still being retried)",
        )
    )
    assert said is not None and said.kind_hint == "delayed"
    assert said.recipients[0].remote_mta == "mx.example.org"


def test_a_success_that_was_asked_for_is_delivered() -> None:
    said = read(
        mail(
            "This is the mail system at host mx.example.net.\n\n"
            "Enclosed is the mail delivery report that you requested.\n\n"
            "<anna@example.org>: delivery via mx.example.org[192.0.2.1]:25: 250 2.0.0 Ok\n",
            subject="Successful Mail Delivery Report",
        )
    )
    assert said is not None and said.kind_hint == "delivered"


def test_a_translated_notice_is_read_by_its_grammar() -> None:
    said = read(
        mail(
            "Dies ist das Mailsystem auf dem Host mx.example.net.\n\n"
            "Leider konnte Ihre Nachricht nicht zugestellt werden.\n\n"
            "<anna@example.org>: host mx.example.org[192.0.2.1] said: 550 5.1.1 unbekannt\n"
        )
    )
    assert addresses(said) == ["anna@example.org"]


def test_a_session_sent_to_the_postmaster_names_who_was_refused() -> None:
    said = read(
        mail(
            "Transcript of session follows.\n\n"
            " Out: 220 mx.example.net ESMTP\n In:  MAIL FROM:<a@example.net>\n Out: 250 2.1.0 Ok\n"
            " In:  RCPT TO:<anna@example.org>\n Out: 451 4.3.0 <anna@example.org>: Temporary lookup failure\n",
            subject="Postfix SMTP server: errors from mx.example.net[192.0.2.1]",
        )
    )
    assert said is not None
    assert [(one.final_recipient, one.status, one.reply_code) for one in said.recipients] == [
        ("anna@example.org", "4.3.0", 451)
    ]
