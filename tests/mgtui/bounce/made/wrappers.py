"""What stands around a report when it arrives: other structures, encodings, languages and banners."""

import html
import re
from collections.abc import Callable
from typing import Final

from tests.mgtui.bounce.made.changes import Change, in_mail, in_piece
from tests.mgtui.bounce.made.written import Piece, Written

DISCLAIMER: Final = (
    "This e-mail and any attachment may contain confidential information. If you are not the intended "
    "recipient, please notify\nprivacy@legal.example and delete it.\n"
)
SCANNED: Final = "\n-- \nThis message has been scanned for viruses by Guard, see abuse@guard.example.\n"
_WORDS: Final = {
    "iso-2022-jp": "メールを配信できませんでした。\n\n",
    "gbk": "您的邮件无法投递到以下收件人。\n\n",
    "koi8-r": "Сообщение не доставлено.\n\n",
    "windows-1252": "Ihre Nachricht konnte nicht zugestellt werden – „zurück“.\n\n",
    "utf-16": "Ihre Nachricht konnte nicht zugestellt werden.\n\n",
}


def _in_charset(charset: str, encoding: str) -> Change[Written]:
    def change(piece: Piece) -> None:
        if piece.charset or piece.content_type.startswith("multipart") or not piece.text.isascii():
            return
        is_failure = re.search(r"fail|could not|undeliver|wasn't able|fatal|error occurred", piece.text)
        said = _WORDS[charset] if is_failure and "delayed" not in piece.text else ""
        piece.text, piece.charset, piece.encoding = said + piece.text, charset, encoding

    return in_piece("notice", f"in {charset} {encoding}".strip(), change)


def _encoded(role: str, encoding: str) -> Change[Written]:
    def change(piece: Piece) -> None:
        if not piece.content_type.startswith("multipart"):
            piece.encoding = encoding

    return in_piece(role, f"{role} in {encoding}", change)


def _html(text: str, line_end: str = "<br>\n") -> str:
    body = html.escape(text, quote=False).replace("\n", line_end)
    head = "<title>Report</title><style>p { color: red }</style>"
    return f"<html><head>{head}</head><body><p>{body}</p></body></html>\n"


def _as_html(piece: Piece) -> None:
    piece.content_type, piece.text = "text/html", _html(piece.text)


def _as_alternative(mail: Written) -> None:
    notice = mail.piece("notice")
    if notice is None or notice.content_type.startswith("multipart") or notice.encoding:
        return
    twin = Piece("notice", "text/html", _html(notice.text), notice.charset)
    inner = Piece("notice", notice.content_type, notice.text, notice.charset)
    text = b"--alt\n" + inner.entity() + b"\n--alt\n" + twin.entity() + b"\n--alt--\n"
    if notice.charset and notice.charset != "utf-8":
        return
    notice.content_type, notice.charset = 'multipart/alternative; boundary="alt"', ""
    notice.text = text.decode()
    if len(mail.pieces) == 1:
        mail.pieces.append(Piece("other", "text/plain", ""))
        mail.multipart = "multipart/mixed"


def _disclaimed(piece: Piece) -> None:
    if piece.content_type == "text/plain":
        piece.text = DISCLAIMER + "\n" + piece.text


def _scanned(piece: Piece) -> None:
    if piece.content_type == "text/plain":
        piece.text += SCANNED


def _with_footer(mail: Written) -> None:
    if len(mail.pieces) > 1:
        mail.pieces.append(Piece("other", "text/plain", SCANNED, "us-ascii"))


def _with_front(mail: Written) -> None:
    if len(mail.pieces) > 1:
        mail.pieces.insert(0, Piece("other", "text/plain", DISCLAIMER, "us-ascii"))


