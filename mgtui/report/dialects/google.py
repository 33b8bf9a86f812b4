"""Gmail, Google Workspace and Google Groups."""

import re

from mgtui.report.addresses import clean_address, find_addresses
from mgtui.report.contacts import is_contact
from mgtui.report.dialects.blocks import Block, from_blocks, sole_address
from mgtui.report.dialects.prose import Prose
from mgtui.report.lazy import LazyPattern
from mgtui.report.model import Line
from mgtui.report.parsed import ReadByDialect

_WRITER = LazyPattern(r"mailer-daemon@(?:google(?:mail|groups)?|gmail)\.com|@googlegroups\.com")
_START = LazyPattern(
    r"following recipients? (?:failed permanently|has been delayed|have been delayed)", re.IGNORECASE
)
_ANSWER = LazyPattern(
    r"(?:the )?(?:response|error|reponse|réponse|respuesta|risposta|resposta|antwort|fehler|odpowiedź"
    r"|ответ)\b.{0,80}:\s{0,20}$"
    r"|technical details|technische details|応答|响应",
    re.IGNORECASE,
)
_GROUP = LazyPattern(
    r"group you tried to contact \((?P<group>[\w.+-]{1,200}(?:@[\w.-]{1,255})?)\)", re.IGNORECASE
)
#: Where Workspace explains the groups of a domain.
_GROUPS_DOMAIN = re.compile(r"support\.google\.com/a/(?P<domain>(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24})/")
_URL = re.compile(r"https?://\S{1,500}")


def read_google(prose: Prose) -> ReadByDialect | None:
    """Read all forms since 2004: a list, a sentence that names the recipient, a group that doesn't exist."""
    if not _WRITER.search(prose.writer) and "google" not in prose.folded[:2000]:
        return None
    blocks = _group(prose) or _listed(prose.lines)
    if not blocks and _WRITER.search(prose.writer):
        blocks = _in_a_sentence(prose)
    return from_blocks("google", blocks, prose)


def _listed(lines: tuple[Line, ...]) -> list[Block]:
    at = next((n for n, line in enumerate(lines[:60]) if _START.search(line.text)), None)
    if at is None:
        return []
    blocks: list[Block] = []
    for n, line in enumerate(lines[at + 1 :], at + 1):
        address = sole_address(line.text)
        if address and not is_contact(lines, n, address):
            blocks.append(Block(address, line))
        elif blocks and line.text.strip():
            said = _answer(lines[n:])
            for block in blocks:
                block.said = said
            break
    return blocks


def _in_a_sentence(prose: Prose) -> list[Block]:
    """Take the address that the header lists, or the first that the words name outside of a link."""
    listed = prose.failed_recipients()
    said = _answer(prose.lines)
    head = next((line for n, line in enumerate(prose.lines) if _names_recipient(prose.lines, n)), None)
    if not listed and not head:
        return []
    named = listed or find_addresses(_URL.sub("", head.text[:600]))[:1] if head else listed
    line = head or prose.lines[0]
    # What the other server answered says more than the sentence that explains it.
    words = [*(other for other in said if other is not line), line]
    return [Block(address, words[0], words) for address in named]


def _names_recipient(lines: tuple[Line, ...], index: int) -> bool:
    """Tell a line that names an address outside of a link, and not for help."""
    found = find_addresses(_URL.sub("", lines[index].text[:600]))
    return bool(found) and not is_contact(lines, index, found[0])


def _answer(lines: tuple[Line, ...]) -> list[Line]:
    """Give what the other server answered, or all words where nothing announces an answer."""
    said = [line for line in lines if line.text.strip()]
    at = next((n for n, line in enumerate(said[:60]) if _ANSWER.search(line.text[:200])), None)
    return said[:10] if at is None else said[at + 1 : at + 11] or said[:10]


def _group(prose: Prose) -> list[Block]:
    match = _GROUP.search(prose.folded)
    if not match:
        return []
    group = match["group"]
    listed = prose.failed_recipients()
    named = _GROUPS_DOMAIN.search(prose.folded)
    domain = named["domain"] if named else "googlegroups.com"
    address = listed[0] if listed else clean_address(group if "@" in group else f"{group}@{domain}")
    said = [line for line in prose.lines if line.text.strip()][:8]
    return [Block(address, said[0], said)] if address and said else []
