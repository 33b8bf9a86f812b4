"""Damage to the structure of a mail and to its bytes, on the way or in a mailbox."""

import re
from collections.abc import Callable
from random import Random
from typing import Final

from tests.mgtui.bounce.made.changes import ALL, Change, in_bytes, in_mail, in_piece
from tests.mgtui.bounce.made.written import Piece, Written


def _typed(content_type: str) -> Callable[[Piece], None]:
    def change(piece: Piece) -> None:
        piece.content_type = content_type

    return change


def _otherwise(piece: Piece) -> None:
    piece.content_type = piece.content_type.replace("-", "_")


def _named(multipart: str) -> Callable[[Written], None]:
    def change(mail: Written) -> None:
        if len(mail.pieces) > 1:
            mail.multipart = multipart

    return change


def _declares(boundary: str) -> Callable[[Written], None]:
    def change(mail: Written) -> None:
        mail.declared = boundary

    return change


def _untyped(mail: Written) -> None:
    mail.has_type = False


def _shuffle(mail: Written, random: Random) -> Written:
    random.shuffle(mail.pieces)
    return mail


def _parted(mail: Written) -> None:
    """Give each recipient a part of his own."""
    fields = mail.piece("fields")
    if fields is None or fields.text.count("\n\n") < 1:
        return
    first, *blocks = fields.text.strip("\n").split("\n\n")
    at = mail.pieces.index(fields)
    mail.pieces[at : at + 1] = [
        Piece("fields", fields.content_type, f"{first}\n\n{block}\n", fields.charset, fields.encoding)
        for block in blocks
    ]


def _doubled(mail: Written) -> None:
    fields = mail.piece("fields")
    if fields is not None:
        mail.pieces.append(Piece("fields", fields.content_type, fields.text, fields.charset, fields.encoding))


def _in_the_notice(mail: Written) -> None:
    """Put the fields behind the words, in one text."""
    fields, notice = mail.piece("fields"), mail.piece("notice")
    if (
        fields is None
        or notice is None
        or notice.encoding
        or notice.charset
        or notice.content_type != "text/plain"
        or fields.encoding
    ):
        return
    notice.text += "\n" + fields.text
    mail.pieces.remove(fields)


STRUCTURE: Final[tuple[Change[Written], ...]] = (
    in_piece("fields", "fields as text", _typed("text/plain")),
    in_piece("fields", "fields as a file", _typed("application/octet-stream")),
    in_piece("fields", "fields as a named file", _typed('application/octet-stream; name="details.txt"')),
    in_piece("fields", "fields as an attached text", _typed('text/plain; name="ATT00001.txt"')),
    in_piece("fields", "fields without a type", _typed("")),
    in_piece("fields", "fields by another name", _otherwise),
    in_piece("fields", "fields as a mail", _typed("message/rfc822")),
    in_piece(
        "fields",
        "the type in upper case",
        lambda piece: setattr(piece, "content_type", piece.content_type.upper()),
    ),
    in_piece("returned", "the mail as text", _typed("text/plain")),
    in_piece("returned", "the mail as a file", _typed('application/octet-stream; name="mail.eml"')),
    in_piece("returned", "no mail", lambda piece: setattr(piece, "text", "")),
    in_mail("no report-type", _named("multipart/report")),
    in_mail("multipart/mixed", _named("multipart/mixed")),
    in_mail("no boundary", _declares("")),
    in_mail("a wrong boundary", _declares("=_other")),
    in_mail("no type", _untyped),
    Change("parts in another order", _shuffle),
    in_mail("a part for each", _parted),
    in_mail("the fields twice", _doubled),
    in_mail("the fields in the notice", _in_the_notice),
)


def _sub(pattern: bytes, by: bytes, count: int = 0) -> Callable[[bytes], bytes]:
    return lambda raw: re.sub(pattern, by, raw, count=count)


def _truncated(raw: bytes, random: Random) -> bytes:
    lines = raw.splitlines(keepends=True)
    return b"".join(lines[: random.randrange(4, len(lines))])


