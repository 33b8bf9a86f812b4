"""The keys of the screens: one table that bindings, footer and help are made from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.binding import Binding

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
    def shown(self) -> str:
        """The first key as a person reads it."""
        return sign_of(self.keys.split(",")[0])


SIGNS = {
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "space": N_("space"),
    "escape": N_("esc"),
    "enter": N_("enter"),
    "asterisk": "*",
    "tab": "⇥",
}


def sign_of(key: str) -> str:
    """Write a key as people know it."""
    return _(SIGNS[key]) if key in SIGNS else key.replace("ctrl+", "^")


def bindings(keys: Iterable[Key]) -> list[Binding]:
    """Make Textual's bindings."""
    return [Binding(key.keys, key.action, key.help, show=False, id=key.id) for key in keys]


def hints(keys: Iterable[Key]) -> list[tuple[str, str]]:
    """Make the footer's hints."""
    return [(key.shown, _(key.word)) for key in keys if key.word]


def with_common(own: Sequence[Key]) -> tuple[Key, ...]:
    """Give a screen's own keys, then those of every screen that it doesn't use otherwise."""
    taken = {name for key in own for name in key.keys.split(",")}
    return (*own, *(key for key in EVERYWHERE if key.keys not in taken))


#: taking back, where one acts or sees what was done
UNDO = Key("own.undo", "u", "undo", N_("undo"), N_("take back your own last act; once more does it again"))

#: keys of every list
MOVING = (
    ("j k ↓ ↑", N_("down, up")),
    ("^f ^b PgDn PgUp", N_("a page down, up")),
    ("g G Home End", N_("first, last")),
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
    Key("app.palette", "colon", "app.command_palette", "", N_("every command by name")),
    Key("app.redraw", "ctrl+l", "app.redraw", "", N_("draw everything anew")),
    Key("app.suspend", "ctrl+z", "app.suspend_process", "", N_("back to the shell; `fg` returns")),
    Key("app.quit", "q", "app.quit", N_("quit"), N_("leave; nothing is lost")),
    Key("app.help", "question_mark", "app.help", N_("keys"), N_("this list")),
)
