"""Postfix, and what is built on it: `<address>: diagnosis` at the start of a line, continued indented."""

import re

from mgtui.report.addresses import clean_address
from mgtui.report.codes import find_reply_code
from mgtui.report.dialects.blocks import Block, from_blocks, is_delay, reading, recipient, split_blocks
from mgtui.report.dialects.prose import Prose
from mgtui.report.lazy import LazyPattern
from mgtui.report.model import Line
from mgtui.report.parsed import ReadByDialect

READER = "postfix"

_HEAD = LazyPattern(
    r"\s{0,2}<(?P<address>[^<>]{1,320})>(?: \((?:expanded|generated"
    r"|forwarded) from <(?P<original>[^<>]{1,320})>\))?:"
    r"(?=\s|$)\s{0,20}(?P<rest>.*)"
)
# QUIRK: the program's name is whatever the operator called it: "This is the Keftamail program at host".
_INTRO = LazyPattern(
    r"this is the .{1,80}? (?:at|on) host [\w.-]{1,255}|i'm sorry to have to inform you that (?:your"
    r"|the) message"
)
# QUIRK: bounce templates are translated by operators; the grammar of the address lines stays.
_TRANSLATED = LazyPattern(
    r"mailsystem auf (?:dem )?(?:host|rechner)|système de messagerie|sistema de correo|sistema di posta"
    r"|sistema de e-?mail|mailsysteem|system pocztowy|почтовая система|メールシステム|邮件系统"
)
_WRAPPED = LazyPattern(r"<[^<>]{1,320}> \((?:expanded|generated|forwarded) from$")
_DELIVERED = LazyPattern(
    r"successfully delivered|mail delivery report that you requested|was successfully relayed"
)
_TRANSCRIPT = LazyPattern(r"\s(?P<side>In|Out):\s\s?(?P<text>.{0,600})")
_RCPT = LazyPattern(r"rcpt to:\s?<?(?P<address>[^<>\s]{1,320})", re.IGNORECASE)


def read_postfix(prose: Prose) -> ReadByDialect | None:
    """Read the notice of bounce(8): permanent, delayed, or a success that was asked for."""
    known = _INTRO.search(prose.folded[:4000]) or _TRANSLATED.search(prose.folded[:2000])
    if not known:
        return None
    blocks = split_blocks(_unwrapped(prose.lines), _head)
    for block in blocks:
        block.said = _paragraph(block)
        match = _HEAD.match(block.head.text)
        block.original = clean_address(match["original"]) if match and match["original"] else None
    if _DELIVERED.search(prose.folded[:2000]) and not is_delay(prose):
        found = tuple(
            recipient(READER, block.address, block.said, head=block.head, dsn_action="delivered")
            for block in blocks
        )
        return ReadByDialect(READER, "delivered", found) if found else None
    return from_blocks(READER, blocks, prose)


def read_postfix_transcript(prose: Prose) -> ReadByDialect | None:
    """Read the notice of cleanup or smtpd to the postmaster: a session in which a recipient was refused."""
    if not prose.subject.startswith("Postfix SMTP ") or "transcript of session follows" not in prose.folded:
        return None
    named: Line | None = None
    address = ""
    said: list[Line] = []
    for line in prose.lines:
        match = _TRANSCRIPT.match(line.text)
        if not match:
            continue
        asked = _RCPT.match(match["text"]) if match["side"] == "In" else None
        if asked:
            named, address = line, clean_address(asked["address"]) or ""
        elif match["side"] == "Out" and (find_reply_code(match["text"]) or 0) >= 400:
            said.append(Line(line.number, match["text"]))
    if not named or not address or not said:
        return None
    return reading("postfix-transcript", [recipient("postfix-transcript", address, said, head=named)])


def _head(text: str) -> tuple[str, str] | None:
    match = _HEAD.match(text)
    address = clean_address(match["address"]) if match else None
    return (address, match["rest"]) if match and address else None


def _unwrapped(lines: tuple[Line, ...]) -> list[Line]:
    """Put an address line that was wrapped before its colon together again."""
    kept: list[Line] = []
    for line in lines:
        if kept and line.text[:1].isspace() and _WRAPPED.match(kept[-1].text):
            kept[-1] = Line(kept[-1].number, f"{kept[-1].text.rstrip()} {line.text.strip()}")
        else:
            kept.append(line)
    return kept


def _paragraph(block: Block) -> list[Line]:
    """Keep the indented lines that continue the diagnosis; what stands at the margin is no part of it."""
    kept: list[Line] = []
    for line in block.said:
        if line.number != block.head.number and not line.text.startswith((" ", "\t")):
            break
        kept.append(line)
    return kept
