"""Mails for the tests of the screens: short, made up, always the same."""

from base64 import b64encode


def report(
    address: str, status: str = "5.1.1", diagnostic: str = "550 5.1.1 User unknown", number: int = 1
) -> bytes:
    """Write a delivery report about one address."""
    return f"""\
From: MAILER-DAEMON@mx.office.example
To: bounces@office.example
Subject: Undelivered Mail Returned to Sender
Date: Mon, 2 Nov 2026 09:{number:02}:00 +0000
Message-ID: <report-{number}@mx.office.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This mail could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.office.example

Final-Recipient: rfc822; {address}
Action: failed
Status: {status}
Diagnostic-Code: smtp; {diagnostic}

--b
Content-Type: text/rfc822-headers

From: news@office.example
To: {address}
Subject: News of November
Message-ID: <news-{number}@office.example>
X-Mailing-Category: newsletter

--b--
""".replace("\n", "\r\n").encode()


def letter(sender: str, subject: str | bytes, text: str | bytes = "Good day\n", number: int = 1) -> bytes:
    """Write an ordinary mail; subject and text may be any bytes."""
    subject = subject.encode() if isinstance(subject, str) else subject
    text = text.encode() if isinstance(text, str) else text
    head = f"From: {sender}\r\nTo: mail@office.example\r\nDate: Tue, 3 Nov 2026 10:{number:02}:00 +0000\r\n"
    head += f"Message-ID: <letter-{number}@far.example>\r\nMIME-Version: 1.0\r\n"
    head += "Content-Type: text/plain; charset=utf-8\r\nSubject: "
    return head.encode() + subject + b"\r\n\r\n" + text.replace(b"\n", b"\r\n")


def letter_with_files(sender: str, subject: str, files: dict[str, bytes], number: int = 1) -> bytes:
    """Write a letter with attachments, their names as they are given."""
    parts = "".join(
        f'--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename="{name}"\n'
        f"Content-Transfer-Encoding: base64\n\n{b64encode(content).decode()}\n"
        for name, content in files.items()
    )
    head = letter(sender, subject, number=number).partition(b"Content-Type")[0].decode()
    head += f'Subject: {subject}\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n'
    return (
        f"{head}Content-Type: text/plain\n\nSee below.\n{parts}--b--\n".replace("\r\n", "\n")
        .replace("\n", "\r\n")
        .encode()
    )


CONTACTS = """\
id,name,addresses,lists,city
k001,Anna Berg,anna@berg.example anna.berg@post.example,newsletter,Nordheim
k002,Berg & Sohn,info@berg.example,newsletter,Nordheim
k003,Cafe Morgen,kaffee@morgen.example,newsletter,Auental
k004,Dora Vogel,dora@vogel.example vogel@heim.example,,Auental
k005,Emil Vogel,emil@vogel.example vogel@heim.example,,Auental
k006,Fritz Holm,fritz@holm.example,newsletter,Ostersiel
k007,Gasthof Linde,linde@gasthof.example,newsletter,Ostersiel
"""

#: what lies in the mailbox: five for the queue, four for the import list, the others decided
MAILS = (
    report("anna.neu@berg.example", number=1),
    report("kaffee@morgen.example", number=2),
    report("fritz.holm@alt.example", "5.1.2", "550 5.1.2 Host unknown", number=3),
    report("vogel@heim.example", number=4),
    report("linde@gasthof.example", "4.2.2", "452 4.2.2 Mailbox full", number=5),
    letter("anna@berg.example", "The papers for October", number=6),
    letter("a.berg@berg.example", "New address, same Anna", number=7),
    letter("vogel@heim.example", "From both of us", number=8),
    letter("shop@bargains.example", "Only today: chairs", number=9),
    report("nobody@gone.example", number=10),
    report("somebody@gone.example", number=11),
    letter("dora@vogel.example", "Receipts", number=12),
    letter("g.linde@gasthof.example", "Our menu", number=13),
)
