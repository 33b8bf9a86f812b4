"""Mails of realistic shape and size for measurements: text with attachments that compress like real ones."""

import base64
import random

SIZES = (4_000, 12_000, 30_000, 75_000, 204_000)  #: bytes; 65,000 on average


def letter(number: int) -> bytes:
    """Make a letter: a short text and an attachment in base64 that fills it up to its size."""
    noise = random.Random(number)
    size = SIZES[number % len(SIZES)]
    content = base64.encodebytes(noise.randbytes(max(0, size - 1200) * 3 // 4)).replace(b"\n", b"\r\n")
    head = (
        f"From: Kunde {number % 500} <kunde{number % 500}@example.org>\r\nTo: buero@office.example\r\n"
        f"Date: Tue, 10 Nov 2026 08:{number % 60:02}:00 +0100\r\nMessage-ID: <{number}@example.org>\r\n"
        f"Subject: Unterlagen {number}\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="cut"\r\n\r\n'
        "--cut\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        "Guten Tag,\r\n\r\nanbei die Unterlagen, wie besprochen.\r\n\r\nMit freundlichen Grüßen\r\n\r\n"
        "--cut\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        f'Content-Disposition: attachment; filename="unterlagen-{number}.pdf"\r\n\r\n'
    )
    return head.encode() + content + b"\r\n--cut--\r\n"
