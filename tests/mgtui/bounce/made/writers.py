"""Servers that write reports: each puts a truth down in its own hand."""

from collections.abc import Callable
from typing import Final

from tests.mgtui.bounce.made.hand import VERB, groups, report, typed, usual
from tests.mgtui.bounce.made.truths import Truth
from tests.mgtui.bounce.made.written import Written


def postfix(truth: Truth) -> Written:
    """Write as Postfix does."""
    said = "\n".join(
        f"<{t.address}>: host mx.there.example[192.0.2.3] said: {t.answer} (in reply to\n    RCPT TO command)\n"
        for t in truth.told
    )
    prose = (
        "This is the mail system at host mx.office.example.\n\nYour message "
        f"{VERB[truth.kind]} to one or more recipients.\n\n                   The mail system\n\n{said}"
    )
    message = [("Reporting-MTA", "dns; mx.office.example"), ("X-Postfix-Queue-ID", "4711A")]
    return report(
        truth,
        prose,
        groups(truth, lambda t: usual(t, True), message),
        "MAILER-DAEMON@mx.office.example (Mail Delivery System)",
    )


def sendmail(truth: Truth) -> Written:
    """Write as Sendmail does."""
    names = "\n".join(f"<{t.address}>\n    (reason: {t.answer})" for t in truth.told)
    talk = "\n".join(f">>> RCPT To:<{t.address}>\n<<< {t.answer}" for t in truth.told)
    title = {
        "bounce": "The following addresses had permanent fatal errors",
        "delayed": "The following addresses had transient non-fatal errors",
        "delivered": "The following addresses had successful delivery notifications",
    }[truth.kind]
    prose = (
        "The original message was received at Mon, 3 Mar 2025 09:11:02 +0100\nfrom pc.office.example "
        f"[192.0.2.9]\n\n   ----- {title} -----\n{names}\n\n   ----- Transcript of session follows -----\n"
        f"... while talking to mx.there.example.:\n{talk}\n"
    )
    message = [
        ("Reporting-MTA", "dns; mx.office.example"),
        ("Received-From-MTA", "DNS; pc.office.example"),
        ("Arrival-Date", "Mon, 3 Mar 2025 09:11:02 +0100"),
    ]
    one = lambda t: [(n, v.replace("rfc822;", "RFC822;").replace("smtp;", "SMTP;")) for n, v in usual(t)]  # noqa: E731
    return report(
        truth,
        prose,
        groups(truth, one, message),
        "Mail Delivery Subsystem <MAILER-DAEMON@mx.office.example>",
    )


def exim(truth: Truth) -> Written:
    """Write as Exim does, since it sends fields."""
    said = "\n".join(
        f"  {t.address}\n    host mx.there.example [192.0.2.3]\n    SMTP error from remote mail server after "
        f"RCPT TO:<{t.address}>:\n    {t.answer}"
        for t in truth.told
    )
    prose = (
        "This message was created automatically by mail delivery software.\n\nA message that you sent "
        f"{VERB[truth.kind]} to one or more of its\nrecipients. The following address(es):\n\n{said}\n"
    )
    one = lambda t: [  # noqa: E731
        ("Action", t.action),
        ("Final-Recipient", typed(t.address).replace("; ", ";")),
        *([("Original-Recipient", typed(t.original))] if t.original else []),
        ("Status", t.status),
        ("Remote-MTA", "dns; mx.there.example"),
        ("Diagnostic-Code", f"smtp; {t.answer}"),
    ]
    return report(
        truth,
        prose,
        groups(truth, one, [("Reporting-MTA", "dns; mx.office.example")]),
        "Mail Delivery System <Mailer-Daemon@mx.office.example>",
        "Mail delivery failed: returning message to sender" if truth.kind == "bounce" else "",
    )


def exchange(truth: Truth) -> Written:
    """Write as Exchange does."""
    said = "\n".join(f"{t.address}\nmx.there.example #{t.answer} ##" for t in truth.told)
    title = "Delivery has failed to these recipients or groups:\n\n" if truth.kind == "bounce" else ""
    if truth.kind == "delayed":
        title = "Delivery to these recipients has been delayed, the server goes on trying:\n\n"
    if truth.kind == "delivered":
        title = "Your message has been delivered to the following recipients:\n\n"
    prose = f"{title}{said}\n\nDiagnostic information for administrators:\n\nGenerating server: mx.office.example\n"
    one = lambda t: [*usual(t), ("X-Display-Name", t.address.partition("@")[0])]  # noqa: E731
    fields = groups(
        truth,
        one,
        [("Reporting-MTA", "dns;mx.office.example"), ("Arrival-Date", "Mon, 3 Mar 2025 08:11:02 +0000")],
    )
    daemon = "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@office.example"
    subject = {
        "bounce": "Undeliverable: Your order 4711",
        "delayed": "Delivery delayed: Your order 4711",
        "delivered": "Delivered: Your order 4711",
    }[truth.kind]
    return report(truth, prose, fields, daemon, subject)


def domino(truth: Truth) -> Written:
    """Write as Domino does."""
    said = "\n".join(f"        {t.address}:\n          {t.answer}" for t in truth.told)
    prose = f"Your message\n\n  Subject: Your order 4711\n\n{VERB[truth.kind]} to:\n\n{said}\n"
    fields = groups(truth, lambda t: usual(t, mta=""), [("Reporting-MTA", "dns;domino.office.example")])
    subject = "DELIVERY FAILURE: Your order 4711" if truth.kind == "bounce" else ""
    return report(truth, prose, fields, "Postmaster@office.example", subject)


