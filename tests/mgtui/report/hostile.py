"""Mails made to break a parser: each is a shape that costs others seconds, gigabytes or an exception."""

from collections.abc import Callable

REPORT = b"Return-Path: <>\nFrom: MAILER-DAEMON@a.example\nSubject: Undelivered Mail Returned to Sender\n"
DSN = REPORT + b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"


def _plain(body: bytes, header: bytes = b"") -> bytes:
    return REPORT + header + b"Content-Type: text/plain\n\n" + body


def _status(fields: bytes) -> bytes:
    return DSN + b"--b\n\nfailed\n--b\nContent-Type: message/delivery-status\n\n" + fields + b"\n--b--\n"


def _html(body: bytes) -> bytes:
    return REPORT + b"Content-Type: text/html\n\n" + body


def _encoded(encoding: bytes, body: bytes) -> bytes:
    return REPORT + b"Content-Transfer-Encoding: " + encoding + b"\n\n" + body


def _file(encoding: bytes, line: bytes, size: int) -> bytes:
    head = DSN + b"--b\n\nhi\n--b\nContent-Type: application/pdf\nContent-Transfer-Encoding: " + encoding
    return head + b"\n\n" + line * (size // len(line)) + b"\n--b--\n"


def _nested(depth: int) -> bytes:
    head = REPORT
    for level in range(depth):
        head += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level)
    return head + b"\ntext\n"


def _nested_rfc822(depth: int) -> bytes:
    return REPORT + b"Content-Type: message/rfc822\n\n" * depth + b"text"


_CHARSETS = (
    "idna",
    "punycode",
    "zlib",
    "unicode_escape",
    "utf-16",
    "utf-32",
    "utf-7",
    "undefined",
    "x\0y",
    "hz",
)

