"""Sendmail 5 to 8, and what took over its dashed titles."""

from tests.mgtui.report.dialects.mails import addresses, mail, read


def test_reasons_and_the_session_belong_to_their_address() -> None:
    said = read(
        mail(
            """\
The original message was received at Mon, 2 Feb 2015 10:00:00 +0100
from relay.example.net [192.0.2.9]

   ----- The following addresses had permanent fatal errors -----
<anna@example.org>
    (reason: 550 5.1.1 <anna@example.org>... User unknown)
<bert@example.com>
    (reason: 552 5.2.2 Over quota)
    (expanded from: <team@example.net>)

   ----- Transcript of session follows -----
... while talking to mx.example.org.:
>>> RCPT To:<anna@example.org>
<<< 550 5.1.1 <anna@example.org>... User unknown
550 5.1.1 <anna@example.org>... User unknown
... while talking to mx.example.com.:
>>> DATA
<<< 552 5.2.2 Over quota
554 5.0.0 Service unavailable
""",
            subject="Returned mail: see transcript for details",
        )
    )
    assert said is not None and said.reader == "sendmail"
    anna, bert = said.recipients
    assert (anna.status, anna.reply_code, anna.remote_mta) == ("5.1.1", 550, "mx.example.org")
    assert (bert.status, bert.reply_code, bert.original_recipient) == ("5.2.2", 552, "team@example.net")


def test_the_envelope_of_a_local_failure_does_not_hide_the_servers_own_code() -> None:
    said = read(
        mail(
            "   ----- The following addresses had permanent fatal errors -----\n<anna@example.org>\n"
            "    (reason: 550 no such person)\n\n   ----- Transcript of session follows -----\n"
            ">>> DATA\n<<< 550 no such person\n554 5.0.0 Service unavailable\n"
        )
    )
    assert said is not None
    assert said.recipients[0].reply_code == 550


def test_sendmail_5_names_its_recipients_in_the_transcript_only() -> None:
    said = read(
        mail(
            """\
   ----- Transcript of session follows -----
While talking to mx.example.org:
>>> MAIL From:<sender@office.example>
<<< 250 ok
>>> RCPT To:<anna@example.org>
<<< 550 <anna@example.org>... User unknown
550 <anna@example.org>... User unknown
550 example.com (smtp)... 550 Host unknown
554 <bert@example.com>... 550 Host unknown (Authoritative answer from name server)
250 example.edu (smtp)... 250 Deferred

   ----- Unsent message follows -----
Received: by relay.example.net; (5.65/1.36) id 0000000;
To: cora@example.edu
""",
            subject="Returned mail: User unknown",
        )
    )
    assert addresses(said) == ["anna@example.org", "bert@example.com"]


def test_a_failed_pipe_stands_for_the_address_it_was_expanded_from() -> None:
    said = read(
        mail(
            "   ----- The following addresses had permanent fatal errors -----\n"
            '"|/usr/bin/procmail"\n    (reason: 77)\n    (expanded from: <anna@example.org>)\n'
        )
    )
    assert addresses(said) == ["anna@example.org"]


def test_transient_errors_with_a_warning_are_delayed() -> None:
    said = read(
        mail(
            "    **********************************************\n"
            "    **      THIS IS A WARNING MESSAGE ONLY      **\n"
            "    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n"
            "    **********************************************\n\n"
            "   ----- The following addresses had transient non-fatal errors -----\n<anna@example.org>\n\n"
            "   ----- Transcript of session follows -----\n"
            "<anna@example.org>... Deferred: Connection refused by mx.example.org.\n"
            "Warning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old\n",
            subject="Warning: could not send message for past 4 hours",
        )
    )
    assert said is not None and said.kind_hint == "delayed"
    assert "Connection refused" in said.recipients[0].diagnostic_code


def test_addresses_with_a_delivery_notification_are_delivered() -> None:
    said = read(
        mail(
            "   ----- The following addresses had successful delivery notifications -----\n"
            "<anna@example.org>  (successfully delivered to mailbox)\n",
            subject="Return receipt",
        )
    )
    assert said is not None and said.kind_hint == "delivered"


def test_what_stands_after_the_address_is_its_reason() -> None:
    for line in ("<anna@example.org>   (Unknown user anna)", "anna@example.org [Unknown user anna]"):
        said = read(mail(f"---The following addresses had delivery errors---\n{line}\n"))
        assert said is not None, line
        assert said.recipients[0].diagnostic_code == "Unknown user anna"
