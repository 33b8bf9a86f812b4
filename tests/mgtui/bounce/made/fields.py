"""Damage to the machine-readable part: the same fields, written and garbled otherwise."""

import base64
import html
import re
from collections.abc import Callable
from random import Random
from typing import Final

from tests.mgtui.bounce.made.changes import Change, in_fields
from tests.mgtui.bounce.made.written import Written

Text = Callable[[str], str]

_ADDRESS: Final = re.compile(r"^(Final-Recipient:).*?;\s*(\S+)$", re.M | re.I)


def _final(pattern: str) -> Text:
    return lambda text: _ADDRESS.sub(lambda m: f"{m[1]} {pattern.format(m[2])}", text)


def _without(name: str) -> Text:
    return lambda text: re.sub(rf"^{name}:.*\n(?:[ \t]+\S.*\n)*", "", text, flags=re.M | re.I)


def _each_name(change: Text) -> Text:
    return lambda text: re.sub(r"^[A-Za-z][\w-]*(?=:)", lambda m: change(m[0]), text, flags=re.M)


def _in_random_fields(make: Callable[[str, Random], str]) -> Callable[[Written, Random], Written]:
    def change(mail: Written, random: Random) -> Written:
        for piece in mail.pieces:
            if piece.role == "fields":
                piece.text = make(piece.text, random)
        return mail

    return change


def _fold(text: str, random: Random) -> str:
    if text.lstrip("\n")[:1] in (" ", "\t", ">", "|"):
        return text
    mark = random.choice(("\n ", "\n\t", "\n        "))
    return re.sub(r"(?<=[^:\n\s]) (?=[^\s:])", lambda _: mark if random.random() < 0.4 else " ", text)


def _unfold(text: str) -> str:
    return re.sub(r"\n[ \t]+(?=\S)", " ", text)


def _shuffled(text: str, random: Random) -> str:
    if text.lstrip("\n")[:1] in (" ", "\t"):
        return text
    blocks = [block.strip("\n").split("\n") for block in re.sub(r"\n[ \t]+(?=\S)", " ", text).split("\n\n")]
    for block in blocks[1:]:
        random.shuffle(block)
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _repeated(text: str) -> str:
    return re.sub(
        r"^(Diagnostic-Code: *)(\S+; *)(\d\d\d) (\S+) (.*)$",
        r"\1\2\3-\4 we are sorry\n \2\3 \4 \5",
        text,
        flags=re.M | re.I,
    )


def _as_word(text: str) -> str:
    def word(match: re.Match[str]) -> str:
        if not match[2].isascii():
            return match[0]
        return f"{match[1]}=?us-ascii?B?{base64.b64encode(match[2].encode()).decode()}?="

    return re.sub(r"^(Diagnostic-Code: *|Final-Recipient: *\S+; *)(.+)$", word, text, flags=re.M | re.I)


def _soft(text: str) -> str:
    return re.sub(r"\b([a-z]{4})([a-z]{4,})\b(?![.@-])", "\\1\u00ad\\2", text)


def _x400(text: str) -> str:
    return _ADDRESS.sub(r"\1 X400; /S=doe/G=jo/O=away/PRMD=gov/ADMD= /C=xx/", text)


def _other_original(text: str) -> str:
    if "original-recipient" in text.lower():
        return text
    return _ADDRESS.sub(lambda m: f"Original-Recipient: rfc822;alias.{m[2]}\n{m[0]}", text)


def _escaped(text: str) -> str:
    return html.escape(text)


