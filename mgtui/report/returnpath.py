"""Addresses hidden in return paths: VERP and its kin, BATV, SRS, and the habits of mailing-list programs."""

import re
from collections.abc import Sequence

from mgtui.report.addresses import clean_address

#: RFC 5321, section 4.5.3.1: a path is at most 256 characters; encoders stretch that.
LONGEST_PATH = 512

_DOMAIN = r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,9}\.[a-z]{2,24}"
# Barracuda's `btv1==TAG==user@domain` and BATV (draft-levine-smtp-batv): `prvs=TAG=user@domain`,
# QUIRK: some sign with a slash: `prvs=user/TAG@domain`.
_BATV = re.compile(r"(?:prvs=[0-9a-z]{6,20}=|btv1==[0-9a-z]{1,20}==)(?P<user>[^@]{1,256})", re.IGNORECASE)
_BATV_SLASH = re.compile(r"prvs=(?P<user>[^@/=]{1,256})/[0-9a-z]{6,20}", re.IGNORECASE)
# Momentum and SparkPost sign as BATV does, under a name of their own.
_MSPRVS = re.compile(r"msprvs1=[0-9a-z]{1,40}=(?P<user>[^@]{1,256})", re.IGNORECASE)
# SRS0=hash=day=domain=user, and SRS1=hash=forwarder==hash=day=domain=user of the second forwarder.
_SRS = re.compile(
    rf"srs(?:0[=+-]"
    rf"|1[=+-][^=]{{1,20}}=[^=]{{1,255}}=[=+-])[^=]{{1,20}}=[^=]{{1,4}}=(?P<domain>{_DOMAIN})=(?P<user>.{{1,256}})",
    re.IGNORECASE,
)
# Exchange Online: `forwarder+SRS=hash=day=domain=user@tenant`, or a hash and a day alone.
_SRS_OF_EXCHANGE = re.compile(
    rf"[^+]{{1,128}}\+srs=[^=]{{1,20}}=[^=]{{1,4}}(?:=(?P<domain>{_DOMAIN})=(?P<user>.{{1,256}}))?",
    re.IGNORECASE,
)
# A mark, the recipient with three equal signs for the at-sign, and a checksum: `n12-ab-user===domain-1a2b3`.
_TRIPLE = re.compile(
    rf"(?P<head>[^=]{{1,256}})===(?P<domain>{_DOMAIN})-[0-9a-f]{{4,12}}",
    re.IGNORECASE,
)
# Sympa: `bounce+user==a==domain==list@host`.
_SYMPA = re.compile(
    rf"[^=]{{1,64}}\+(?P<user>[^=]{{1,128}})==a==(?P<domain>{_DOMAIN})(?:==.{{1,128}})?", re.IGNORECASE
)
# LISTSERV: `owner-LIST*user**DOMAIN*-ORG@host`, a dot of the domain written `*-` or as it is.
_LISTSERV = re.compile(r"[^*]{1,64}\*(?P<user>[^*]{1,128})\*\*(?P<domain>[^@]{3,255})", re.IGNORECASE)
_VERP = re.compile(rf"(?P<head>.{{1,256}})=(?P<domain>{_DOMAIN})", re.IGNORECASE)
# The at-sign written otherwise: xtext of RFC 3461, `_at_`, `#`.
_OTHER_AT = re.compile(
    rf"(?P<head>.{{1,256}}?)(?:\+40|=40|_at_|--at--|#)(?P<domain>{_DOMAIN})", re.IGNORECASE
)
_SIGNED = ("prvs=", "btv1==", "msprvs1=")
_NUMBER = re.compile(r"\d{1,20}|(?=\D{0,40}\d\D{0,40}\d)[0-9a-z_.]{2,60}", re.IGNORECASE)
_MARK = re.compile(
    r"(?:[\w.]{1,64}-){0,6}?(?:bounces?|b|bnc|bn|returns?|verp|sentto|err|errors?|reply|mailer|mail|m"
    r"|news)[-.]"
    r"(?=[\w-])",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"[\w.-]{0,128}?-\d{1,20}-(?=[^\d-])")
