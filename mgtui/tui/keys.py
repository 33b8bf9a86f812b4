"""The keys of the screens: one table that bindings, footer and help are made from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from textual.binding import Binding
from textual.keys import key_to_character

from mgtui.language import N_, _


@dataclass(frozen=True, slots=True)
class Key:
    """A key, what it does on a screen, a word for the footer ("" leaves it out) and a line for the help."""

    id: str  #: `screen.act`, the name under which a configuration may give it another key
    keys: str  #: as Textual names them, with commas between
    action: str
    word: str
    help: str

    @property
    def names(self) -> tuple[str, ...]:
        """Each key as Textual names it."""
        return tuple(self.keys.split(","))

    @property
    def shown(self) -> str:
        """The first key as a person reads it."""
        return sign_of(self.names[0])

    @property
    def all_shown(self) -> str:
        """All its keys as a person reads them."""
        return " ".join(map(sign_of, self.names))


@dataclass(frozen=True, slots=True)
class Keymap:
    """Which keys the configuration gives to what (id -> keys); all else keeps its own."""

    keys: Mapping[str, str] = field(default_factory=dict)

    def of(self, keys: Iterable[Key]) -> tuple[Key, ...]:
        """Give keys as they are to be pressed."""
        return tuple(replace(key, keys=self.keys.get(key.id, key.keys)) for key in keys)

    def sign(self, id_: str, usual: str) -> str:
        """Write the first key that has to be pressed for something that usually has another."""
        return sign_of(self.keys.get(id_, usual).split(",")[0])


DEFAULT = Keymap()


SIGNS = {
    "space": N_("space"),
    "escape": N_("esc"),
    "enter": N_("enter"),
    "tab": "⇥",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pagedown": N_("PgDn"),
    "pageup": N_("PgUp"),
    "home": N_("Home"),
    "end": N_("End"),
}


#: keys that write a character Textual has a name of its own for
CHARACTERS = {"slash": "/", "backslash": "\\", "at": "@", "minus": "-", "plus": "+", "underscore": "_"}


def sign_of(key: str) -> str:
    """Write a key as people know it."""
    if key in SIGNS:
        return _(SIGNS[key])
    return character_of(key) or key.replace("ctrl+", "^")


def character_of(key: str) -> str:
    """Give the character that a key writes, "" for one that writes none."""
    char = CHARACTERS.get(key) or key_to_character(key) or ""
    return char if char.isprintable() else ""


def bindings(keys: Iterable[Key]) -> list[Binding]:
    """Make Textual's bindings."""
    return [Binding(key.keys, key.action, key.help, show=False, id=key.id) for key in keys]


def hints(keys: Iterable[Key]) -> list[tuple[str, str]]:
    """Make the footer's hints."""
    return [(key.shown, _(key.word)) for key in keys if key.word]


def with_common(own: Sequence[Key], keymap: Keymap = DEFAULT) -> tuple[Key, ...]:
    """Give a screen's own keys, then those of every screen that it doesn't use otherwise."""
    own = keymap.of(own)
    taken = {name for key in own for name in key.names}
    return (*own, *(key for key in keymap.of(EVERYWHERE) if not taken & set(key.names)))


def moves(step: str, page: str, first: str, last: str) -> list[Binding]:
    """Bind the keys of every list and text to the actions of one; `{}` stands for how far, or back."""
    actions = (step.format(1), step.format(-1), page.format(1), page.format(-1), first, last)
    return [
        Binding(key.keys, action, show=False, id=key.id) for key, action in zip(MOVES, actions, strict=True)
    ]


#: taking back, where one acts or sees what was done
UNDO = Key("own.undo", "u", "undo", N_("undo"), N_("take back your own last act; once more does it again"))

#: keys of every list and text
MOVES = (
    Key("move.down", "j,down", "", "", N_("down")),
    Key("move.up", "k,up", "", "", N_("up")),
    Key("move.page_down", "ctrl+f,pagedown", "", "", N_("a page down")),
    Key("move.page_up", "ctrl+b,pageup", "", "", N_("a page up")),
    Key("move.first", "g,home", "", "", N_("to the first")),
    Key("move.last", "G,end", "", "", N_("to the last")),
)
#: keys of every screen
EVERYWHERE = (
    Key("app.live", "1", "app.switch_mode('live')", "", N_("events as they come")),
    Key("app.queue", "2", "app.switch_mode('queue')", "", N_("bounces that need a person")),
    Key("app.imports", "3", "app.switch_mode('imports')", "", N_("letters that wait for a contact")),
    Key("app.contacts", "4", "app.switch_mode('contacts')", "", N_("contacts and their history")),
    Key("app.mailboxes", "5", "app.switch_mode('mailboxes')", "", N_("how each mailbox does")),
    Key("app.rules", "6", "app.switch_mode('rules')", "", N_("the rules in force, and what they did")),
    Key("app.reports", "7", "app.switch_mode('reports')", "", N_("figures and plots")),
    Key("app.log", "8", "app.switch_mode('log')", "", N_("the whole log, and how things stood then")),
    Key("app.palette", "colon", "app.palette", "", N_("every command by name")),
    Key("app.redraw", "ctrl+l", "app.redraw", "", N_("draw everything anew")),
    Key("app.suspend", "ctrl+z", "app.suspend_process", "", N_("back to the shell; `fg` returns")),
    Key("app.quit", "q", "app.quit", N_("quit"), N_("leave; nothing is lost")),
    Key("app.help", "question_mark", "app.help", N_("keys"), N_("the keys of this screen")),
)
