"""Mails for the tests."""


def mail(number: int, *, size: int = 0) -> bytes:
    """Make a mail that differs from all others; `size` adds bytes to its body."""
    head = f"From: a@example.com\r\nTo: office@example.org\r\nMessage-ID: <{number}@example.com>\r\n"
    body = f"Subject: mail {number}\r\n\r\nText of mail {number}\r\n".encode()
    return head.encode() + body + (b"x" * 76 + b"\r\n") * (size // 78)
