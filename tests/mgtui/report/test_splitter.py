"""A mail is taken apart into header, prose, machine-readable parts and the returned mail."""

import pytest

from mgtui.report import Line, attachment_content, list_attachments, split

DSN = b"""Return-Path: <>
From: MAILER-DAEMON@mx.office.example (Mail Delivery System)
To: "M\xc3\xbcller, Jo" <jo@office.example>, anna@office.example
Subject: =?utf-8?Q?Unzustellbar=3A_Gr=C3=BC?= =?utf-8?B?w59l?=
Date: Tue, 4 Mar 2025 01:30:00 +0200
Message-ID: <1@mx.office.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

This is a MIME-encapsulated message.

--b1
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Leider nicht zugestellt=
: Empf=E4nger unbekannt

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.office.example

Final-Recipient: rfc822; x@away.example

--b1
Content-Type: message/rfc822

From: jo@office.example
Message-ID: <letter@office.example>

Hello
--b1--
"""


def texts(lines):
    return [line.text for line in lines if line.text]


def test_the_header_is_summed_up():
    headers = split(DSN).headers
    assert headers.subject == "Unzustellbar: Grüße"
    assert headers.sender == ("MAILER-DAEMON@mx.office.example",)
    assert headers.addressees == ("jo@office.example", "anna@office.example")
    assert headers.sent_at == "2025-03-03T23:30:00+00:00"
    assert headers.return_path == ""
    assert headers.get("mime-version") == "1.0"


def test_each_part_goes_where_its_readers_look():
    mail = split(DSN)
    assert texts(mail.notice) == ["Leider nicht zugestellt: Empfänger unbekannt"]
    assert texts(mail.status_lines)[-1] == "Final-Recipient: rfc822; x@away.example"
    assert texts(mail.original_lines)[1] == "Message-ID: <letter@office.example>"
    assert not mail.findings


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
def test_lines_keep_their_number_in_the_raw_mail_whatever_ends_them(ending):
    raw = DSN.replace(b"\n", ending)
    lines = DSN.split(b"\n")
    for line in split(raw).status_lines:
        assert lines[line.number - 1].decode() == line.text
    assert next(iter(split(raw).notice)).number == 1 + lines.index(b"Leider nicht zugestellt=")


def test_base64_lines_point_to_where_they_are_encoded():
    import base64

    body = base64.encodebytes(b"".join(b"line %04d\n" % n for n in range(40)))
    raw = b"From: a@b.example\nContent-Transfer-Encoding: base64\n\n" + body
    notice = split(raw).notice
    assert notice[0] == Line(4, "line 0000")
    assert notice[39].number == 4 + 39 * 10 // 57


def test_html_is_read_as_the_lines_a_person_sees():
    raw = (
        b"Content-Type: text/html\n\n<html><head><style>p{x}</style></head>\n"
        b"<body><p>Not <b>delivered</b></p>\n"
        b"<div>to &lt;x@y.example&gt;<br>reason</div><!-- hidden --></body>"
    )
    assert [tuple(line) for line in split(raw).notice if line.text] == [
        (4, "Not delivered"),
        (5, "to <x@y.example>"),
        (5, "reason"),
    ]


def test_a_copy_below_a_marker_is_the_original_and_no_notice():
    raw = (
        b"From: MAILER-DAEMON@a.example\n\nfailed: x@y.example\n\n"
        b"--- Below this line is a copy of the message.\n\n"
        b"Return-Path: <jo@a.example>\nTo: other@b.example\nSubject: Hi\n\nbody\n"
    )
    mail = split(raw)
    assert texts(mail.notice) == ["failed: x@y.example"]
    assert texts(mail.original_lines)[:2] == ["Return-Path: <jo@a.example>", "To: other@b.example"]