# ezmlm: `list-return-77-`, or `return-list-77-`, where the list may be called like a mark of another program.
_RETURN = re.compile(
    r"(?:[\w.]{1,64}-){0,6}?returns?-(?:[\w.]{1,64}-){0,6}?\d{1,20}-(?=[^\d-])", re.IGNORECASE
)
# SendGrid: `bounces+1234567-ab12-`; Mailgun: `bounce+0f1a2b.c3d4e5-`. Their marks may be letters only.
_OF_SERVICE = re.compile(r"\d{3,20}-[0-9a-f]{4}-|[0-9a-f]{6}\.[0-9a-f]{4,12}-", re.IGNORECASE)
# A first word that nobody is called: long, in one piece, with figures all over it.
_LONG_MARK = re.compile(r"(?=(?:[a-z]{0,9}\d){3})[0-9a-z]{16,80}-", re.IGNORECASE)


def decode_return_path(address: str) -> str | None:
    """Give the address that a return path hides, None where it hides none that can be told.

    For VERP that is the recipient; for BATV and SRS the sender whose address was signed or rewritten.
    """
    path = address.strip().strip("<>")[:LONGEST_PATH]
    local, at, host = path.rpartition("@")
    if not at or not local or not host:
        return None
    if _is_rewritten(local):
        return _rewritten(local)
    return _signed(local, host) or _listed(local) or _variable(local)


def return_path_recipient(addressees: Sequence[str]) -> str | None:
    """Give the recipient that the return paths among a report's addressees hide, None where none does."""
    return next((hidden for path in addressees if (hidden := _recipient_in(path))), None)


def _recipient_in(path: str) -> str | None:
    """Give the recipient that a return path hides: behind SRS and BATV stands the sender, whose path may hide one."""
    hidden = decode_return_path(path)
    if hidden is None:
        return None
    local = path.strip().strip("<>").rpartition("@")[0]
    if _is_rewritten(local) or local.lower().startswith(_SIGNED):
        return None if _is_rewritten(hidden.rpartition("@")[0]) else decode_return_path(hidden)
    return hidden


def _signed(local: str, host: str) -> str | None:
    if not local.lower().startswith(_SIGNED):
        return None
    match = _BATV.fullmatch(local) or _BATV_SLASH.fullmatch(local) or _MSPRVS.fullmatch(local)
    return _address(match["user"], host) if match else None


def _is_rewritten(local: str) -> bool:
    lower = local.lower()
    return lower.startswith(("srs0", "srs1")) or "+srs=" in lower


def _rewritten(local: str) -> str | None:
    match = _SRS.fullmatch(local) or _SRS_OF_EXCHANGE.fullmatch(local)
    return _address(match["user"], match["domain"]) if match and match["user"] else None


def _listed(local: str) -> str | None:
    if match := _SYMPA.fullmatch(local):
        return _address(match["user"], match["domain"])
    match = _LISTSERV.fullmatch(local)
    if not match:
        return None
    domain = match["domain"].replace("*-", ".")
    return _address(match["user"], domain) if re.fullmatch(_DOMAIN, domain, re.IGNORECASE) else None


def _variable(local: str) -> str | None:
    if local.lower().startswith(_SIGNED):
        return None
    if triple := _TRIPLE.fullmatch(local):
        return _address(_without_tokens(triple["head"]), triple["domain"])
    match = _VERP.fullmatch(local) or _OTHER_AT.fullmatch(local)
    if not match:
        return None
    user = _without_mark(match["head"])
    return _address(user, match["domain"]) if user else None


def _without_mark(head: str) -> str:
    """Take off what stands before the recipient: `bounces+`, `b-123-`, `list-return-7-`, `owner-list+M1=`."""
    before, plus, after = head.partition("+")
    if plus and before and after and not before.isdigit():
        # SendGrid and Mailgun; Majordomo: `owner-list+M123=user`.
        service = _OF_SERVICE.match(after)
        return after[service.end() :] if service else _without_tokens(after)
    if returned := _RETURN.match(head):
        return head[returned.end() :]
    if long := _LONG_MARK.match(head):
        return _without_tokens(head[long.end() :])
    mark = _MARK.match(head)
    if mark:
        return _without_tokens(head[mark.end() :])
    numbered = _NUMBERED.match(head)
    return head[numbered.end() :] if numbered else head.rpartition("=")[2]


def _without_tokens(text: str) -> str:
    # A number, or a word with two digits, is a mark of the mailing; what is left has to be something.
    while True:
        token, dash, rest = text.partition("-")
        if not dash or not rest or not _NUMBER.fullmatch(token):
            return text.rpartition("=")[2]
        text = rest


def _address(user: str, domain: str) -> str | None:
    whole = f"{user}@{domain}"
    return whole if clean_address(whole) == whole else None
