"""Judges an answer by the truth: what is wrong with it, and what it fails to say."""

import re
from collections.abc import Iterator

from mgtui.bounce import Classification, RecipientVerdict
from tests.mgtui.bounce.made.changes import ALL
from tests.mgtui.bounce.made.making import Made
from tests.mgtui.bounce.made.truths import Told

#: Addresses that prose alone may mistake, where the lines that name the recipient are lost.
_OF_DISCLAIMERS = ("privacy@legal.example",)


#: What only the form of the whole can tell, once its parts are gone: the form is lost by these.
_TOGETHER = (
    ("microsoft", ("forwarded", "the mail as text", "the mail as a file")),
    ("multipart/mixed", ("forwarded",)),
    ("unfolded", ("set in", "set in by a tab", "set in deeply")),
    ("no blank line behind a part's header", ("set in", "set in by a tab", "set in deeply")),
)


def faults(made: Made, said: Classification) -> Iterator[str]:
    """Give what is wrong: whatever was lost, no answer may say otherwise than what happened."""
    if made.truth.kind not in ("bounce", "delayed", "delivered"):
        yield from _faults_of_other(made, said)
        return
    wrong = list(_untrue(made, said))
    yield from wrong
    if not wrong and not made.loses >= {"kind"}:
        yield from _missing(made, said)


def _faults_of_other(made: Made, said: Classification) -> Iterator[str]:
    """Give what is wrong with the answer to a complaint, a receipt or a reply: nothing failed, and nobody is dead."""
    lost = made.loses >= {"kind"}
    recipe = set(made.recipe)
    for needed, damage in _TOGETHER:
        lost = lost or (needed in recipe and not recipe.isdisjoint(damage))
    lost = lost or "no type" in recipe
    if lost and "forwarded" in recipe and not said.recipients:
        return  # what a mail system sends is taken for a notice of its own
    if said.kind != made.truth.kind and not (lost and said.kind in ("ordinary", "auto_reply", "complaint")):
        yield f"kind {said.kind}"
        return
    names = {name for told in made.truth.told for name in (told.address, told.original) if name}
    names |= {"alias." + name for name in names}
    found = {(one.recipient or "").lower() for one in said.recipients}
    if said.kind == made.truth.kind and (made.truth.kind == "complaint" or not lost):
        yield from (f"recipient {name}" for name in sorted(found - names) if not _is_cut_name(made, name))
    if any(one.severity == "hard" for one in said.recipients):
        yield "hard"
    is_named = made.recipe[1] != "microsoft" or made.recipe[2:] == ()
    if is_named and not lost and not made.loses and not {told.address for told in made.truth.told} <= found:
        yield "without a recipient"


def _is_cut_name(made: Made, name: str) -> bool:
    return "cut anywhere" in made.recipe and any(told.address.startswith(name) for told in made.truth.told)


def _untrue(made: Made, said: Classification) -> Iterator[str]:
    """Give what contradicts the truth."""
    if said.kind not in (made.truth.kind, "ordinary", *_others(made)):
        yield f"kind {said.kind}"
    if said.kind == "ordinary" and made.has_fields and _names_failed(made):
        yield "kind ordinary, though a field names a recipient"
    for one in said.recipients:
        told = _told(made, one)
        if told is None:
            if (
                not (made.loses and _is_cut(made, one))
                and one.recipient not in _OF_DISCLAIMERS
                and "=C3" not in (one.recipient or "")
            ):
                yield f"recipient {one.recipient}"
            continue
        if (
            one.status
            and one.status != told.status
            and one.status.encode() not in made.raw.replace(told.status.encode(), b"")
        ):
            yield f"status {one.status}"
        if one.status and one.status != told.status and not made.loses:
            yield f"status {one.status} for {told.status}"
        if one.reply_code and one.reply_code not in (told.reply, 550) and not made.loses >= ALL:
            yield f"reply {one.reply_code}"
        if one.severity == "hard" and told.severity not in ("hard", "?"):
            yield f"hard, though {told.said}"


def _others(made: Made) -> tuple[str, ...]:
    """Give the kinds that a mail may seem to be where something is lost."""
    if "action" in made.loses or made.loses >= {"kind"}:
        return ("bounce", "delayed", "delivered")
    return (
        ("bounce", "delayed")
        if not made.has_fields or (made.truth.kind == "delayed" and "fw" in made.recipe)
        else ()
    )


def _names_failed(made: Made) -> bool:
    """Tell a mail in which the field that names each recipient is whole."""
    body = made.raw.replace(b"\r", b"\n")
    names = [re.escape(told.address.encode()) for told in made.truth.told]
    fields = [re.compile(rb"^final-recipient:\s?rfc822;\s?" + name + rb"\s*$", re.I | re.M) for name in names]
    return b"From: " in body and all(field.search(body) is not None for field in fields)


def _told(made: Made, one: RecipientVerdict) -> Told | None:
    for told in made.truth.told:
        names = {
            told.address,
            told.original,
            "alias." + told.address if "another original recipient" in made.recipe else None,
        }
        if (one.recipient or "").lower() in {(name or "").lower() for name in names if name}:
            return told
    return None


def _is_cut(made: Made, one: RecipientVerdict) -> bool:
    """Tell an address that the damage cut short."""
    said = (one.recipient or "").lower()
    if any(name.startswith("cut ") for name in made.recipe) and "@" not in said:
        return True  # no address at all, where the end of the mail cut its type off
    return any(name.startswith("cut ") for name in made.recipe) and any(
        t.address.startswith(said) or (t.original or "").startswith(said) for t in made.truth.told
    )


def _missing(made: Made, said: Classification) -> Iterator[str]:
    """Give what is still there and isn't said."""
    if said.kind == "ordinary":
        yield "kind ordinary"
        return
    if "address" in made.loses:
        return
    found = {told: one for one in said.recipients if (told := _told(made, one)) is not None}
    wanted = [told for told in made.truth.told if told.action != "delivered"] or list(made.truth.told)
    for told in wanted:
        one = found.get(told)
        if one is None:
            yield f"without {told.address}"
            continue
        if (
            one.status != told.status
            and made.truth.kind != "delivered"
            and not made.loses & {"status", "diagnosis"}
        ):
            yield f"status {one.status} for {told.status}"
        if not made.has_fields and {one.severity, told.severity} == {"soft", "refused"}:
            continue  # encoded lines have no paragraphs, by which the tables choose the text that says most
        if (
            told.severity != "?"
            and one.severity != told.severity
            and not made.loses & {"status", "diagnosis", "action"}
        ):
            yield f"{one.severity} for {told.severity} ({told.said})"
    if len(said.recipients) > len(wanted):
        yield f"{len(said.recipients)} recipients for {len(wanted)}"
    is_there = made.truth.message_id.encode() in made.raw and not made.loses
    if is_there and (said.original is None or made.truth.message_id not in said.original.message_id):
        yield "without the Message-ID"
