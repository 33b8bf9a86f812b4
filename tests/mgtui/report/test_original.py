"""The returned mail is known in each of the ways in which reports return mails; the report's own header never is."""

import base64
import html
import quopri

import pytest

from mgtui.bounce import understand

MAIL = """\
Received: from pc by mx.club.example; Mon, 2 Mar 2026 09:00:00 +0100
From: Club News <news@club.example>
To: Jo <jo@away.example>
Subject: Spring
 newsletter
Message-ID: <77@club.example>
List-Id: News <news.club.example>
X-Category: newsletter
Date: Mon, 2 Mar 2026 09:00:00 +0100

Dear Jo,
hello
"""
HEADER = MAIL.partition("\n\n")[0] + "\n"
UNTRACED = MAIL.partition("\n")[2]
UNFOLDED = HEADER.replace("\n ", " ").splitlines()
REPORT = """\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.away.example>
To: bounces@club.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <report-1@mx.away.example>
Date: Mon, 2 Mar 2026 09:01:00 +0100
MIME-Version: 1.0
"""
NOTICE = "Your message could not be delivered.\n\n<jo@away.example>: 550 5.1.1 User unknown\n"
STATUS = (
    "Reporting-MTA: dns; mx.away.example\n\n"
    "Final-Recipient: rfc822; jo@away.example\nAction: failed\nStatus: 5.1.1\n"
)
INNER = "From: MAILER-DAEMON@inner.example\nSubject: Undelivered Mail\nMessage-ID: <inner-1@inner.example>\n"


def multipart(head, kind, boundary, *parts):
    """Make a multipart of (header, body) pairs."""
    text = f'{head}Content-Type: multipart/{kind}; boundary="{boundary}"\n\n'
    text += "".join(f"--{boundary}\n{header}\n\n{body}\n" for header, body in parts)
    return f"{text}--{boundary}--\n"


def report(header, body, head=REPORT, boundary="outer", status=STATUS):
    """Make a report that returns a mail in a part with this header."""
    notice, fields = (
        ("Content-Type: text/plain", NOTICE),
        ("Content-Type: message/delivery-status", status),
    )
    parts = (notice, fields, (header, body)) if header else (notice, fields)
    return multipart(head, "report; report-type=delivery-status", boundary, *parts)


def encoded(text):
    """Give a text in base64."""
    return base64.encodebytes(text.encode()).decode()


def quoted(text):
    """Give a text as quoted-printable."""
    return quopri.encodestring(text.encode()).decode()


def prose(text):
    """Make a report in plain words."""
    return f"{REPORT}Content-Type: text/plain; charset=utf-8\n\n{NOTICE}\n{text}"


def page(text, marker="<p>Original message headers:</p>"):
    """Make a report in HTML."""
    body = f"<p>Your message could not be delivered.</p><p>&lt;jo@away.example&gt;: 550 User unknown</p>{marker}{text}"
    return f"{REPORT}Content-Type: text/html; charset=utf-8\n\n<html><body>{body}</body></html>"


def each(prefix, text):
    """Put something before each line."""
    return "".join(f"{prefix}{line}\n" for line in text.splitlines())


def cells(line):
    """Give a field as a row of a table."""
    name, _, value = line.partition(": ")
    return f"<tr><td>{name}:</td><td>{html.escape(value)}</td></tr>"


