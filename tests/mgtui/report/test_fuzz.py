"""Any bytes are answered, and the answer keeps its promises."""

import re
import tempfile

from hypothesis import configuration, given, settings
from hypothesis import strategies as st

from mgtui.bounce import understand
from mgtui.report import attachment_content, list_attachments, split

# The folder that hypothesis makes would be taken for one of tests.
configuration.set_hypothesis_home_dir(tempfile.gettempdir())
KINDS = {"bounce", "delayed", "delivered", "complaint", "auto_reply", "receipt", "challenge", "ordinary"}
NAMES = st.sampled_from(
    [
        "From",
        "To",
        "Subject",
        "Date",
        "Return-Path",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Auto-Submitted",
        "X-Failed-Recipients",
        "Content-Disposition",
        "Message-ID",
        "Final-Recipient",
        "Status",
        "Diagnostic-Code",
    ]
)
VALUES = st.sampled_from(
    [
        "<>",
        "MAILER-DAEMON@a.example",
        "multipart/report; boundary=b",
        "multipart/mixed; boundary=",
        "text/html",
        "message/delivery-status",
        "message/rfc822",
        "text/plain; charset=gbk",
        "base64",
        "quoted-printable",
        "x-uuencode",
        "auto-replied",
        "=?utf-8?b?w7w=?=",
        "=?x?q?=FF?=",
        "Mon, 3 Mar 2025 09:12:44 +0100",
        "attachment; filename*0*=utf-8''a%; filename*1=b",
        "failure notice",
        "rfc822; a@b.example",
        "5.1.1",
        "smtp; 550 5.1.1 no such user",
        "multipart/mixed; boundary=c",
        "Automatic reply: x",
        "a@b.example",
    ]
)
LINES = st.one_of(
    st.builds(lambda name, value: f"{name}: {value}".encode(), NAMES, VALUES),
    st.sampled_from(
        [b"", b" ", b"\t x", b"--b", b"--b--", b"--c", b"--c--", b"--", b"\0", b"<html><p>", b"&#x1F600;"]
    ),
    st.sampled_from(
        [b"--- Below this line is a copy of the message.", b">>> RCPT TO:<a@b.example>", b"<<< 550 no"]
    ),
    st.sampled_from(
        [b"<a@b.example>: user unknown", b"begin 644 x", b"end", b"=0", b"=\xff=", b"QUJD", b"\x1b$B"]
    ),
    st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.binary(max_size=30),
)
MAILS = st.builds(
    lambda lines, ending: ending.join(lines),
    st.lists(LINES, max_size=60),
    st.sampled_from([b"\n", b"\r\n", b"\r", b"\r\r\n", b"\n\r"]),
)


def check(raw):
    found = understand(raw)
    count = len(re.split(rb"\r\n|\r|\n", raw))
    assert found.kind in KINDS
    for recipient in found.recipients:
        assert recipient.status is None or recipient.status.encode() in raw or b"base64" in raw or b"=" in raw
        for evidence in recipient.evidence:
            assert evidence.line is None or 1 <= evidence.line <= count
    for attachment in list_attachments(raw):
        assert attachment.name
        assert not set(attachment.name) & set('/\\\0\n\r"')
        attachment_content(raw, attachment.index)
    for part in split(raw).parts:
        assert 0 <= part.start <= part.end


@settings(max_examples=400, deadline=None)
@given(MAILS)
def test_any_shape_of_mail_is_answered(raw):
    check(raw)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_are_answered(raw):
    check(raw)


@settings(max_examples=150, deadline=None)
@given(MAILS, st.integers(0, 400), st.binary(max_size=5))
def test_a_damaged_report_is_answered(tail, at, noise):
    raw = (
        b"Return-Path: <>\nFrom: MAILER-DAEMON@a.example\nContent-Type: multipart/report; boundary=b\n\n--b\n\nfailed\n"
        b"--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; x@y.example\nStatus: 5.1.1\n--b--\n"
    )
    check(raw[:at] + noise + raw[at:] + tail)
