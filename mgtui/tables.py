"""Tables that people write, checked: what TOML gives becomes frozen structs, or one line that says what is wrong."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, dataclass_transform, get_args, get_origin

import msgspec
from msgspec import Meta as Limits
from msgspec import field

from mgtui.wording import harmless

__all__ = ["Limits", "Table", "TableError", "amend", "changed", "field", "name_of", "plain", "read_table"]

LONGEST_SHOWN = 80  #: characters of what was found
SECRETS = ("password", "secret", "token")
WORDS = {str: "a text", int: "a whole number", float: "a number", bool: "true or false", date: "a date"}
BOUNDS = (("ge", "of at least"), ("gt", "above"), ("le", "up to"), ("lt", "below"))


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A table of a file: named fields and no others. It is checked when it is read, not when it is made.

    Its `__post_init__` says, by a ValueError, what fields that are right each for itself get wrong together.
    """


AnyTable = TypeVar("AnyTable", bound=Table)


class TableError(ValueError):
    """A table that can't be used; its text is one line: which key, what would be right, what was found."""


def read_table(kind: type[AnyTable], given: object) -> AnyTable:
    """Make the table that was meant. Raises `TableError`."""
    try:
        read: AnyTable = _read(kind, given)
    except msgspec.ValidationError as error:
        raise TableError(harmless(next(_problems(kind, given, ""), str(error)))) from None
    return read


def name_of(table: Table) -> str:
    """Give the word by which a table that is one of several kinds names its own."""
    return _tag(type(table))


def plain(table: Table) -> dict[str, Any]:
    """Give a table as it would be written, without what goes without saying."""
    written: dict[str, Any] = msgspec.to_builtins(table)
    return written


def changed(table: AnyTable, **values: Any) -> AnyTable:
    """Give a table with other values in some fields."""
    return msgspec.structs.replace(table, **values)


def amend(table: Table, name: str, value: object) -> None:
    """Put what was meant into a field of a table that is being made, from its `__post_init__`."""
    msgspec.structs.force_setattr(table, name, value)


def _read(kind: Any, given: object) -> Any:
    return msgspec.convert(given, kind, builtin_types=(date, datetime, time), dec_hook=_path)


def _path(kind: type, given: object) -> object:
    """Make what msgspec knows nothing of; of the fields that tables have, only paths."""
    if isinstance(given, str):
        return kind(given)
    raise ValueError(f"should be {_right(kind)}")


def _problems(kind: Any, given: object, place: str) -> Iterator[str]:
    """Say what is wrong, in the order of the file: where, what would be right, what was found."""
    kinds = _alternatives(kind)
    if isinstance(kinds[0], msgspec.StructMeta):
        yield from _in_table(kinds, given, place)
    elif get_origin(kinds[0]) is dict and isinstance(given, dict):
        names, values = get_args(kinds[0])
        for name, value in given.items():
            yield from _problems(names, name, _within(place, name))
            yield from _problems(values, value, _within(place, name))
    elif get_origin(kinds[0]) is tuple and isinstance(given, list):
        for number, value in enumerate(given):
            yield from _problems(get_args(kinds[0])[0], value, _within(place, str(number)))
    else:
        yield from _refused(kind, given, f"{_named(place)}: should be {_one_of(map(_right, kinds))}", place)


def _in_table(kinds: Sequence[type[Table]], given: object, place: str) -> Iterator[str]:
    if not isinstance(given, dict):
        yield f"{_named(place)}: should be a table{_found(given, place)}"
        return
    tag_field = kinds[0].__struct_config__.tag_field
    if tag_field:
        tag = given.get(tag_field)
        kinds, known = [kind for kind in kinds if _tag(kind) == tag], kinds
        if not kinds:
            right = _one_of(repr(_tag(kind)) for kind in known)
            yield f"{_within(place, tag_field)}: should be {right}{_found(tag, place)}"
            return
    yield from _in_fields(
        kinds[0], {name: value for name, value in given.items() if name != tag_field}, place
    )
    yield from _refused(kinds[0], given, "", place)


def _in_fields(kind: type[Table], given: Mapping[str, object], place: str) -> Iterator[str]:
    fields = {one.encode_name: one for one in msgspec.structs.fields(kind)}
    for name, value in given.items():
        if name in fields:
            yield from _problems(fields[name].type, value, _within(place, name))
        else:
            yield f"{_within(place, name)}: {_no_such_key(name, fields)}"
    for name, one in fields.items():
        if one.required and name not in given:
            yield f"{_within(place, name)}: is missing"


def _no_such_key(name: str, known: Iterable[str]) -> str:
    # To import it takes as long as reading a configuration that is right.
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    told = f"did you mean {near[0]}" if near else "the file that `mgtui init` writes has all there are"
    return f"there is no such key; {told}"


def _refused(kind: Any, given: object, why: str, place: str) -> Iterator[str]:
    """Say that a value is refused: for the reason given, or in the table's own words."""
    try:
        _read(kind, given)
    except msgspec.ValidationError as error:
        yield f"{why}{_found(given, place)}" if why else f"{_named(place)}: {error}"


def _found(given: object, place: str) -> str:
    if given is None or isinstance(given, dict | list) or any(word in place for word in SECRETS):
        return ""
    return f" (found {given!r:.{LONGEST_SHOWN}})"


def _right(kind: Any) -> str:
    """Say in words what a value should be."""
    if get_origin(kind) is Annotated:
        of, limits = get_args(kind)
        bounds = [(words, getattr(limits, name)) for name, words in BOUNDS]
        told = " and ".join(f"{words} {bound:g}" for words, bound in bounds if bound is not None)
        return limits.description or f"{_right(of)} {told}".rstrip()
    if get_origin(kind) is Literal:
        return _one_of(map(repr, get_args(kind)))
    if get_origin(kind) is tuple:
        return "a list"
    return WORDS.get(kind, "a table" if get_origin(kind) is dict else "a path")


def _alternatives(kind: Any) -> Sequence[Any]:
    """Give what a value may be; None is what stands where nothing was written."""
    if get_origin(kind) in (Union, UnionType):
        return [one for one in get_args(kind) if one is not NoneType]
    return [kind]


def _tag(kind: type[Table]) -> str:
    return str(kind.__struct_config__.tag)


def _within(place: str, name: object) -> str:
    return f"{place}.{name}" if place else str(name)


def _named(place: str) -> str:
    return place or "top level"


def _one_of(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
