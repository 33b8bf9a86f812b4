"""Where in a prose an address stands, and how sure that makes us that the failure is told of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from mgtui.report.addresses import find_addresses
from mgtui.report.contacts import is_contact, last_sentence, names_sender
from mgtui.report.labels import FROM, OTHERS, RECIPIENT, TO
from mgtui.report.lazy import LazyPattern
from mgtui.report.look import Look
from mgtui.report.model import Line
from mgtui.report.parsed import ParsedMail
from mgtui.report.phrases import FAILED

_EDGES: Final = " \t<>()[]{}\"'`,;:.*-=•·|>»«「」【】"
_CONTEXT: Final = 160  #: characters around an address that say what it is
_MOST_SEEN: Final = 400
_LABEL: Final = LazyPattern(
    r"(?:^|[\s(])(?:(?:failed|final|original|intended|unknown|invalid|bad)?[ -]?(?:recipients?"
    r"|addressees?|receivers?|rcpt|mailbox|user(?: ?name)?|account|e-?mail)"
    r"(?:\(s\)|s)?(?: ?(?:e-?mail)? ?address(?:es)?(?:\(es\))?)?|address(?:es|\(es\))?|smtp|delivery to"
    r"|deliver(?:ed)? (?:mail |message )?(?:to|for)|(?:sent|message|mail) to|rcpt to|to"
    r"|empfänger(?:adresse|in|s|n)?|empfaenger(?:adresse)?|an|zustellung an|adresse|benutzer"
    r"|nutzer|destinataires?|adresse|destinatari[oa]s?|para|direcci[oó]n|endere[cç]o|indirizzo"
    r"|geadresseerden?|ontvangers?|aan|adresat\w{0,3}|odbiorc\w{1,3}|adres|адрес|получател\w{1,2}"
    rf"|кому|宛先|宛て|あて先|受信者|送信先|收件人|地址|用户|받는 ?사람|{RECIPIENT})"
    r"\s{0,3}(?:[:=：＝]|is|was|ist|est|es)?\s{0,10}(?:smtp:|mailto:|rfc822;)?[\"'<\[(]{0,3}$",
    re.I,
)
_NOT_OF_RECIPIENT: Final = LazyPattern(
    r"(?:^|\s)(?:reply-to|reply to|contact|e-?mail us|send (?:e-?mail |mail "
    r"|a message )?to|write to|forward .{0,40}to"
    r"|report (?:this|it|the problem|errors?) to|questions?|assistance|help|support"
    r"|kontakt\w{0,6}|wenden sie sich|postmaster|administrator|message-id|in-reply-to|mail from(?= ?:)"
    r"|return-path|sent by|schreiben sie)\b[^@]{0,80}$",
    re.I,
)
SERVICE: Final = re.compile(
    r"(?:postmaster|mailer-daemon|abuse|hostmaster|webmaster|help-?desk|support|admin(?:istrator)?"
    r"|no-?reply|noreply)@",
    re.I,
)
_ECHOED: Final = LazyPattern(rf"\s{{0,20}}+(?:[*-]\s{{0,4}}+)?(?:{TO})\s{{0,4}}[:：]", re.I)
_ECHO_NEIGHBOUR: Final = LazyPattern(
    rf"\s{{0,20}}+(?:[*-]\s{{0,4}}+)?(?:{OTHERS}|{FROM})\s{{0,4}}[:：]", re.I
)
#: The rank of an address whose mail goes on to another.
_FORWARDED: Final = -1
#: What stands behind such an address.
_FORWARDS: Final = LazyPattern(
    r"[>\"')\s,]{0,4}(?:(?:(?:was|is|has been|which is|that is|and) )?(?:automatically )?"
    r"(?:forwarded|redirected|relayed on|passed on) to|forwards to|wurde (?:automatisch )?weitergeleitet"
    r"|(?:wird )?weitergeleitet an|(?:a été )?(?:transféré|redirigé)e? (?:à|vers)|(?:fue|ha sido )?reenviado a"
    r"|(?:è stato )?inoltrato a|(?:werd )?doorgestuurd naar)",
    re.I,
)
#: What stands between two addresses that are told of together.
_AND: Final = re.compile(r"[>\"')\s]{0,4}(?:[,;&+]|and|und|et|y|e|en|i|or|oder)(?:\s{0,2}and)?[<\"'(\s]{1,4}")
#: The name of a field in a line, or a cell, of its own, or who a mail came from: what follows is no recipient.
_LABEL_ABOVE: Final = re.compile(
    rf"\s{{0,8}}(?:message-?id|in-reply-to|references|reply-to|return-path|{FROM})\s{{0,3}}[:：]\s{{0,8}}"
    r"|.{0,60}\b(?:message|mail) (?:(?:that was )?sent )?(?:by|from)\s{0,8}"
    # QUIRK: Postfix wraps `<final> (expanded from <original>): ...` at its blanks.
    r"|.{1,330}\((?:expanded|generated|forwarded|redirected) from\s{0,8}",
    re.I,
)


@dataclass(slots=True)
class Seen:
    """An address in the prose, and how sure its place makes us that the failure is its own."""

    address: str
    index: int
    rank: int  #: 3 alone or first on its line, or labelled; 2 in a sentence of failure; 1 elsewhere
    echoed: bool = False  #: as the addressee in a header that the words repeat
    original: str | None = None  #: the address that was mailed, where the words tell of a forwarding


def choose(mail: ParsedMail, look: Look, lines: Sequence[Line]) -> list[Seen]:
    """Choose the addresses that the failure is told of: those in the surest place."""
    own = {
        address.lower()
        for address in (*mail.headers.sender, *mail.headers.addressees, mail.headers.return_path or "")
    }
    seen: list[Seen] = []
    for index, line in enumerate(lines):
        seen += _look_at_line(line.text, index, lines)
        if len(seen) > _MOST_SEEN:
            break
    # A stranger's mail about the reader's own address ("your mailbox is full") is a lure, and no report.
    for skip_own in (True, False) if look.daemon or look.structured else (True,):
        fit = [s for s in seen if not (skip_own and (s.address.lower() in own or SERVICE.match(s.address)))]
        for rank in (3, 2):
            best = _once([s for s in fit if s.rank == rank])
            if best:
                return _with_original(best, seen)
    others = _once([s for s in seen if s.address.lower() not in own and not SERVICE.match(s.address)])
    if len(others) > 1:
        # The addressee of the repeated header, where all others are known for somebody else's.
        others = [s for s in others if s.rank]
        others = others if len(others) == 1 and others[0].echoed else []
    return others if len(others) == 1 and others[0].rank else []


def _with_original(best: list[Seen], seen: list[Seen]) -> list[Seen]:
    """Name the address that was mailed, where it alone is said to be forwarded to the only one that failed."""
    forwarded = _once([s for s in seen if s.rank == _FORWARDED])
    if len(best) == 1 and len(forwarded) == 1:
        best[0].original = forwarded[0].address
    return best


def _once(seen: list[Seen]) -> list[Seen]:
    by_address: dict[str, Seen] = {}
    for found in seen:
        by_address.setdefault(found.address.lower(), found)
    return list(by_address.values())


def _look_at_line(text: str, index: int, lines: Sequence[Line]) -> list[Seen]:
    found = find_addresses(text[:1000])
    if not found:
        return []
    seen: list[Seen] = []
    at = end = 0
    if _is_named_otherwise(lines, index):
        return []
    for address in found[:50]:
        at = max(text.find(address, at), 0)
        before, after = text[max(at - _CONTEXT, 0) : at], text[at + len(address) :][:_CONTEXT]
        at += len(address)
        echoed = _ECHOED.match(before) is not None and _is_echo(lines, index)
        rank = 1 if echoed else _rank(before, after, text)
        if _is_of_path(before, address) or (not names_sender(before) and is_contact(lines, index, address)):
            continue
        if rank and _FORWARDS.match(after):
            rank = _FORWARDED
        elif rank and seen and _AND.fullmatch(text, end, at - len(address)):
            rank = seen[-1].rank  # `to anna@host and bert@host`
        seen.append(Seen(address, index, rank, echoed))
        end = at
    return seen


def _is_of_path(before: str, address: str) -> bool:
    """Tell the end of a file's name or a link; an address of X.400 begins with a slash, too."""
    return before.endswith("/") and "=" not in address


