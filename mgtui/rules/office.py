"""What the office's configuration says to decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mgtui.contacts import Internal, Variants
from mgtui.rules.model import Rule
from mgtui.rules.proof import Proofs


@dataclass(frozen=True, slots=True)
class Office:
    """The rules in force, the addresses of our own, and the categories of outgoing mail."""

    rules: Sequence[Rule]
    ruleset_digest: str
    internal: Internal = field(default_factory=Internal)
    variants: Variants = field(default_factory=Variants)
    always_send: frozenset[str] = frozenset()
    subscribers: frozenset[str] = frozenset()  #: those who can be told
    wanting_notices: frozenset[str] = frozenset()  #: those of them who are told what no rule addresses
    proofs: Proofs = field(default_factory=Proofs)
    categories: Mapping[str, str] = field(default_factory=dict)  #: what the header says -> category
