"""Anchors: a position and the chain value there, kept outside the log as a witness."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the chain's value was after the commit that ended at a position.

    A log that was rewritten as a whole, or whose end was cut off, is whole in itself; only an anchor tells.
    """

    position: int
    chain: str  #: in hex

    def __str__(self) -> str:
        return f"{self.position}:{self.chain}"

    @classmethod
    def parse(cls, text: str) -> "Anchor":
        """Read what `str` wrote; raises ValueError for anything else."""
        position, colon, chain = text.strip().partition(":")
        if not (colon and position.isdecimal() and len(chain) == 64):
            raise ValueError(f"an anchor is position:chain, 64 hex digits long, not {text.strip()!r}")
        return cls(int(position), bytes.fromhex(chain).hex())