SHAPES: dict[str, Callable[[], bytes]] = {
    # Nothing, and nothing much.
    "no bytes": lambda: b"",
    "one newline": lambda: b"\n",
    "one NUL": lambda: b"\0",
    "one colon": lambda: b":",
    "a boundary and nothing": lambda: b"--b",
    "every byte": lambda: bytes(range(256)) * 40,
    "a megabyte of NUL": lambda: b"\0" * 1_000_000,
    "a megabyte of 0xff": lambda: b"\xff" * 1_000_000,
    "a megabyte of spaces": lambda: b" " * 1_000_000,
    "a megabyte of tabs and newlines": lambda: b"\t\n" * 500_000,
    "a megabyte of CR": lambda: b"\r" * 1_000_000,
    "a megabyte of CR CR LF": lambda: b"a: b\r\r\n" * 150_000,
    "a megabyte of colons": lambda: b":" * 1_000_000,
    "25 MB of newlines": lambda: b"\n" * 25_000_000,
    "25 MB of newlines in a body": lambda: REPORT + b"\n" * 25_000_000,
    # Mails of 100 MB, as scanners and phones send them, and damaged.
    "100 MB of base64": lambda: _file(b"base64", b"QUJD" * 19 + b"\r\n", 100_000_000),
    "100 MB of quoted-printable": lambda: _file(b"quoted-printable", b"=41" * 25 + b"=\r\n", 100_000_000),
    "100 MB of quoted-printable in one line": lambda: _file(b"quoted-printable", b"=41", 100_000_000),
    "100 MB of text": lambda: _plain(b"the quick brown fox, 550 5.1.1\n" * 3_200_000),
    "100 MB of returned mail": lambda: (
        DSN + b"--b\n\nfailed\n--b\nContent-Type: message/rfc822\n\nSubject: a\n\n" + b"x\n" * 50_000_000
    ),
    "100 MB of delimiters": lambda: DSN + b"--c\n" * 25_000_000,
    "100 MB of CR CR LF": lambda: REPORT.replace(b"\n", b"\r\r\n") + b"hello\r\r\n" * 12_500_000,
    "100 MB of CR": lambda: REPORT.replace(b"\n", b"\r") + b"hello\r" * 16_600_000,
    "50 MB of files of 50 kB": lambda: (
        DSN + (b"--b\nContent-Disposition: attachment; filename=a\n\n" + b"QUJD\n" * 10_000) * 1_000
    ),
    # Headers.
    "10,000 distinct headers": lambda: b"".join(b"X-%d: 1\n" % n for n in range(10_000)) + b"\nhi",
    "100,000 distinct headers": lambda: b"".join(b"X-%d: 1\n" % n for n in range(100_000)) + b"\nhi",
    "24 MB of header lines": lambda: b"X-A: aaaaaaaaaaaaaaaaaaaaaaaa\n" * 800_000,
    "a header that never ends": lambda: b"Subject: " + b"a" * 5_000_000,
    "a million folded lines": lambda: b"Subject: a\n" + b" b\n" * 1_000_000,
    "blank folded lines": lambda: b"Subject: a\n" + b" \n" * 300_000,
    "a header name of a megabyte": lambda: b"a" * 1_000_000 + b": b\n\nc",
    "100,000 To fields": lambda: b"To: a@b.example\n" * 100_000,
    "a To of 100,000 addresses": lambda: b"To: " + b"a@b.example, " * 100_000 + b"\n\nhi",
    "a From of open quotes": lambda: b"From: " + b'"\\' * 200_000 + b"\n\nhi",
    "a From of brackets": lambda: b"From: " + b"<" * 300_000 + b"\n\nhi",
    "a From of parentheses": lambda: b"From: " + b"(" * 300_000 + b"\n\nhi",
    "a From of at-signs": lambda: b"From: " + b"a@" * 300_000 + b"\n\nhi",
    "a group without an end": lambda: b"To: a:" * 100_000 + b"\n\nhi",
    "a Date of digits": lambda: b"Date: " + b"1 " * 300_000 + b"\n\nhi",
    "a Date beyond years": lambda: b"Date: 31 Feb 9999 99:99:99 +9999\n\nhi",
    "a Content-Type of semicolons": lambda: b'Content-Type: a="' + b";" * 300_000 + b'"\n\nhi',
    "20,000 semicolons": lambda: b"Content-Type: text/plain" + b";" * 20_000 + b"\n\nhi",
    "100,000 parameters": lambda: b"Content-Type: text/plain" + b"; a=b" * 100_000 + b"\n\nhi",
    "RFC 2231 with 100,000 segments": lambda: (
        b"Content-Disposition: attachment" + b"".join(b"; filename*%d*=a" % n for n in range(100_000)) + b"\n\nhi"
    ),
    "RFC 2231 with a bad charset": lambda: b"Content-Disposition: attachment; filename*=x-none'%ff%00\n\nhi",
    "RFC 2231 with NUL": lambda: b"Content-Type: text/plain; name*=utf-8'\0'%00a\n\nhi",
    "RFC 2231 with a huge number": lambda: b"Content-Type: text/plain; name*" + b"9" * 5000 + b"=a\n\nhi",
    "100,000 encoded words": lambda: b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\nhi",
    "encoded words that never end": lambda: b"Subject: " + b"=?utf-8?b?" * 100_000 + b"\n\nhi",
    "encoded words of question marks": lambda: b"Subject: =?" + b"?" * 300_000 + b"\n\nhi",
    "encoded words in 500 charsets": lambda: (
        b"Subject: " + b" ".join(b"=?x-%d?q?a?=" % n for n in range(500)) + b"\n\nhi"
    ),
    "base64 of NUL in a subject": lambda: b"Subject: =?utf-8?b?AAAAA?=\n\nhi",
    "a return path of equal signs": lambda: b"To: " + b"a=" * 100_000 + b"@b.example\n" + REPORT + b"\nhi",
    # Multiparts.
    "100,000 parts": lambda: DSN + b"--b\n\nx\n" * 100_000,
    "a million closing delimiters": lambda: DSN + b"--b--\n" * 1_000_000,
    "a million almost-delimiters": lambda: DSN + b"--bb\n" * 1_000_000,
    "a million lines of two dashes": lambda: DSN + b"--\n" * 1_000_000,
    "a boundary of dashes": lambda: REPORT + b'Content-Type: multipart/mixed; boundary="-"\n\n' + b"---\n" * 300_000,
    "a boundary of a megabyte": lambda: (
        REPORT + b"Content-Type: multipart/mixed; boundary=" + b"b" * 1_000_000 + b"\n\n--" + b"b" * 1_000_000
    ),
    "an empty boundary": lambda: REPORT + b'Content-Type: multipart/mixed; boundary=""\n\n--\n\nx\n--\n\ny\n',
    "300 nested multiparts": lambda: _nested(300),
    "5,000 nested multiparts": lambda: _nested(5_000),
    "300 nested multiparts and 5 MB": lambda: _nested(300) + b"x\n" * 2_500_000,
    "nested multiparts of one boundary": lambda: (
        REPORT + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 3_000
    ),
    "10,000 mails within mails": lambda: _nested_rfc822(10_000),
    "parts that are all header": lambda: DSN + b"--b\nX-A: b\n" * 100_000,
    "a part header of 5 MB": lambda: DSN + b"--b\n" + b"X-A: b\n" * 700_000,
    "a multipart cut off": lambda: DSN + b"--b\nContent-Type: message/delivery-st",
    "a report without its boundary": lambda: DSN.replace(b"; boundary=b", b"") + b"--b\n\nx\n--b--",
    "1,000 files": lambda: DSN + b"--b\nContent-Disposition: attachment; filename=a\n\nx\n" * 1_000,
    # Bodies.
    "5 MB of one line": lambda: _plain(b"a" * 5_000_000),
    "base64 of nothing valid": lambda: _encoded(b"base64", b"!" * 3_000_000),
    "base64 cut short": lambda: _encoded(b"base64", b"QUJD" * 100_000 + b"Q"),
    "base64 of newlines": lambda: _encoded(b"base64", b"CgoKCgoK" * 400_000),
    "base64 in lines of one character": lambda: _encoded(b"base64", b"Q\n" * 1_000_000),
    "quoted-printable of equal signs": lambda: _encoded(b"quoted-printable", b"=" * 3_000_000),
    "quoted-printable that never ends a line": lambda: _encoded(b"quoted-printable", b"a=\n" * 1_000_000),
    "quoted-printable newlines": lambda: _encoded(b"quoted-printable", b"=0A" * 1_000_000),
    "uuencode without an end": lambda: _encoded(b"x-uuencode", b"begin 644 a\n" + b"M" * 1_000_000),
    "uuencode of wrong lengths": lambda: _encoded(b"x-uuencode", b"begin 644 a\n" + b"~~~\n" * 300_000),
    "an unknown transfer encoding": lambda: _encoded(b"x-rot13; " + b"a" * 50_000, b"hi"),
    **{
        f"the charset {name!r}": lambda name=name: (  # type: ignore[misc]
            REPORT + b"Content-Type: text/plain; charset=" + name.encode() + b"\n\n" + b"+-a\xff~{\x1b$B" * 100_000
        )
        for name in _CHARSETS
    },
    # HTML.
    "a million open tags": lambda: _html(b"<" * 1_000_000),
    "a million divs": lambda: _html(b"<div>" * 300_000),
    "comments that never end": lambda: _html(b"<!--" * 300_000),
    "a style that never ends": lambda: _html(b"<style>" + b"a{}" * 500_000),
    "character references of digits": lambda: _html(b"&#" + b"9" * 500_000),
    "a million ampersands": lambda: _html(b"&" * 1_000_000),
    "character references beyond Unicode": lambda: _html(b"&#x7fffffff;&#1114112;&#xD800;" * 30_000),
    "one paragraph of 500,000 tags": lambda: _html(b"<b>a</b>" * 100_000),
    # Reports.
    "100,000 recipients": lambda: _status(b"Final-Recipient: rfc822; a@b.example\nAction: failed\n\n" * 100_000),
    "distinct recipients": lambda: _status(
        b"".join(b"Final-Recipient: rfc822; a%d@b.example\nAction: failed\n\n" % n for n in range(20_000))
    ),
    "recipients that the prose names over and over": lambda: (
        _status(b"".join(b"Final-Recipient: rfc822; a%d@b.example\nStatus: 5.1.1\n\n" % n for n in range(2_000)))
    ).replace(b"failed\n", b"".join(b"a%d@b.example 550 no\n" % (n % 2_000) for n in range(20_000)), 1),
    "twenty recipients on every line": lambda: (
        _status(
            b"".join(b"Final-Recipient: rfc822; a%d@b.example\nDiagnostic-Code: x; no\n\n" % n for n in range(20))
        )
    ).replace(b"failed\n", b" ".join(b"a%d@b.example" % n for n in range(20)) * 20_000, 1),
    "a status of digits": lambda: _status(b"Final-Recipient: rfc822; a@b.example\nStatus: " + b"5." * 500_000),
    "a diagnosis of a megabyte": lambda: _status(
        b"Final-Recipient: rfc822; a@b.example\nDiagnostic-Code: smtp; " + b"550 5.1.1 " * 100_000
    ),
    "a diagnosis of 100,000 folded lines": lambda: _status(
        b"Final-Recipient: rfc822; a@b.example\nDiagnostic-Code: smtp; 550\n" + b" user\n" * 100_000
    ),
    "a source route without an end": lambda: _status(b"Final-Recipient: rfc822; " + b"@a," * 300_000),
    "types upon types": lambda: _status(b"Final-Recipient: " + b"rfc822;" * 150_000),
    "100,000 X-Failed-Recipients": lambda: REPORT + b"X-Failed-Recipients: a@b.example\n" * 100_000 + b"\nfailed",
    "prose of addresses": lambda: _plain(b"could not be delivered to\n" + b"a@b.example\n" * 100_000),
    "one line of addresses": lambda: _plain(b"could not be delivered to " + b"<a@b.example> " * 100_000),
    "prose of at-signs": lambda: _plain(b"could not be delivered to\n" + b"@" * 1_000_000),
    "prose of user": lambda: _plain(b"user address mailbox " * 100_000),
    "prose of codes": lambda: _plain(b"550 5.1.1 " * 100_000),
    "prose of copies": lambda: _plain(b"--- this is a copy of the message ---\n" * 50_000),
    "prose of received fields": lambda: _plain(b"Received: from a\n\n" * 100_000),
    "a transcript without an end": lambda: _plain(b">>> RCPT To:<a@b.example>\n<<< 550 no\n" * 50_000),
    "JSON without an end": lambda: _plain(b'{"notificationType":"Bounce","a":' + b"[" * 500_000),
    "an automatic reply of dates": lambda: (
        b"Auto-Submitted: auto-replied\nFrom: a@b.example\nSubject: Out of office\n"
        b"Date: Mon, 3 Mar 2025 09:12:44 +0100\n\n"
        + b"until " * 100_000
        + b"bis zum 99.99. "
        * 10_000
    ),
}  # fmt: skip