def ses(truth: Truth) -> Written:
    """Write as SES does."""
    said = "\n".join(f"{t.address}\n  {t.answer}" for t in truth.told)
    prose = f"An error occurred while trying to deliver the mail to the following recipients:\n{said}\n"
    if truth.kind != "bounce":
        prose = f"The mail {VERB[truth.kind]} to the following recipients:\n{said}\n"
    one = lambda t: [  # noqa: E731
        *([("Original-Recipient", typed(t.original))] if t.original else []),
        ("Final-Recipient", typed(t.address).replace("; ", ";")),
        ("Action", t.action),
        ("Diagnostic-Code", f"smtp; {t.answer}"),
        ("Status", t.status),
    ]
    return report(
        truth,
        prose,
        groups(truth, one, [("Reporting-MTA", "dns; a8-31.smtp-out.ses.example")]),
        "MAILER-DAEMON@ses.example",
        "Delivery Status Notification (Failure)" if truth.kind == "bounce" else "",
    )


def james(truth: Truth) -> Written:
    """Write as James does: the fields first name the MTA that the mail came from."""
    said = "\n".join(f"{t.address}: {t.answer}" for t in truth.told)
    prose = f"Hi. This is the James mail server at mx.office.example.\nYour message {VERB[truth.kind]} to:\n\n{said}\n"
    message = [("Reporting-MTA", "dns; mx.office.example"), ("Received-From-MTA", "dns; 192.0.2.9")]
    one = lambda t: [(n, v.replace("smtp; ", "X-James; ")) for n, v in usual(t)]  # noqa: E731
    return report(truth, prose, groups(truth, one, message), "postmaster@mx.office.example")


def google(truth: Truth) -> Written:
    """Write as Google does."""
    said = "\n".join(
        f"Your message {VERB[truth.kind]} to {t.address}.\n\nThe response from the remote server was:\n\n{t.answer}\n"
        for t in truth.told
    )
    fields = groups(
        truth,
        usual,
        [("Reporting-MTA", "dns; mail.example"), ("Arrival-Date", "Mon, 03 Mar 2025 00:11:02 -0800 (PST)")],
    )
    word = {"bounce": "Failure", "delayed": "Delay", "delivered": "Success"}[truth.kind]
    return report(
        truth,
        said,
        fields,
        "Mail Delivery Subsystem <mailer-daemon@mail.example>",
        f"Delivery Status Notification ({word})",
    )


def powermta(truth: Truth) -> Written:
    """Write as PowerMTA does."""
    said = "\n".join(f"<{t.address}> (Not delivered):\n{t.answer}" for t in truth.told)
    if truth.kind != "bounce":
        said = "\n".join(t.address for t in truth.told)
    prose = f"Hello, this is the mail server on mx.office.example.\n\nYour message {VERB[truth.kind]} to:\n\n{said}\n"
    message = [
        ("Reporting-MTA", "dns;mx.office.example"),
        ("X-PowerMTA-VirtualMTA", "vmta1"),
        ("X-PowerMTA-BounceCategory", "other"),
    ]
    one = lambda t: [  # noqa: E731
        ("Original-Recipient", typed(t.original or t.address).replace("; ", ";")),
        ("Final-Recipient", typed(t.address).replace("; ", ";")),
        ("Action", t.action),
        ("Status", t.status),
        ("Remote-MTA", "dns;mx.there.example (192.0.2.3)"),
        ("Diagnostic-Code", f"smtp;{t.answer}"),
    ]
    return report(truth, prose, groups(truth, one, message), returned_type="text/rfc822-headers")


def messaging_server(truth: Truth) -> Written:
    """Write as the Messaging Server of iPlanet, Sun and Oracle does."""
    said = "\n".join(
        f"  Recipient address: {t.address}\n  Reason: Remote SMTP server has answered\n"
        f"  Diagnostic code: smtp;{t.answer}\n"
        for t in truth.told
    )
    done = f"Your message {VERB[truth.kind]} to the following recipients:"
    prose = f"This report relates to a message you sent. {done}\n\n{said}"
    one = lambda t: [(n, v.replace("smtp; ", "smtp;")) for n, v in usual(t, True)]  # noqa: E731
    return report(
        truth,
        prose,
        groups(truth, one, [("Reporting-MTA", "dns;mx.office.example (tcp-daemon)")]),
        "Internet Mail Delivery <postmaster@mx.office.example>",
        "Delivery Notification: Delivery has failed" if truth.kind == "bounce" else "",
    )


def opensmtpd(truth: Truth) -> Written:
    """Write as OpenSMTPD does."""
    said = "\n".join(f"{t.address}: {t.answer}" for t in truth.told)
    prose = (
        "    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\n    Your message "
        f"{VERB[truth.kind]} to these recipients:\n\n{said}\n\n    Below is a copy of the original message:\n"
    )
    fields = groups(truth, lambda t: usual(t, mta=""), [("Reporting-MTA", "dns; mx.office.example")])
    return report(
        truth,
        prose,
        fields,
        "Mailer Daemon <MAILER-DAEMON@mx.office.example>",
        returned_type="text/rfc822-headers",
    )


def globalreport(truth: Truth) -> Written:
    """Write as RFC 6533 has it, addresses in UTF-8."""
    mail = postfix(truth)
    mail.pieces[0].charset = "utf-8"
    mail.pieces[1].content_type = "message/global-delivery-status"
    mail.pieces[1].text = mail.pieces[1].text.replace("rfc822;", "utf-8;")
    mail.pieces[2].content_type = "message/global"
    return mail


WRITERS: Final[dict[str, Callable[[Truth], Written]]] = {
    one.__name__: one
    for one in (
        postfix,
        sendmail,
        exim,
        exchange,
        domino,
        ses,
        james,
        google,
        powermta,
        messaging_server,
        opensmtpd,
        globalreport,
    )
}
