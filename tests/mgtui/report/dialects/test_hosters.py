"""Notices of providers and servers that have no reader of their own, read by the grammar they share."""

import pytest

from tests.mgtui.report.dialects.mails import mail, read

NOTICES: dict[str, tuple[str, str, str]] = {
    "NetEase": (
        "Postmaster@mail.example.com",
        "系统退信",
        "抱歉，您的邮件被退回来了……\n主 题 ：News\n收件人：anna@example.org\n退信原因：\n"
        "邮件无法送达。\nSMTP error, RCPT TO: 550 5.1.1 User not found\n",
    ),
    "French provider": (
        "Mail Delivery Service <postmaster@mail.example.com>",
        "Echec de la remise du message",
        "Votre message n'a pas pu être transmis au(x) destinataire(s) suivant(s) :\n\n"
        "<anna@example.org>\n550 5.1.1 inconnu\n",
    ),
    "Exchange 2003 in German": (
        "Systemadministrator <postmaster@mail.example.com>",
        "Unzustellbar: News",
        "Ihre Nachricht hat einige oder alle Empfänger nicht erreicht.\n\n      Gesendet am:\t29.04.2010 18:14\n\n"
        "Folgende(r) Empfänger kann/können nicht erreicht werden:\n\n      anna@example.org am 29.04.2010 18:15\n"
        "            Die Adresse wurde nicht gefunden.\n            <mx.example.org #5.1.1 smtp;550 5.1.1 unknown>\n",
    ),
    "Exchange 2003 in French": (
        "Administrateur système <postmaster@mail.example.com>",
        "Non remis : News",
        "Impossible de joindre le(s) destinataire(s) suivant(s) :\n\n      anna@example.org le 29/04/2010 18:15\n"
        "            Le compte n'existe pas\n            <mx.example.org #5.1.1 smtp;550 5.1.1 unknown>\n",
    ),
    "Haraka": (
        "MAILER-DAEMON@mail.example.com",
        "failed mail",
        "Hi. This is the Haraka Mailer program at mail.example.com.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n\n"
        "Intended Recipients: <anna@example.org>\nFailure Reason: 550 5.1.1 no such user\n\n"
        "--- Below this line is a copy of the message.\n\nTo: bert@example.org\n",
    ),
    "James": (
        "postmaster@mail.example.com",
        "Re: News",
        "Hi. This is the James mail server at mail.example.com.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n\n"
        "Failed recipient(s):\nanna@example.org\n\nError message:\n550 5.1.1 unknown\n",
    ),
    "GMX in German": (
        "GMX Mailer Daemon <mailer-daemon@mail.example.com>",
        "Mail delivery failed: returning message to sender",
        "Eine von Ihnen gesendete Nachricht konnte an einen oder mehrere Empfänger nicht zugestellt werden. "
        "Die folgende(n) Adresse(n) schlugen fehl:\n\nanna@example.org:\n"
        "SMTP error from remote server for RCPT TO command, host: mx.example.org (192.0.2.1) reason: 550 "
        "5.1.1 unknown\n\n"
        "--- Der Header der Originalnachricht folgt. ---\n\nTo: bert@example.org\n",
    ),
    "Postfix in Russian": (
        "mailer-daemon@mail.example.com",
        "Письмо не доставлено",
        "Это почтовая система на сервере mail.example.com.\n\n"
        "<anna@example.org>: host mx.example.org[192.0.2.1] said: 550 5.1.1 unknown (in reply to\n"
        "    RCPT TO command)\n",
    ),
    "Exim without indents": (
        "MAILER-DAEMON@mail.example.com",
        "Mail delivery failed: returning message to sender",
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be "
        "delivered to one or more of its\n"
        "recipients. This is a permanent error. The following address(es) failed:\n\n"
        "anna@example.org\nhost mx.example.org: 550 5.1.1 unknown\n",
    ),
    "InterMail": (
        "Mail Administrator <Postmaster@mail.example.com>",
        "Mail System Error - Returned Mail",
        "This Message was undeliverable due to the following reason:\n\n"
        "Each of the following recipients was rejected by a remote mail server.\n\n"
        "    Recipient: <anna@example.org>\n"
        "    Reason:    550 5.1.1 <anna@example.org> user unknown\n\nPlease reply to <Postmaster@mail.example.com>\n",
    ),
}


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_of_a_provider_is_read(name: str) -> None:
    writer, subject, body = NOTICES[name]
    said = read(mail(body, writer, subject))
    assert said is not None and said.kind_hint == "bounce"
    assert [(one.final_recipient, one.status, one.reply_code) for one in said.recipients] == [
        ("anna@example.org", "5.1.1", 550)
    ]
