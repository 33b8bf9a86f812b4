"""Addresses as they are compared: normalised, and internal ones told apart."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

MAX_LENGTH = 320  #: RFC 3696: 64 octets of local part, the sign, 255 of domain


@lru_cache(maxsize=8192)
def normalise(address: str) -> str:
    """Give the form in which addresses are compared: case folded, domain in IDNA; "" for what is no address.

    The local part is folded too: RFC 5321 2.4 lets a host tell case apart, but no provider in use does.
    """
    local, sign, domain = address.strip().strip("<>").rpartition("@")
    if not sign or not local or not domain or len(address) > MAX_LENGTH:
        return ""
    if local.startswith('"') and local.endswith('"') and len(local) > 2:
        local = _unquote(local)
    with suppress(UnicodeError):
        domain = domain.rstrip(".").encode("idna").decode("ascii")
    return f"{local.casefold()}@{domain.casefold()}"


def _unquote(local: str) -> str:
    """Take off quotation marks that a local part doesn't need (RFC 5321 4.1.2)."""
    bare = local[1:-1].replace("\\", "")
    return bare if all(char.isalnum() or char in "!#$%&'*+-/=?^_`{|}~." for char in bare) else local


@dataclass(frozen=True, slots=True)
class Internal:
    """The office's own addresses and domains, normalised; subdomains count as the domain."""

    addresses: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()

    @classmethod
    def of(cls, entries: Iterable[str]) -> "Internal":
        """Take addresses and domains mixed, as the configuration has them."""
        texts = [entry.strip() for entry in entries]
        return cls(
            frozenset(normalise(text) for text in texts if "@" in text.lstrip("@")),
            frozenset(
                normalise(f"x@{text.lstrip('@')}").removeprefix("x@")
                for text in texts
                if "@" not in text.lstrip("@")
            ),
        )

    def has(self, address: str) -> bool:
        """Tell whether an address (normalised) is one of the office's own."""
        if address in self.addresses:
            return True
        domain = address.rpartition("@")[2]
        while domain:
            if domain in self.domains:
                return True
            domain = domain.partition(".")[2]
        return False