def _is_named_otherwise(lines: Sequence[Line], index: int) -> bool:
    """Tell the value of another field, whose name stands in the last line above."""
    above = next((line.text for line in reversed(lines[max(index - 2, 0) : index]) if line.text.strip()), "")
    return _LABEL_ABOVE.fullmatch(above) is not None


def _is_echo(lines: Sequence[Line], index: int) -> bool:
    """Tell a To line that merely repeats the header of the mail: other fields of it stand next to it."""
    return any(_ECHO_NEIGHBOUR.match(line.text) for line in lines[max(index - 3, 0) : index + 4])


def _is_of_other(before: str) -> bool:
    """Tell words by which an address is somebody else's, as far as they stand in the sentence of the address."""
    found = _NOT_OF_RECIPIENT.search(last_sentence(before))
    return found is not None and not re.search(r"rcpt to", before, re.I)


def _rank(before: str, after: str, text: str) -> int:
    bare = before.strip(_EDGES)
    if bare and (names_sender(before) or _is_of_other(before)):
        return 0
    if not bare or find_addresses(bare) == (bare,):
        # First on its line: alone, or with the diagnosis behind it.
        rest = after.strip(_EDGES)
        return (
            3
            if not rest or after.lstrip(">)\"']")[:1] in ":,;-(" or after[:1] in ">\"'" or "@" in bare
            else 2
        )
    if _LABEL.search(before):
        return 3
    return 2 if _fails(text) else 1


@lru_cache(maxsize=8)
def _fails(text: str) -> bool:
    """Tell a line of failure; asked for each address of it."""
    return FAILED.search(text.lower().replace("’", "'")) is not None
