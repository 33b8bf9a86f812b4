"""Addresses that a provider takes for the same mailbox, where the configuration says so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variants:
    """Domains (case folded, IDNA) at which `+tag` or dots in the local part make no difference."""

    plus_tags: frozenset[str] = frozenset()
    dots: frozenset[str] = frozenset()

    def has(self, address: str) -> bool:
        """Tell whether an address (normalised) may stand for another one."""
        domain = address.rpartition("@")[2]
        return domain in self.plus_tags or domain in self.dots

    def form(self, address: str) -> str:
        """Give the form that all variants of an address (normalised) share; elsewhere the address itself."""
        local, _, domain = address.rpartition("@")
        if local.startswith('"'):
            return address
        short = local
        if domain in self.plus_tags:
            short = short.partition("+")[0] or local
        if domain in self.dots:
            short = short.replace(".", "") or short
        return f"{short}@{domain}"

    def same(self, one: str, other: str) -> bool:
        """Tell whether two addresses (normalised) are the same mailbox."""
        return one == other or self.form(one) == self.form(other)
