"""What a mail is: machines that answer, complain, ask and report, and people who do none of that."""

import pytest

from mgtui.bounce import understand


def mail(subject="Hi", body="Hello", sender="erika@office.example", **fields):
    """Make a mail; header fields in keyword form, `_` for `-`."""
    head = {
        "From": sender,
        "To": "news@club.example",
        "Subject": subject,
        "Date": "Mon, 3 Mar 2025 09:12:44 +0100",
    }
    head |= {name.replace("_", "-"): value for name, value in fields.items()}
    head["Content-Type"] = "text/plain; charset=utf-8"
    return "".join(f"{name}: {value}\n" for name, value in head.items()).encode() + b"\n" + body.encode()


SUBJECTS = (
    "Automatische Antwort: Rundbrief",
    "Abwesenheitsnotiz: Rundbrief",
    "Out of Office: newsletter",
    "Out of office AutoReply: newsletter",
    "Automatic reply: newsletter",
    "Auto: newsletter",
    "Réponse automatique : lettre",
    "Respuesta automática: carta",
    "Resposta automática: carta",
    "Risposta automatica: lettera",
    "Automatisch antwoord: brief",
    "Odpowiedź automatyczna: list",
    "Autosvar: brev",
    "Automatické odpověď: dopis",
    "Автоответ: письмо",
    "自動返信: お知らせ",
    "自动回复: 通知",
    "Vacation reply",
    "I'm on vacation",
    "Absence du bureau",
)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_responder_is_known_by_its_subject_in_many_languages(subject):
    found = understand(mail(subject, "I am away.", Return_Path="<>"))
    assert found.kind == "auto_reply"


@pytest.mark.parametrize(
    "fields",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-replied (vacation)"},
        {"X_Autoreply": "yes"},
        {"X_Autorespond": "Re: news"},
        {"Precedence": "auto_reply"},
        {"X_MS_Exchange_Inbox_Rules_Loop": "erika@office.example"},
        {"X_Apple_Action": "VACATION"},
    ],
)
def test_a_responder_is_known_by_its_header_fields(fields):
    assert understand(mail("Re: newsletter", "Thanks for your mail.", **fields)).kind == "auto_reply"


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("Ich bin bis zum 14.03. nicht im Büro.", "2025-03-14"),
        ("Ich bin bis einschließlich 2. April im Urlaub.", "2025-04-02"),
        ("Ab Montag, den 17.03.2025 bin ich wieder da.", "2025-03-17"),
        ("I am out until March 14.", "2025-03-14"),
        ("I will be back on 7 January.", "2026-01-07"),
        ("I am returning to the office on April 1st, 2025.", "2025-04-01"),
        ("Je suis absente jusqu'au 14 mars 2025.", None),
        ("Estaré fuera hasta el 14/03/2025.", "2025-03-14"),
        ("Ik ben afwezig tot en met 14 mei 2025.", "2025-05-14"),
        ("3月14日まで不在にしております。", "2025-03-14"),
        ("I'm away from 3 March to 14 March 2025.", "2025-03-14"),
        ("Back in the office March 14th.", "2025-03-14"),
        ("Rückkehr: 14.03.2025", "2025-03-14"),
        ("Ab 3.3. bis 13.3. im Urlaub, ab 14.3. wieder da.", "2025-03-14"),
        ("Je suis absent du 3 au 14 mars.", "2025-03-14"),
        ("Estaré de vuelta el 14 de marzo.", "2025-03-14"),
        ("Sarò di ritorno il 14 marzo 2025", "2025-03-14"),
        ("Wracam 14 marca 2025", "2025-03-14"),
        ("Estarei de volta em 14/03/2025", "2025-03-14"),
        ("Вернусь 14 марта 2025", "2025-03-14"),
        ("3月14日に出社します", "2025-03-14"),
        ("我于3月3日至3月14日休假", "2025-03-14"),
        ("I am away until 14 March with no access to mail.", "2025-03-14"),
        ("I am away.", None),
        ("I am away until 99.99.", None),
    ],
)
def test_the_day_of_return_is_read_where_it_is_named(body, day):
    found = understand(mail("Automatic reply: news", body, Return_Path="<>"))
    assert found.returns_on in ((day, "2025-03-14") if "mars" in body else (day,))