@pytest.mark.parametrize(
    ("damage", "mended"),
    [
        (
            DSN.replace(b'boundary="b1"', b'boundary="other"'),
            "the delimiter isn't the one that the header names",
        ),
        (DSN.replace(b'; boundary="b1"', b""), "the delimiter isn't the one that the header names"),
        (b" \r\n" + DSN, "blank lines before the header"),
        (DSN.replace(b"\n", b"\r\r\n"), "lines end in CR CR LF"),
    ],
)
def test_damage_is_mended_and_told(damage, mended):
    mail = split(damage)
    assert texts(mail.status_lines)[-1] == "Final-Recipient: rfc822; x@away.example"
    assert mended in mail.findings


def test_a_multipart_without_any_delimiter_is_read_as_text():
    mail = split(b"Content-Type: multipart/report; boundary=gone\n\nnot delivered to x@y.example\n")
    assert texts(mail.notice) == ["not delivered to x@y.example"]


def test_nested_multiparts_may_share_a_boundary():
    raw = (
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n"
        b"Content-Type: multipart/alternative; boundary=b\n\n"
        b"--b\n\none\n--b--\n--b\nContent-Type: message/delivery-status\n\nAction: failed\n--b--\n"
    )
    mail = split(raw)
    assert texts(mail.notice) == ["one"]
    assert texts(mail.status_lines) == ["Action: failed"]


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("gb2312", "收件人不存在"),
        ("iso-2022-jp", "宛先不明"),
        ("koi8-r", "Ящик не найден"),
        ("utf-7", "größer"),
        ("x-unheard", "größer"),
    ],
)
def test_texts_are_decoded_whatever_their_charset(charset, text):
    data = text.encode("utf-8" if charset.startswith("x-") else charset)
    assert texts(split(b"Content-Type: text/plain; charset=" + charset.encode() + b"\n\n" + data).notice) == [
        text
    ]


def test_attachments_are_listed_with_safe_names_and_cut_out_whole():
    raw = (
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nsee file\n--b\nContent-Type: application/pdf\n"
        b"Content-Disposition: attachment; filename*0*=utf-8''..%2Fetc%2FRech; filename*1=nung.pdf\n"
        b"Content-Transfer-Encoding: base64\n\nSGVsbG8gd29ybGQ=\n--b--\n"
    )
    (found,) = list_attachments(raw)
    assert (found.name, found.content_type, found.size) == ("Rechnung.pdf", "application/pdf", 11)
    assert attachment_content(raw, found.index) == b"Hello world"


def test_a_uuencoded_file_is_no_prose():
    raw = b"From: a@b.example\n\nsee below\nbegin 644 list.txt\n#0V%T\nx@y.example\nend\nbye\n"
    assert texts(split(raw).notice) == ["see below", "bye"]


@pytest.mark.parametrize(("end", "said"), [(b"\r", "a bare CR"), (b"\r\r\n", "CR CR LF")])
def test_damaged_line_ends_are_mended_up_to_a_bound_and_said(end: bytes, said: str) -> None:
    short = end.join([b"Subject: a", b"", *[b"hello"] * 100])
    long = end.join([b"Subject: a", b"", *[b"hello"] * 3_000_000])
    assert split(short).findings == [f"lines end in {said}"]
    assert split(long).findings == [f"lines end in {said}", "the end of a damaged mail is left out"]
    assert len(split(long).raw) <= 16_777_216
    assert [line.text for line in split(long).notice[:2]] == ["hello", "hello"]


def test_a_header_says_when_asked_what_its_fields_hold() -> None:
    headers = split(
        b"Return-Path: <>\nFrom: a@b.example\nReply-To: c@b.example, a@b.example\nSubject: one\nSubject: two\n"
        b"To: d@b.example\nTo: e@b.example\nCc: d@b.example\nDate: 31 Feb 2025\n\n"
    ).headers
    assert headers.sender == ("a@b.example", "c@b.example")
    assert headers.addressees == ("d@b.example", "e@b.example")
    assert (headers.subject, headers.return_path, headers.sent_at) == ("one", "", None)
    assert headers.names >= {"return-path", "cc"}
    assert split(b"Subject: x\n\n").headers.return_path is None