FIELD_DAMAGE: Final[tuple[Change[Written], ...]] = (
    in_fields("blank lines between fields", lambda text: text.replace("\n", "\n\n")),
    in_fields("three blank lines between blocks", lambda text: text.replace("\n\n", "\n\n\n\n")),
    in_fields("no blank lines", lambda text: re.sub(r"\n\n+", "\n", text)),
    in_fields("lines of blanks for blank ones", lambda text: text.replace("\n\n", "\n  \t\n")),
    in_fields("blank lines before", lambda text: "\n\n" + text),
    in_fields(
        "empty diagnosis",
        lambda text: re.sub(r"^(Diagnostic-Code: *[\w-]+;).*", r"\1", text, flags=re.M),
        "diagnosis",
    ),
    in_fields("no diagnosis", _without("Diagnostic-Code"), "diagnosis"),
    in_fields("no action", _without("Action"), "action"),
    in_fields("no status", _without("Status"), "status"),
    in_fields(
        "the reply as status",
        lambda text: re.sub(
            r"^(Status:).*",
            r"\1 550"
            if "delivered" not in text and "delayed" not in text and "Status: 4" not in text
            else r"\1",
            text,
            flags=re.M,
        ),
        "status",
    ),
    in_fields(
        "a comment behind the status",
        lambda text: re.sub(r"^(Status:.*)", r"\1 (see the text)", text, flags=re.M),
    ),
    in_fields("no type", _final("{}")),
    in_fields("type LOCAL", _final("LOCAL;{}")),
    in_fields("type unknown", _final("unknown; {}")),
    in_fields("rfc/822", _final("rfc/822;{}")),
    in_fields("the type twice", _final("rfc822; RFC822;{}")),
    in_fields("angle brackets", _final("rfc822; <{}>")),
    in_fields("LOCAL in brackets", _final("LOCAL;<{}>")),
    in_fields("a source route", _final("rfc822; <@relay.example,@mx.office.example:{}>")),
    in_fields("a display name", _final('rfc822; "Doe, Jo" <{}>')),
    in_fields("a name without quotes", _final("rfc822; Jo Doe <{}>")),
    in_fields("a comment before", _final("rfc822; (Jo Doe) {}")),
    in_fields("a comment behind", _final("rfc822; {} (bad address)")),
    in_fields("a comment before the type", _final("(the mailbox) rfc822; {}")),
    in_fields("smtp: before the address", _final("rfc822; SMTP:{}")),
    in_fields("mailto: before the address", _final("rfc822; mailto:{}")),
    in_fields("in quotation marks", _final('rfc822; "{}"')),
    in_fields("a blank before the semicolon", _final("rfc822 ; {}")),
    in_fields("a stop behind", _final("rfc822; {}.")),
    in_fields("X.400", _x400, "address"),
    in_fields("another original recipient", _other_original),
    in_fields("diagnosis of several lines", _repeated),
    Change("folded", _in_random_fields(_fold)),
    in_fields("unfolded", _unfold),
    in_fields("tabs for blanks", lambda text: text.replace(": ", ":\t")),
    in_fields("no blank behind the colon", lambda text: re.sub(r"^([\w-]+:) ", r"\1", text, flags=re.M)),
    in_fields("upper case", _each_name(str.upper)),
    in_fields("lower case", _each_name(str.lower)),
    in_fields("a blank before the colon", _each_name(lambda name: name + " ")),
    in_fields("set in", lambda text: re.sub(r"^(?=\S)", "  ", text, flags=re.M)),
    in_fields("set in by a tab", lambda text: re.sub(r"^(?=\S)", "\t", text, flags=re.M)),
    in_fields("set in deeply", lambda text: re.sub(r"^(?=\S)", "        ", text, flags=re.M)),
    in_fields("blanks at the end", lambda text: re.sub(r"(?m)(?<=\S)$", "  ", text)),
    Change("shuffled", _in_random_fields(_shuffled)),
    in_fields("encoded words", _as_word),
    in_fields("escaped for HTML", _escaped),
    in_fields("quoted", lambda text: re.sub(r"^", "> ", text, flags=re.M)),
    in_fields("quoted with a bar", lambda text: re.sub(r"^", "| ", text, flags=re.M)),
    in_fields("non-breaking blanks", lambda text: text.replace(" ", "\u00a0")),
    in_fields("soft hyphens", _soft),
    in_fields("spell-checked", lambda text: text.replace("'", "’").replace('"', "”").replace("...", "…")),
    in_fields("a byte order mark", lambda text: "\ufeff" + text),
    in_fields(
        "the host as a comment",
        lambda text: re.sub(r"^(Reporting-MTA: *\S+ *\S+)", r"\1 (mail system)", text, flags=re.M),
    ),
    in_fields("no first block", lambda text: text.partition("\n\n")[2]),
    in_fields(
        "the first block last",
        lambda text: (
            "\n\n".join(b.strip("\n") for b in (*text.split("\n\n")[1:], text.split("\n\n")[0])) + "\n"
        ),
    ),
    in_fields(
        "a banner behind",
        lambda text: text + "\n\n--\nThis mail was scanned by Guard, ask help@guard.example: it is clean.\n",
    ),
    in_fields("HTML line ends", lambda text: text.replace("\n", "<br>\n")),
)
