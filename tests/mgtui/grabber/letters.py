"""Small mails of made-up people."""


def letter(number: int) -> bytes:
    """Make a letter that nobody else wrote."""
    return (
        f"From: Berta {number} <berta{number}@example.org>\r\nTo: buero@office.example\r\n"
        f"Date: Tue, 10 Nov 2026 08:00:00 +0100\r\nMessage-ID: <letter-{number}@example.org>\r\n"
        f"Subject: Nachricht {number}\r\n\r\nGuten Tag, das ist Nachricht {number}.\r\n"
    ).encode()
