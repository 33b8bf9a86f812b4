"""A rule in words: when it speaks, and what then happens."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from mgtui.language import _, counted
from mgtui.moments import day
from mgtui.retelling import retold, word
from mgtui.rules.model import Action, Count, File, Notify, RemoveFromList, Restore, Review, Suppress, When


def conditions(when: When) -> Iterator[str]:
    """Say what must hold, each in a line; nothing for a rule that always speaks."""
    named: tuple[tuple[str, Iterable[str]], ...] = (
        (_("the mail is: {names}"), when.kind),
        (_("severity: {names}"), when.severity),
        (_("reason: {names}"), when.reason),
        (_("status code: {names}"), when.status),
        (_("provider: {names}"), when.provider),
        (_("category of the mailing: {names}"), when.category),
        (_("the contact is on the list: {names}"), when.list),
    )
    yield from (text.format(names=_either(names)) for text, names in named if names)
    for name, values in when.fields.items():
        yield _("the contact's field {name}: {values}").format(name=name, values=_either(values))
    if when.always_send is not None:
        yield _("the mailing is always sent") if when.always_send else _("the mailing isn't always sent")
    if when.occurrence is not None:
        first = when.occurrence == "first"
        yield _("it is the address's first bounce") if first else _("the address has bounced before")
    if when.count is not None:
        yield _count(when.count)


def effect(action: Action) -> str:
    """Say what an action does."""
    match action:
        case Suppress():
            return _suppress(action)
        case RemoveFromList():
            return _("take the contact off the list {list}").format(list=action.list)
        case Restore(list=None):
            return _("let the address be written to again")
        case Restore():
            return _("put the contact on the list {list} again").format(list=action.list)
        case Review():
            return _("ask a person: {why}").format(why=retold(action.why) or _("the rule's name says why"))
        case Notify():
            whom = ", ".join(action.to) or _("whoever wants notices")
            return _("tell {whom}: {why}").format(whom=whom, why=retold(action.why) or _("what happened"))
        case File(unmatched="leave"):
            return _("file the mail at its contact; where there is none, leave it")
        case File():
            return _("file the mail at its contact; where there is none, ask a person")
        case _:
            assert_never(action)


def _either(names: Iterable[str]) -> str:
    return _(" or ").join(word(name) for name in names)


def _count(count: Count) -> str:
    what = (
        _("bounces of any kind")
        if count.of == "any"
        else _("bounces ({severity})").format(severity=word(count.of))
    )
    if count.reason:
        what += f" ({_either(count.reason)})"
    days = counted(count.within_days, "within {} day", "within {} days")
    text = _("at least {number:g} {what} of the address {days}").format(
        number=count.at_least, what=what, days=days
    )
    if count.halves_after_days:
        text += _(", each weighing half after {number} days").format(number=count.halves_after_days)
    return text


def _suppress(action: Suppress) -> str:
    what = ", ".join(action.categories) or _("every mail but what is always sent")
    if action.for_days:
        end = counted(action.for_days, "for {} day", "for {} days")
    else:
        end = _("until {day}").format(day=day(action.until)) if action.until else _("for good")
    return _("suppress the address, {end}: {what}").format(end=end, what=what)