@pytest.mark.parametrize(
    ("body", "address"),
    [
        (
            "Ich arbeite nicht mehr hier. Bitte schreiben Sie an zentrale@office.example.",
            "zentrale@office.example",
        ),
        ("My new e-mail address is erika@new.example", "erika@new.example"),
        ("Mon adresse a changé : erika@new.example", "erika@new.example"),
        ("Je ne fais plus partie de la société. Merci d'écrire à bo@office.example", "bo@office.example"),
        ("Non lavoro più qui, scrivere a bo@office.example", "bo@office.example"),
        ("Não trabalho mais aqui. Escreva para bo@office.example", "bo@office.example"),
        ("Я больше не работаю здесь. Пишите на bo@office.example", "bo@office.example"),
        ("我已离职，请联系 bo@office.example", "bo@office.example"),
        ("In dringenden Fällen wenden Sie sich an vertretung@office.example.", None),
        ("I no longer work here.", None),
    ],
)
def test_a_new_address_is_told_only_where_the_old_one_is_given_up(body, address):
    assert understand(mail("Automatic reply: news", body, Return_Path="<>")).new_address == address


ABSENCES = (
    "I am currently out of the office and will be back on Monday.",
    "Thank you for your email. I will answer when I am back.",
    "Ich bin derzeit nicht im Büro.",
    "Vielen Dank für Ihre Nachricht. Wir melden uns schnellstmöglich.",
    "Je suis absente du bureau.",
    "Estoy de vacaciones hasta el 14.",
    "Sono in ferie fino al 14.",
    "Ik ben met vakantie.",
    "Jestem na urlopie do 14.",
    "Estou de férias até 14.",
    "Я в отпуске до 14 марта.",
    "只今不在にしております。",
    "我正在休假。",
)


@pytest.mark.parametrize("body", ABSENCES)
def test_an_absence_without_a_title_of_its_own_is_known_where_a_machine_sent_it(body):
    assert understand(mail("Re: newsletter", body, Return_Path="<>")).kind == "auto_reply"
    assert understand(mail("Re: newsletter", body)).kind == "ordinary"


QUOTED = """Hello,

what shall I do about this?

> This is the mail system at host mx.office.example.
> <jo@away.example>: host mx.away.example said: 550 5.1.1 User unknown
> Final-Recipient: rfc822; jo@away.example
> Status: 5.1.1
"""
FORWARDED = QUOTED.replace("> ", "")


@pytest.mark.parametrize(
    "raw",
    [
        mail("Re: Undelivered Mail Returned to Sender", QUOTED),
        mail("Fwd: Undelivered Mail Returned to Sender", QUOTED),
        mail("WG: Unzustellbar: Rundbrief", FORWARDED),
        mail("Fwd: Delivery Status Notification (Failure)", FORWARDED),
        mail("Question about a bounce", FORWARDED),
        mail("Rechnung 4711", "Die Rechnung liegt bei. 550 Euro, bitte an buchhaltung@office.example."),
        mail("My mailbox", "Take me off, my mailbox jo@office.example is full and will be closed."),
        mail(
            "Ticket 550 5.1.1", "The ticket about unknown users is closed.", Auto_Submitted="auto-generated"
        ),
        mail("Cron <root@web1> backup", "/bin/sh: user unknown: a@b.example", sender="root@web1.example"),
        mail("Your mailbox is full", "Mailbox news@club.example is over quota. Log in.", Return_Path="<>"),
        mail("Meeting on Friday", "See you at ten, jo@away.example can't come.", Return_Path="<>"),
        mail("Vacation in Italy: our offers", "From 300 euros.", Precedence="bulk"),
        mail("Vacation request approved", "Your request was approved.", Auto_Submitted="auto-generated"),
        mail("Absence of Mr. Smith", "He is ill.", In_Reply_To="<1@a.example>"),
        mail("Postmaster's newsletter", "Five tips on deliverability.", sender="news@postmaster.example"),
    ],
)
def test_people_and_programs_that_report_nothing_are_ordinary(raw):
    found = understand(raw)
    assert found.kind == "ordinary"
    assert not found.recipients


def test_a_challenge_is_no_bounce():
    body = "Your message is held until you confirm it. Click the link to have your message delivered to jo@a.example."
    found = understand(mail("Please confirm your message", body, Return_Path="<>"))
    assert found.kind == "challenge"


def multipart(report_type, *parts, **fields):
    """Make a multipart/report of (content type, body) pairs."""
    head = {
        "From": "MAILER-DAEMON@mx.office.example",
        "To": "news@club.example",
        "Subject": "Report",
    } | fields
    text = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in head.items())
    text += f'Content-Type: multipart/report; report-type={report_type}; boundary="=_b"\n\n'
    text += "".join(f"--=_b\nContent-Type: {kind}\n\n{body}\n" for kind, body in parts)
    return (text + "--=_b--\n").encode()


