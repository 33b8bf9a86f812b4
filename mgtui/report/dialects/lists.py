"""Mailing lists that refuse a posting: Mailman, Sympa, LISTSERV, ezmlm, Majordomo and their kin.

The list lives and so does its address: what was refused is the mail of somebody who may not post.
"""

import re

from mgtui.report.addresses import find_addresses
from mgtui.report.dialects.blocks import Block, from_blocks
from mgtui.report.dialects.prose import Prose
from mgtui.report.lazy import LazyPattern
from mgtui.report.model import Line
from mgtui.report.parsed import ReadByDialect

_REFUSED = LazyPattern(
    r"not (?:allowed|authorized|authorised|permitted) to (?:post|send (?:e-?mail|mail|messages|this message))"
    r"|only (?:subscribers|members|list members)\b.{0,30} (?:may|can|are allowed to) post|posting is restricted to"
    r"|restricted to (?:list )?(?:subscribers|members)|(?:non-?members?|non-?subscribers?) (?:may|can|are) not"
    r"|list only accepts (?:posts|postings|messages|mail) from|posts? (?:by|from) non-?members"
    r"|message .{0,60}(?:was|has been) (?:automatically )?rejected by the (?:list )?(?:moderator|owner|administrator)"
    r"|(?:your|the) (?:posting|post) to .{1,120} (?:was|has been) (?:rejected|refused|denied)"
    r"|dürfen nicht an diese liste|nur (?:mitglieder|abonnenten).{0,40}(?:schreiben|senden|posten)"
    r"|n'êtes pas autorisé.{0,20} à (?:poster|envoyer|diffuser)|réservée? aux abonnés"
)
#: Fields by which a list names itself.
_FIELDS = ("x-beenthere", "list-post", "x-loop", "x-mailing-list", "x-list")
#: The addresses that a list has besides its own.
_ROLE = re.compile(
    r"(?:-(?:owner|request|bounces|admin|help|subscribe|unsubscribe|editor)|\+(?:owner|help))$", re.I
)
_OWNER = re.compile(r"owner-", re.I)


def read_lists(prose: Prose) -> ReadByDialect | None:
    """Read the refusal of a list: the list is the recipient, by its own fields, the subject, or its owner's address."""
    match = _REFUSED.search(prose.folded[:4000])
    address = _list_of(prose) if match else None
    if match is None or address is None:
        return None
    said = [line for line in prose.lines if line.text.strip()][:8]
    return from_blocks("list", [Block(address, _line_with(said, match[0]), said)], prose, delayed=False)


def _list_of(prose: Prose) -> str | None:
    headers = prose.headers
    own = {address.lower() for address in headers.addressees}
    named = [address for name in _FIELDS for address in find_addresses(headers.get(name)[:500])]
    named += find_addresses(headers.subject[:500])
    for address in (*named, *headers.sender):
        if address.lower() not in own and (found := _without_role(address, is_named=address in named)):
            return found
    for line in prose.lines[:60]:
        for address in find_addresses(line.text[:500]):
            if found := _without_role(address, is_named=False):
                return found
    return None


def _without_role(address: str, *, is_named: bool) -> str | None:
    """Give a list's address by one of its role addresses; a plain one only where it is named as the list's own."""
    local, _, domain = address.rpartition("@")
    bare = _OWNER.sub("", _ROLE.sub("", local), count=1)
    return f"{bare}@{domain}" if bare and (is_named or bare != local) else None


def _line_with(lines: list[Line], words: str) -> Line:
    """Give the line that the words of the refusal begin on."""
    first = " ".join(words.split(" ")[:2])
    return next((line for line in lines if first in line.text.lower()), lines[0])