B64 = "\nContent-Transfer-Encoding: base64"
QP = "\nContent-Transfer-Encoding: quoted-printable"
EML = 'Content-Type: application/octet-stream; name="original.eml"'
TXT = 'Content-Type: text/plain\nContent-Disposition: attachment; filename="header.txt"'
NESTED = report("Content-Type: message/rfc822", MAIL, INNER, "inner")
WAYS = {
    "attached": report("Content-Type: message/rfc822", MAIL),
    "its header only": report("Content-Type: text/rfc822-headers", HEADER),
    "after a blank line": report("Content-Type: text/rfc822-headers", "\n" + HEADER),
    "header quoted-printable": report("Content-Type: text/rfc822-headers" + QP, quoted(HEADER)),
    "header in base64": report("Content-Type: text/rfc822-headers" + B64, encoded(HEADER)),
    "base64": report("Content-Type: message/rfc822" + B64, encoded(MAIL)),
    "quoted-printable": report("Content-Type: message/rfc822" + QP, quoted(MAIL)),
    "RFC 6533": report("Content-Type: message/global", MAIL),
    "a file of bytes": report(EML, MAIL),
    "a file in base64": report(EML + B64, encoded(MAIL)),
    "a text file": report(TXT, HEADER),
    "plain part": report("Content-Type: text/plain; charset=us-ascii", HEADER),
    "CRLF": report("Content-Type: message/rfc822", MAIL).replace("\n", "\r\n"),
    "nested": report("Content-Type: message/rfc822", NESTED),
    "nested in mixed": multipart(
        REPORT, "mixed", "m", ("Content-Type: text/plain", NOTICE), ("Content-Type: message/rfc822", NESTED)
    ),
    "rule": prose("----- Original message -----\n\n" + MAIL),
    "rule in German": prose("-----Ursprüngliche Nachricht-----\n\n" + MAIL),
    "rule of qmail": prose("--- Below this line is a copy of the message.\n\n" + MAIL),
    "rule of Exim": prose("------ This is a copy of your message's headers. ------\n\n" + HEADER),
    "dashes": prose("------------------------------------------\n" + MAIL),
    "dashes, no trace": prose("------------------------------------------\n\n" + UNTRACED),
    "stars": prose("***** Original message *****\n" + MAIL),
    "no rule": prose("\n" + MAIL),
    "no rule, no trace": prose("\n" + UNTRACED),
    "mbox": prose("----- Unsent message follows -----\nFrom news@club.example Mon Mar  2 09:00\n" + MAIL),
    "quoted": prose("Your message was:\n\n" + each("> ", MAIL)),
    "quoted without a blank": prose(each(">", MAIL)),
    "quoted twice": prose(each(">> ", MAIL)),
    "quoted twice, apart": prose(each("> > ", MAIL)),
    "bars": prose("Original message:\n" + each("| ", MAIL)),
    "set in": prose("Message headers follow:\n\n" + each("    ", MAIL)),
    "set in by a tab": prose("Message headers follow:\n\n" + each("\t", MAIL)),
    "set in, no marker": prose(each("    ", MAIL)),
    "pre": page(f"<pre>{html.escape(HEADER)}</pre>"),
    "pre, no marker": page(f"<pre>{html.escape(HEADER)}</pre>", ""),
    "br": page("<br>\n".join(map(html.escape, UNFOLDED))),
    "div": page("".join(f"<div>{html.escape(line)}</div>" for line in UNFOLDED)),
    "table": page(f"<table>{''.join(map(cells, UNFOLDED))}</table>"),
}


@pytest.mark.parametrize("text", [pytest.param(text, id=way) for way, text in WAYS.items()])
def test_the_returned_mail_is_known_however_it_is_returned(text):
    found = understand(text.encode())
    assert (found.kind, [one.recipient for one in found.recipients]) == ("bounce", ["jo@away.example"])
    original = found.original
    assert original is not None
    assert original.message_id == "<77@club.example>"
    assert original.list_id == "News <news.club.example>"
    assert original.subject == "Spring newsletter"
    assert original.addressees == ("jo@away.example",)
    assert original.headers.get("x-category") == "newsletter"


@pytest.mark.parametrize(
    "status",
    [
        STATUS.replace("\n\n", "\nX-Original-Message-ID: <77@club.example>\n\n"),
        f"{STATUS}Original-Message-ID: <77@club.example>\n",
    ],
)
def test_a_report_may_name_the_mail_in_its_fields(status):
    original = understand(report("", "", status=status).encode()).original
    assert original is not None
    assert original.message_id == "<77@club.example>"


@pytest.mark.parametrize(
    "text",
    [
        prose(""),
        prose("Message-ID of this report: <report-1@mx.away.example>\n"),
        prose(
            each(
                "> ", "Message-ID: <report-1@mx.away.example>\nSubject: Undelivered Mail Returned to Sender\n"
            )
        ),
    ],
)
def test_the_report_itself_is_no_returned_mail(text):
    assert understand(text.encode()).original is None
