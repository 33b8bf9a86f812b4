"""Signed return paths: an address to which only a mail of ours can have sent a report.

    bounces+k1.fx2.newsletter.q5n3xw2mbd7oegtc=erika=example.org@office.example
            |  |   |          |                |
            |  |   category   HMAC-SHA256, its first 80 bits in base32
            |  day, counted from 1970, in base 36  the recipient; left out where the local part gets too long
            key

The recipient stands where ordinary readers of VERP look for it. Everything is in lower case and stays
readable when a relay folds it. The signature covers key, day, category and recipient, so a path that somebody
received proves nothing about any other address.
"""

import base64
import hmac
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST_LOCAL = 64  #: RFC 5321, section 4.5.3.1.1
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_EPOCH = date(1970, 1, 1)
_CATEGORY = re.compile(r"[a-z0-9_-]{0,32}")
_TOKEN = re.compile(
    r"(?P<key>k[0-9]{1,4})\.(?P<day>[0-9a-z]{1,5})\.(?P<category>[a-z0-9_-]{0,32})\.(?P<mac>[a-z2-7]{16})"
    r"(?:=(?P<user>[^@]{1,256})=(?P<domain>[^=@]{1,255}))?"
)


@dataclass(frozen=True, slots=True)
class Key:
    """A secret that signs; its id is k1, k2 ..."""

    key_id: str
    secret: bytes


@dataclass(frozen=True, slots=True)
class Signed:
    """A path that we signed, for this address, on this day."""

    address: str
    category: str
    day: date
    key_id: str


@dataclass(frozen=True, slots=True)
class Stale:
    """A path that we signed, too long ago to be believed."""

    signed: Signed
    days: int


@dataclass(frozen=True, slots=True)
class Forged:
    """A path that looks signed and isn't, or not for this address; `why` says it."""

    why: str


Checked = Signed | Stale | Forged


def looks_signed(path: str) -> bool:
    """Tell whether an address has the form of a signed return path."""
    return _token_of(path) is not None


def sign(address: str, category: str, return_path: str, key: Key, day: date) -> str:
    """Give the return path for a mail to an address (normalised).

    `return_path` is the mailbox that reports go to. Raises `ValueError`, in one line, for what can't be signed.
    """
    local, at, host = return_path.rpartition("@")
    if not at or not local or not host or "+" in local:
        raise ValueError(f"{return_path!r} can't be extended: it must be an address without a plus sign")
    if not _CATEGORY.fullmatch(category):
        raise ValueError(f"the category {category!r} must be of a-z, 0-9, _ and -, at most 32 of them")
    user, at, domain = address.rpartition("@")
    if not at:
        raise ValueError(f"{address!r} is no mail address")
    number = _base36((day - _EPOCH).days)
    token = f"{key.key_id}.{number}.{category}.{_mac(key, number, category, address)}"
    whole = f"{local}+{token}={user}={domain}"
    # Quoted local parts, and those that make it too long, are proved by the address the report names.
    if len(whole) > LONGEST_LOCAL or not re.fullmatch(r"[a-z0-9!#$%&'*/?^_`{|}~.+=-]+", user):
        whole = f"{local}+{token}"
    return f"{whole}@{host}"


def check(
    path: str, keys: Sequence[Key], today: date, max_days: int, addresses: Iterable[str] = ()
) -> Checked:
    """Say what a path that looks signed is worth.

    `addresses` (normalised) are tried where the path doesn't name its recipient.
    """
    found = _token_of(path)
    if found is None:
        return Forged("this isn't a signed return path")
    key = next((key for key in keys if key.key_id == found["key"]), None)
    if key is None:
        return Forged(f"there is no key {found['key']}")
    tried = [f"{found['user']}@{found['domain']}"] if found["user"] else list(addresses)
    for address in tried:
        if hmac.compare_digest(_mac(key, found["day"], found["category"], address), found["mac"]):
            return _in_time(
                Signed(address, found["category"], _day(found["day"]), key.key_id), today, max_days
            )
    return Forged(f"the signature isn't ours for {', '.join(tried) or 'any address that is named'}")


def _in_time(signed: Signed, today: date, max_days: int) -> Signed | Stale:
    days = (today - signed.day).days
    return signed if -1 <= days <= max_days else Stale(signed, days)  # clocks differ by a day at most


def _token_of(path: str) -> re.Match[str] | None:
    local = path.strip().strip("<>").rpartition("@")[0].casefold()
    return _TOKEN.fullmatch(local.partition("+")[2]) if len(local) <= 512 else None


def _mac(key: Key, day: str, category: str, address: str) -> str:
    text = "\0".join(("return path 1", key.key_id, day, category, address))
    return base64.b32encode(hmac.digest(key.secret, text.encode(), "sha256")[:10]).decode().lower()


def _base36(number: int) -> str:
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text or "0"


def _day(text: str) -> date:
    # Five digits reach beyond the calendar; those were never ours.
    return _EPOCH + timedelta(days=min(int(text, 36), 2_000_000))
