"""Makes mails out of the lines that a test is about."""

from mgtui.report.dialects import DIALECTS
from mgtui.report.parsed import ParsedMail, ReadByDialect
from mgtui.report.splitter import split

DAEMON = "MAILER-DAEMON@mx.example.net"


def mail(
    body: str,
    writer: str = DAEMON,
    subject: str = "Undelivered Mail",
    return_path: str | None = "",
    **fields: str,
) -> ParsedMail:
    """Make a plain mail; a keyword such as `x_mailer` becomes a header field."""
    header = [f"From: {writer}", "To: sender@office.example", f"Subject: {subject}"]
    if return_path is not None:
        header.insert(0, f"Return-Path: <{return_path}>")
    header.extend(f"{name.replace('_', '-').title()}: {value}" for name, value in fields.items())
    header.extend(
        ("MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit")
    )
    return split("\r\n".join([*header, "", *body.strip("\n").split("\n"), ""]).encode())


def read(given: ParsedMail) -> ReadByDialect | None:
    """Give the answer of the first dialect that has one."""
    return next((said for dialect in DIALECTS if (said := dialect(given))), None)


def addresses(said: ReadByDialect | None) -> list[str | None]:
    """Give the failed recipients of an answer."""
    return [one.final_recipient for one in said.recipients] if said else []