def _nested(mail: Written) -> None:
    """Put the report within a multipart/mixed, a footer behind it."""
    if len(mail.pieces) < 2 or mail.declared is not None or not mail.has_type:
        return
    inner = Written([], mail.pieces, mail.multipart, mail.boundary)
    head, _, body = inner.raw().partition(b"\n\n")
    typed = head.decode().partition(": ")[2]
    mail.pieces = [
        Piece("fields", typed, body.decode("utf-8", "surrogateescape")),
        Piece("other", "text/plain", SCANNED),
    ]
    mail.pieces[0].role = "nested"
    mail.multipart, mail.boundary = "multipart/mixed", "outer_1"


def forwarded(mail: Written, sender: str = "MAILER-DAEMON@host.example (Mail Delivery System)") -> None:
    """Send the whole report on as a part of another mail."""
    whole = mail.raw()
    header = [
        ("Return-Path", "<>"), ("From", sender), ("To", "shop@club.example"),
        ("Subject", "Forwarded: a notice for the postmaster"), ("Date", "Mon, 3 Mar 2025 10:12:44 +0100"),
        ("Message-ID", "<f1@host.example>"), ("MIME-Version", "1.0"),
    ]  # fmt: skip
    mail.header = header
    try:
        text = whole.decode()
    except UnicodeError:
        return
    mail.pieces = [
        Piece("other", "text/plain", "The enclosed mail was forwarded to you by the mail system.\n"),
        Piece("whole", "message/rfc822", text),
    ]
    mail.multipart, mail.boundary, mail.has_type, mail.declared, mail.footer = (
        "multipart/mixed",
        "fw_1",
        True,
        None,
        "",
    )


def _with_header(*fields: tuple[str, str]) -> Callable[[Written], None]:
    def change(mail: Written) -> None:
        mail.header.extend(fields)

    return change


def _tagged(tag: str) -> Callable[[Written], None]:
    def change(mail: Written) -> None:
        mail.header = [(n, f"{tag} {v}" if n == "Subject" else v) for n, v in mail.header]

    return change


def _damaged_name(mail: Written) -> None:
    mail.header = [
        (n, f"=?utf-8?B?w7xi?= =?utf-8?Q?=FC=?= {v}" if n == "From" and "<" in v else v)
        for n, v in mail.header
    ]
    mail.header.append(("X-Organisation", "=?x-none?q?=FF=FE?= \u00fc"))


def _stripped(*names: str) -> Callable[[Written], None]:
    def change(mail: Written) -> None:
        mail.header = [(n, v) for n, v in mail.header if n not in names]

    return change


WRAPPERS: Final[tuple[Change[Written], ...]] = (
    *(
        _in_charset(charset, encoding)
        for charset, encoding in (
            ("utf-16", "base64"),
            ("iso-2022-jp", ""),
            ("iso-2022-jp", "base64"),
            ("gbk", "base64"),
            ("gbk", "quoted-printable"),
            ("koi8-r", "quoted-printable"),
            ("koi8-r", "base64"),
            ("windows-1252", "quoted-printable"),
        )
    ),
    *(
        _encoded(role, encoding)
        for role in ("notice", "fields", "returned")
        for encoding in ("base64", "quoted-printable")
    ),
    in_piece("notice", "HTML alone", _as_html),
    in_mail("HTML beside", _as_alternative),
    in_piece("notice", "a disclaimer before", _disclaimed),
    in_piece("notice", "a banner behind", _scanned),
    in_mail("a footer", _with_footer),
    in_mail("a part before", _with_front),
    in_mail("within multipart/mixed", _nested),
    in_mail(
        "words of the mailbox's server",
        _with_header(
            ("X-Spam-Status", "No, score=-1.9"),
            ("Delivered-To", "shop@club.example"),
            ("X-Original-To", "shop@club.example"),
        ),
    ),
    in_mail("a list's fields", _with_header(("Precedence", "bulk"), ("Auto-Submitted", "auto-replied"))),
    in_mail("a tagged subject", _tagged("[SPAM?]")),
    in_mail("a tagged subject of a list", _tagged("{Virus scanned}")),
    in_mail("a damaged name", _damaged_name),
    in_mail("no date", _stripped("Date", "Message-ID", "MIME-Version")),
    in_mail("no return path", _stripped("Return-Path")),
)