def test_a_feedback_loop_complains_for_a_recipient():
    found = understand(
        multipart(
            "feedback-report",
            ("text/plain", "This is an abuse report."),
            ("message/feedback-report", "Feedback-Type: abuse\nOriginal-Rcpt-To: <jo@away.example>\n"),
            (
                "message/rfc822",
                "From: news@club.example\nTo: x@away.example\nMessage-ID: <7@club.example>\n\nHi",
            ),
        )
    )
    assert (found.kind, [r.recipient for r in found.recipients]) == ("complaint", ["jo@away.example"])
    assert found.original is not None
    assert found.original.message_id == "<7@club.example>"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("abuse", "abuse"),
        ("Auth-Failure", "auth_failure"),
        (" not-spam ", "not_spam"),
        ("[red]\x1b[31mnews", ""),
        ("", ""),
    ],
)
def test_a_feedback_loop_says_what_it_reports(said: str, reason: str):
    fields = f"Feedback-Type: {said}\nUser-Agent: loop/1\nOriginal-Rcpt-To: <jo@away.example>\n"
    found = understand(multipart("feedback-report", ("message/feedback-report", fields)))
    assert [(r.recipient, r.reason) for r in found.recipients] == [("jo@away.example", reason)]


def test_a_feedback_loop_that_hides_the_recipient_still_complains():
    found = understand(
        multipart(
            "feedback-report",
            ("message/feedback-report", "Feedback-Type: abuse\n"),
            ("message/rfc822", "From: news@club.example\nTo: jo@away.example\n\nHi"),
        )
    )
    assert (found.kind, [r.recipient for r in found.recipients]) == ("complaint", ["jo@away.example"])


def test_a_read_receipt_is_a_receipt():
    found = understand(
        multipart(
            "disposition-notification",
            ("text/plain", "Your message was displayed."),
            (
                "message/disposition-notification",
                "Final-Recipient: rfc822; jo@away.example\nDisposition: manual-action/MDN-sent-manually; displayed\n",
            ),
            From="jo@away.example",
        )
    )
    assert (found.kind, [r.recipient for r in found.recipients]) == ("receipt", ["jo@away.example"])


def test_a_filter_that_refuses_by_receipt_bounces():
    found = understand(
        multipart(
            "disposition-notification",
            ("text/plain", "Your message to <jo@away.example> was automatically rejected: Quota exceeded"),
            (
                "message/disposition-notification",
                "Final-Recipient: rfc822; jo@away.example\n"
                "Disposition: automatic-action/MDN-sent-automatically; deleted\n",
            ),
        )
    )
    assert (found.kind, found.recipients[0].reason) == ("bounce", "mailbox_full")


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("failed", "bounce"),
        ("delayed", "delayed"),
        ("delivered", "delivered"),
        ("relayed", "delivered"),
        ("expanded", "delivered"),
        ("Failed (retry time exceeded)", "bounce"),
    ],
)
def test_the_action_of_a_delivery_report_is_its_kind(action, kind):
    status = "2.0.0" if kind == "delivered" else "4.4.1"
    fields = f"Reporting-MTA: dns; a\n\nFinal-Recipient: rfc822; jo@away.example\nAction: {action}\nStatus: {status}\n"
    found = understand(
        multipart("delivery-status", ("text/plain", "See below."), ("message/delivery-status", fields))
    )
    assert (found.kind, [r.recipient for r in found.recipients]) == (kind, ["jo@away.example"])


def test_prose_that_tells_of_a_delivery_is_no_bounce():
    body = "Your message has been successfully relayed to the following recipients:\n\n  jo@away.example\n"
    found = understand(
        mail("Delivery Status Notification (Relay)", body, "postmaster@mx.example", Return_Path="<>")
    )
    assert (found.kind, [r.recipient for r in found.recipients]) == ("delivered", ["jo@away.example"])


def test_an_unsubscribe_mail_of_a_mail_program_is_a_complaint():
    body = "Apple Mail sent this email to unsubscribe from the list."
    found = understand(mail("unsubscribe", body, Auto_Submitted="auto-replied"))
    assert found.kind == "complaint"


def test_a_forwarded_report_with_a_tag_before_its_subject_is_a_persons() -> None:
    head = b"From: al@club.example\nTo: bo@club.example\nSubject: [EXTERNAL] Fwd: Undelivered Mail Returned to Sender\n"
    body = (
        b"\nCan you look at this?\n\n<jo@away.example>: host mx.away.example said: 550 5.1.1 User unknown\n"
    )
    assert understand(head + body).kind == "ordinary"