def _prose(lines: list[bytes]) -> bytes:
    return REPORT + b"\ncould not be delivered to:\n" + b"\n".join(lines)


SHAPES |= {
    "prose of twenty addresses on every line": lambda: _prose(
        [
            b"".join(b"<a%d.%d@b.example>: 550 no such user full " % (n, k) for k in range(20))
            for n in range(400)
        ]
    ),
    "prose of long lines": lambda: _prose(
        [b"<a%d@b.example>: " % n + b"user unknown 550 " * 200 for n in range(400)]
    ),
    "prose of sentences": lambda: _prose(
        [b"user address x%d@b.example mailbox is full, 550 " % n * 30 for n in range(400)]
    ),
    "prose of blocks": lambda: _prose(
        [b"a%d@b.example\n    host x said: 550 5.1.1 no\n" % n for n in range(3_000)]
    ),
}

_SENT_ON = (
    REPORT
    + b"Content-Type: multipart/mixed; boundary=m\n\n--m\n\nsent on\n--m\nContent-Type: message/rfc822\n\n"
)

SHAPES |= {
    "a thousand reports within reports": lambda: _SENT_ON * 1_000 + b"\n--m--\n",
    "a report of 20 MB within a mail": lambda: (
        _SENT_ON + _status(b"Final-Recipient: rfc822; a@b.example\n" * 550_000)
    ),
    "fields that are quoted deeply": lambda: _status(
        b"> " * 40 + b"Final-Recipient: rfc822; a@b.example\n" * 100_000
    ),
    "blocks without a name": lambda: _status(b"Action: failed\nStatus: 5.1.1\n\n" * 50_000),
    "fields with a blank line behind each": lambda: _status(b"Action: failed\n\nStatus: 5.1.1\n\n" * 50_000),
    "a megabyte of NULs behind lines": lambda: DSN + b"a\0\n" * 350_000,
    "a long run of NULs and few lines": lambda: b"a: b\n" * 900 + b"\0" * 1_000_000,
    "signature marks": lambda: _plain(b"-- \n" * 100_000),
    "parts that may be fields": lambda: DSN + b"--b\n\nDisposition:\n" * 5_000,
}
