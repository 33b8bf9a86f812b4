"""The keys that the configuration chooses, checked against every screen and dialog before one opens."""

import difflib
import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from textual.keys import Keys, _character_to_key

from mgtui.language import _
from mgtui.settings import Settings, SettingsError
from mgtui.tui.keys import DEFAULT, EVERYWHERE, MOVES, Key, Keymap, character_of, sign_of

MODIFIERS = ("ctrl", "alt", "shift", "super")
Kind = TypeVar("Kind")
NAMED = frozenset(key.value for key in Keys)


def keymap_of(settings: Settings) -> Keymap:
    """Give the keys that hold. Raises `SettingsError` for one that can't be pressed, or that does two things."""
    wanted = settings.config.keys
    if not wanted:
        return DEFAULT
    place = f"{settings.config_file}: keys"
    screens = all_screens()
    known = {key.id for keys in screens.values() for key in keys}
    found = {}
    for name, keys in wanted.items():
        if name not in known:
            raise SettingsError(f"{place}.{name}: {_('there is no such key')}; {_nearest(name, known)}")
        found[name] = ",".join(pressed(key, f"{place}.{name}") for key in keys)
    keymap = Keymap(found)
    for screen, own in screens.items():
        if clash := _clash(keymap, own):
            raise SettingsError(f"{place}: {clash} ({screen})")
    return keymap


def _nearest(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=3)
    if not close:
        return _("the file that `mgtui init` writes lists all")
    return _("did you mean {names}?").format(names=", ".join(close))


def all_screens() -> dict[str, tuple[Key, ...]]:
    """Name each screen and dialog with the keys that do something on it."""
    import mgtui.tui as room
    from mgtui.tui.dialog import Dialog
    from mgtui.tui.frame import OfficeScreen

    for module in pkgutil.iter_modules(room.__path__):
        importlib.import_module(f"{room.__name__}.{module.name}")
    screens = {_name(screen): (*screen.KEYS, *EVERYWHERE, *MOVES) for screen in _shown(OfficeScreen)}
    dialogs = {_name(dialog): tuple(dialog.KEYS) for dialog in _shown(Dialog)}
    return {**screens, **dialogs}


def _name(kind: type) -> str:
    name = kind.__name__
    dialog = name.endswith("Dialog")
    told = _("the dialog {name}") if dialog else _("the screen {name}")
    return told.format(name=name.removesuffix("Dialog").removesuffix("Screen"))


def _shown(kind: type[Kind]) -> list[type[Kind]]:
    """Give the screens of a kind that are shown, in the order of their names."""
    return sorted(_leaves(kind), key=lambda one: one.__name__)


def _leaves(kind: type[Kind]) -> Iterator[type[Kind]]:
    for heir in kind.__subclasses__():
        yield from _leaves(heir) if heir.__subclasses__() else (heir,)


def pressed(key: str, place: str) -> str:
    """Give Textual's name of a key as people write it. Raises `SettingsError` for what no keyboard sends."""
    *modifiers, last = key.replace("^", "ctrl+", 1).split("+") if len(key) > 1 else [key]
    name = _character_to_key(last) if len(last) == 1 else last
    pressed = "+".join([*modifiers, name])
    if not (name in NAMED or character_of(name)) or any(modifier not in MODIFIERS for modifier in modifiers):
        told = _(
            "there is no key {key}; write a character, or a name such as space, tab, f5, pagedown, ctrl+a"
        )
        raise SettingsError(f"{place}: {told.format(key=repr(key))}")
    return pressed


def _clash(keymap: Keymap, keys: Sequence[Key]) -> str:
    """Name a key that the configuration gives to what is done on a screen where it does something already."""
    holders: dict[str, tuple[str, bool]] = {}
    for usual, key in zip(keys, keymap.of(keys), strict=True):
        for name in key.names:
            chosen = name not in usual.names
            other, other_chosen = holders.setdefault(name, (key.id, chosen))
            if other != key.id and (chosen or other_chosen):
                told = _("{key} would be both {one} and {other}")
                return told.format(key=sign_of(name), one=other, other=key.id)
    return ""
