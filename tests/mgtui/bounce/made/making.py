"""Puts truths, writers, wrappers and damage together, by a seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from tests.mgtui.bounce.made.damage import BYTES, STRUCTURE
from tests.mgtui.bounce.made.fields import FIELD_DAMAGE
from tests.mgtui.bounce.made.other_writers import OTHER_TRUTHS, OTHER_WRITERS
from tests.mgtui.bounce.made.prose_writers import PROSE_WRITERS
from tests.mgtui.bounce.made.truths import TRUTHS, Truth
from tests.mgtui.bounce.made.wrappers import WRAPPERS, forwarded
from tests.mgtui.bounce.made.writers import WRITERS
from tests.mgtui.bounce.made.written import Written

_BY_NAME: Final = {c.name: c for c in (*WRAPPERS, *FIELD_DAMAGE, *STRUCTURE)}
_BYTES_BY_NAME: Final = {c.name: c for c in BYTES}

#: What happens to reports alone: no list says that a letter is a reply, and nothing makes a report of its type.
_NOT_FOR_LETTERS: Final = ("a list's fields", "no report-type")
LETTER_CHANGES: Final = tuple(name for name in _BY_NAME if name not in _NOT_FOR_LETTERS)
LETTER_BYTES: Final = tuple(name for name in _BYTES_BY_NAME if name != "a line lost")
_ALL_TRUTHS: Final = TRUTHS | OTHER_TRUTHS
_WRITERS: Final = WRITERS | PROSE_WRITERS | {name: write for name, (write, _) in OTHER_WRITERS.items()}
#: Complaints and receipts have one block only.
_NOT_FOR_FEEDBACK: Final = (
    "no first block",
    "the fields in the notice",
    "a part for each",
    "a blank before the colon",
    "a comment behind",
)


@dataclass(frozen=True)
class Made:
    """A mail that was made, from what, and what of it was lost on the way."""

    raw: bytes
    truth: Truth
    recipe: tuple[str, ...]
    has_fields: bool
    loses: frozenset[str]


def make(truth: str, writer: str, *changes: str, seed: int = 0) -> Made:
    """Write a truth down and change the writing in these ways."""
    happened = _ALL_TRUTHS[truth]
    mail = _WRITERS[writer](happened)
    has_fields = mail.piece("fields") is not None
    fit = [name for name in changes if _fits(name, mail, happened, changes)]
    raw, loses = changed(mail, fit, Random(seed))
    return Made(raw, happened, (truth, writer, *changes), has_fields, loses)


def changed(mail: Written, changes: Sequence[str], random: Random) -> tuple[bytes, frozenset[str]]:
    """Change a mail, and say what it loses."""
    loses: set[str] = set()
    raw: bytes | None = None
    for name in changes:
        if name == "forwarded":
            forwarded(mail)
        elif name in _BY_NAME:
            mail = _BY_NAME[name].make(mail, random)
            loses |= _BY_NAME[name].loses
        else:
            raw = _BYTES_BY_NAME[name].make(mail.raw() if raw is None else raw, random)
            loses |= _BYTES_BY_NAME[name].loses
    return (mail.raw() if raw is None else raw), frozenset(loses)


def _fits(name: str, mail: Written, happened: Truth, changes: Sequence[str]) -> bool:
    """Tell whether a change makes sense of a mail."""
    if name == "seven bits":
        return all(told.address.isascii() for told in happened.told)
    if name == "no first block" and "the first block last" in changes:
        return False
    has_one_block = "feedback" in mail.multipart or "disposition" in mail.multipart
    return not (has_one_block and name in _NOT_FOR_FEEDBACK)


def any_recipe(random: Random) -> tuple[str, ...]:
    """Choose a truth, a writer, and what happens to the mail."""
    if random.random() < 0.2:
        writer = random.choice(list(PROSE_WRITERS))
        truth = random.choice(
            [
                n
                for n, t in TRUTHS.items()
                if all(r.action == "failed" and r.address.isascii() for r in t.told)
            ]
        )
    else:
        writer, truth = random.choice(list(WRITERS)), random.choice(list(TRUTHS))
    return (truth, writer, *any_changes(random))


def any_other_recipe(random: Random) -> tuple[str, ...]:
    """Choose a complaint, a receipt or a reply, and what happens to it."""
    writer = random.choice(list(OTHER_WRITERS))
    return (random.choice(OTHER_WRITERS[writer][1]), writer, *any_changes(random))


def any_letter(random: Random, names: Sequence[str]) -> tuple[str, list[str]]:
    """Choose a letter, and what happens to it."""
    changes = random.sample(LETTER_CHANGES, random.choice((0, 1, 2, 3)))
    if random.random() < 0.5:
        changes.append(random.choice(LETTER_BYTES))
    return random.choice(names), changes


def any_changes(random: Random) -> list[str]:
    """Choose what happens to a mail."""
    changes = [c.name for c in random.sample(FIELD_DAMAGE, random.choice((0, 0, 1, 1, 2)))]
    changes += [c.name for c in random.sample(WRAPPERS, random.choice((0, 1, 1, 2)))]
    changes += [c.name for c in random.sample(STRUCTURE, random.choice((0, 0, 1)))]
    if random.random() < 0.1:
        changes.append("forwarded")
    if random.random() < 0.5:
        changes.append(random.choice(BYTES).name)
    return changes
