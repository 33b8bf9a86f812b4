"""qmail and its kin: `<address>:` alone on a line, the words below it, a dashed line before the copy."""

import re

from mgtui.report.addresses import clean_address
from mgtui.report.dialects.blocks import Block, from_blocks, split_blocks
from mgtui.report.dialects.prose import Prose
from mgtui.report.lazy import LazyPattern
from mgtui.report.model import Line
from mgtui.report.parsed import ReadByDialect

READER = "qmail"

_INTRO = LazyPattern(
    r"hi\. this is the .{1,60}?(?:program|mta|service) at|hi\. the mta program at|this is the qmail"
    r"|wasn't able to deliver (?:your|the following) message"
    r"|unable to deliver (?:your )?message to the following"
    r"|was not able to deliver your message|were not able to deliver your message"
    r"|message from \S{1,255}\. unable"
    r"|your (?:mail )?message to the following address(?:es|\(es\))? could not be delivered"
    r"|mail was not delivered to the following|problem with the e-mail address\(es\)|su mensaje no pudo ser"
    r"|this is the deliver program at|this is the mail delivery agent at"
    r"|machine generated message from mail service"
    r"|not hbc e-mail|no pude entregar|nie byłem w stanie|ich konnte ihre nachricht nicht|je n'ai pas pu"
    r"|无法发送到|メールを配送できませんでした"
)
# QUIRK: some write `<address>: ` with a blank, some `<address> :`, some leave the brackets out.
_HEAD = LazyPattern(r"<(?P<address>[^<>]{1,320})>\s?:\s{0,20}$")
_BARE = LazyPattern(r"(?P<address>[^\s<>:@]{1,255}@[^\s<>:@]{1,255}):?\s{0,20}$")
_SUBJECT = LazyPattern(
    r"failure (?:notice|delivery)|delivery failure|failed delivery|mail not delivered|退信", re.IGNORECASE
)
_TO = LazyPattern(r"\bto:\s{0,20}<?(?P<address>[^\s<>@]{1,255}@[^\s<>@]{1,255})>?", re.IGNORECASE)


def read_qmail(prose: Prose) -> ReadByDialect | None:
    """Read qmail-send, qmail-ldap and their descendants: Yahoo, Outblaze, Sina, secureserver.net."""
    known = _INTRO.search(prose.folded[:4000])
    if not known and not _SUBJECT.match(prose.subject):
        return None
    blocks = split_blocks(prose.lines, _head)
    if not blocks and known:
        blocks = split_blocks(prose.lines, _bare_head) or _returned_to(prose)
    for block in blocks:
        block.said = _until_copy(block.said)
    return from_blocks(READER, blocks, prose)


def _head(text: str) -> tuple[str, str] | None:
    match = _HEAD.match(text)
    address = clean_address(match["address"]) if match else None
    return (address, "") if address else None


def _bare_head(text: str) -> tuple[str, str] | None:
    # QUIRK: a fork of xinnetdns.com writes the address without brackets and colon.
    match = _BARE.match(text)
    address = clean_address(match["address"]) if match else None
    return (address, "") if address else None


def _returned_to(prose: Prose) -> list[Block]:
    # QUIRK: Yahoo's HTML notice names the recipient only as the `To:` of the mail that it couldn't deliver.
    if "able to deliver the following message" not in prose.folded:
        return []
    found = ((match, line) for line in prose.lines if (match := _TO.search(line.text)))
    return [Block(match["address"], line) for match, line in found][:1]


def _until_copy(said: list[Line]) -> list[Line]:
    kept: list[Line] = []
    for line in said:
        if line.text.startswith("---"):
            break
        kept.append(line)
    return kept