def _cut(raw: bytes, random: Random) -> bytes:
    return raw[: random.randrange(len(raw) // 3, len(raw))]


def _nuls(raw: bytes, random: Random) -> bytes:
    lines = raw.split(b"\n")
    for _ in range(12):
        at = random.randrange(len(lines))
        lines[at] += b"\0"
    return b"\n".join(lines)


def _nuls_inside(raw: bytes, random: Random) -> bytes:
    at = raw.find(b"\n\n") + 2
    body = bytearray(raw[at:])
    for _ in range(8):
        body.insert(random.randrange(len(body) + 1), 0)
    return raw[:at] + bytes(body)


def _lost_line(raw: bytes, random: Random) -> bytes:
    lines = raw.split(b"\n")
    del lines[random.randrange(8, len(lines))]
    return b"\n".join(lines)


def _mbox(raw: bytes) -> bytes:
    return b"From MAILER-DAEMON Mon Mar  3 09:12:44 2025\n" + re.sub(rb"(?m)^(>*From )", rb">\1", raw)


BYTES: Final[tuple[Change[bytes], ...]] = (
    in_bytes("CR LF", _sub(b"\n", b"\r\n")),
    in_bytes("CR alone", _sub(b"\n", b"\r")),
    in_bytes("CR CR LF", _sub(b"\n", b"\r\r\n")),
    in_bytes("LF CR", _sub(b"\n", b"\n\r")),
    in_bytes("an mbox's line", _mbox),
    in_bytes("stuffed dots", _sub(rb"(?m)^\.", b"..")),
    in_bytes("the end of SMTP's data", lambda raw: raw + b".\r\n"),
    Change("NULs at the ends of lines", _nuls),
    Change("NULs inside", _nuls_inside, ALL),
    in_bytes("seven bits", lambda raw: bytes(byte & 0x7F for byte in raw)),
    Change("cut between lines", _truncated, ALL),
    Change("cut anywhere", _cut, ALL),
    Change("a line lost", _lost_line, ALL),
    in_bytes("blank lines first", lambda raw: b"\n\n" + raw),
    in_bytes("delimiters doubled", _sub(rb"(?m)^(--=_part_4711\.1\n)", rb"\1\1")),
    in_bytes("a blank before delimiters", _sub(rb"(?m)^(--=_part_4711\.1)", rb" \1"), ALL),
    in_bytes("blanks behind delimiters", _sub(rb"(?m)^(--=_part_4711\.1.*)$", rb"\1 \t")),
    in_bytes("no last delimiter", _sub(rb"(?m)^--=_part_4711\.1--\n", b"")),
    in_bytes("no blank line above delimiters", _sub(rb"\n+(?=--=_part)", b"\n")),
    in_bytes("no blank line behind a part's header", _sub(rb"(\nContent-[^\n]+\n)\n", rb"\1")),
    in_bytes("blank lines doubled", _sub(rb"\n\n", b"\n\n\n")),
    in_bytes(
        "every line spaced",
        lambda raw: raw[: raw.find(b"\n\n")] + raw[raw.find(b"\n\n") :].replace(b"\n", b"\n\n"),
        ALL,
    ),
    in_bytes(
        "lower case",
        lambda raw: re.sub(
            rb"(?m)^(?:content-[\w-]+|from|to|subject|return-path)(?=:)",
            lambda m: m[0].lower(),
            raw,
            flags=re.I,
        ),
    ),
    in_bytes(
        "header names in upper case", lambda raw: re.sub(rb"(?m)^[\w-]+(?=:)", lambda m: m[0].upper(), raw)
    ),
    in_bytes(
        "a blank before header colons",
        lambda raw: re.sub(
            rb"(?m)^(?:content-[\w-]+|from|to|subject|return-path)(?=:)",
            lambda m: m[0] + b" ",
            raw,
            flags=re.I,
        ),
    ),
    in_bytes(
        "a virus scanner's last words",
        lambda raw: raw + b"\n-- \nScanned by Guard. Questions: help@guard.example\n",
    ),
    in_bytes("a closing bracket of HTML", lambda raw: raw + b"</body></html>\n"),
)
