"""What a change may cost: a wrapper or damage, and what a mail no longer tells behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final, Generic, TypeVar

from tests.mgtui.bounce.made.written import Piece, Written

Mail = TypeVar("Mail")
ALL: Final = frozenset(("kind", "address", "status", "diagnosis"))


@dataclass(frozen=True)
class Change(Generic[Mail]):
    """A change to a mail, and what it takes away."""

    name: str
    make: Callable[[Mail, Random], Mail]
    loses: frozenset[str] = frozenset()


def in_fields(name: str, make: Callable[[str], str], loses: str = "") -> Change[Written]:
    """Change the text of the machine-readable parts."""

    def change(piece: Piece) -> None:
        piece.text = make(piece.text)

    return in_piece("fields", name, change, loses)


def in_piece(role: str, name: str, make: Callable[[Piece], object], loses: str = "") -> Change[Written]:
    """Change the parts of one role."""

    def change(mail: Written, _random: Random) -> Written:
        for piece in mail.pieces:
            if piece.role == role:
                make(piece)
        return mail

    return Change(name, change, frozenset(loses.split()))


def in_mail(name: str, make: Callable[[Written], object], loses: str = "") -> Change[Written]:
    """Change a mail as a whole."""

    def change(mail: Written, _random: Random) -> Written:
        make(mail)
        return mail

    return Change(name, change, frozenset(loses.split()))


def in_bytes(name: str, make: Callable[[bytes], bytes], loses: frozenset[str] = frozenset()) -> Change[bytes]:
    """Change the bytes of a mail."""

    def change(raw: bytes, _random: Random) -> bytes:
        return make(raw)

    return Change(name, change, loses)
