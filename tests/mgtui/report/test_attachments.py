"""How large an attachment is, told without decoding it."""

import base64

import pytest

from mgtui.report import attachment_content, list_attachments

CONTENT = bytes(range(256)) * 7


def mail(body: bytes) -> bytes:
    head = b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head + body


def lines(width: int, end: bytes) -> bytes:
    text = base64.b64encode(CONTENT)
    return b"".join(text[at : at + width] + end for at in range(0, len(text), width))


@pytest.mark.parametrize(
    "body",
    [
        lines(76, b"\r\n"),
        lines(76, b"\n"),
        lines(75, b"\r\n") + b"\r\n\r\n",
        lines(10_000, b"\n"),
        base64.b64encode(CONTENT),
        lines(60, b"\r\n")[: 62 * 5] + lines(75, b"\n")[76 * 4 :],
        b"\r\n" + lines(76, b" \r\n"),
    ],
    ids=["regular", "unix", "blank lines follow", "one line", "no line end", "mixed", "blanks at the ends"],
)
def test_the_size_is_that_of_what_is_decoded(body: bytes) -> None:
    (attachment,) = list_attachments(mail(body))
    assert attachment.size == len(attachment_content(mail(body), attachment.index))
