"""The program on the terminal: screens on number keys over one `Application`. Thin on purpose."""

import asyncio
import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.driver import Driver
from textual.events import Event, Resize
from textual.events import Key as KeyPressed
from textual.message import Message
from textual.screen import Screen

from eventstore import Recorded
from mgtui.application import Application
from mgtui.faults import fault_in_words
from mgtui.language import _, counted
from mgtui.settings import Settings
from mgtui.tui.background import in_background
from mgtui.tui.follower import Follower
from mgtui.tui.frame import Hears, OfficeScreen
from mgtui.tui.garbage import Garbage
from mgtui.tui.inked import Inked
from mgtui.tui.keys import DEFAULT, EVERYWHERE, Keymap, bindings, with_common
from mgtui.tui.memory import Memory
from mgtui.tui.paint import Ink, plain
from mgtui.tui.safety import filters_for_terminal
from mgtui.tui.telling import is_failing
from mgtui.tui.themes import INKS, THEMES

if TYPE_CHECKING:
    from mgtui.grabber import Service
    from mgtui.questions import Row


READY = 0.3  #: seconds after the start until what acts take is made
REMEMBER = 5.0  #: seconds between two looks at whether there is something new to remember
LONG_NAMES = 20  #: characters of names from which they are only counted
ASKING = 3  #: threads that ask at once; each keeps a connection with its cache
HIGH = 20  #: rows from which dialogs need no more than they want
WIDE = 120  #: columns from which a list has its details beside it


class News(Message):
    """Events were appended, by this process or another."""

    def __init__(self, events: list[Recorded], head: int, passed: int) -> None:
        super().__init__()
        self.events, self.head, self.passed = events, head, passed


def live() -> Screen[None]:
    """Make the screen of events; like the others, imported when first shown."""
    from mgtui.tui.live import LiveScreen

    return LiveScreen()


def queue() -> Screen[None]:
    """Make the screen of bounces that need a person."""
    from mgtui.tui.reviews import QueueScreen

    return QueueScreen()


def imports() -> Screen[None]:
    """Make the screen of letters without a contact."""
    from mgtui.tui.reviews import ImportsScreen

    return ImportsScreen()


def contacts() -> Screen[None]:
    """Make the screen of contacts."""
    from mgtui.tui.contacts import ContactsScreen

    return ContactsScreen()


def mailboxes() -> Screen[None]:
    """Make the screen of mailboxes."""
    from mgtui.tui.mailboxes import MailboxesScreen

    return MailboxesScreen()


def rules() -> Screen[None]:
    """Make the screen of rules."""
    from mgtui.tui.rules import RulesScreen

    return RulesScreen()


def reports() -> Screen[None]:
    """Make the screen of figures."""
    from mgtui.tui.reports import ReportsScreen

    return ReportsScreen()


def log() -> Screen[None]:
    """Make the screen of the whole log."""
    from mgtui.tui.log import LogScreen

    return LogScreen()


def chosen_keys(settings: Settings) -> Keymap:
    """Give the keys that the configuration chooses; they are looked at only where it does."""
    if not settings.config.keys:
        return DEFAULT
    from mgtui.tui.keymap import keymap_of

    return keymap_of(settings)


class MgtuiApp(App[None]):
    """Shows what `Application` answers and sends it commands."""

    TITLE = "mgtui"
    ENABLE_COMMAND_PALETTE = False  # ours speaks the reader's language
    CSS = """
    .split { layout: vertical; height: 1fr; }
    .split > .first { height: 2fr; }
    .split > .second { height: 3fr; }
    .-wide .split { layout: horizontal; }
    .-wide .split > .first { width: 11fr; height: 1fr; }
    .-wide .split > .second { width: 9fr; height: 1fr; border-left: vkey $panel; }
    """
    MODES: ClassVar[dict[str, str | Callable[[], Screen[None]]]] = {
        "live": live,
        "queue": queue,
        "imports": imports,
        "contacts": contacts,
        "mailboxes": mailboxes,
        "rules": rules,
        "reports": reports,
        "log": log,
    }
    DEFAULT_MODE = "live"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(EVERYWHERE)]

    def __init__(self, office: Application, services: Sequence["Service"] = (), first: str = "") -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (HIGH, "-high")]
        self.office, self.services = office, services
        self.keymap = chosen_keys(office.settings)
        self.set_keymap(dict(self.keymap.keys))
        operator = re.sub(r"[^A-Za-z0-9]+", "-", office.operator).strip("-")
        self.memory = Memory(office.settings.data / f"screens-{operator}.json")
        remembered = self.memory.of("app")
        self.first = first or str(remembered.get("screen", self.DEFAULT_MODE))
        self.counts: dict[str, int] = {}
        self.grabbers: list[Row] = []
        self.head = office.store.head()
        self._follower = Follower(office.store, self.head, self._hear, self._trouble)
        self.garbage = Garbage()
        self._filters += filters_for_terminal()
        self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        worn = str(remembered.get("theme", ""))
        self._put_on(worn if worn in self.available_themes else THEMES[0].name)

    def get_driver_class(self) -> type[Driver]:
        """Take our own driver where Textual would take its one for POSIX terminals."""
        from textual.drivers.linux_driver import LinuxDriver

        from mgtui.tui.driver import SparingDriver

        usual = super().get_driver_class()
        return SparingDriver if usual is LinuxDriver else usual

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give colours of our inks to themes that know none."""
        return INKS

    def on_load(self) -> None:
        """Take on the styles of the program before a widget is drawn: letters have their colour from there."""
        self.stylesheet.apply(self)

    def on_mount(self) -> None:
        """Open the first screen, and begin to follow the log."""
        if self.first != self.DEFAULT_MODE and self.first in self.MODES:
            self.switch_mode(self.first)
        self.call_after_refresh(self.garbage.begin)
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(ASKING, "asking"))
        self.app_resume_signal.subscribe(self, lambda _: self.action_redraw())
        self._recount()
        self.set_timer(READY, self._make_ready)
        self.set_interval(REMEMBER, self._remember)
        self._follower.start()

    def _make_ready(self) -> None:
        """Have what acts take made once the screen stands, so that the first act doesn't wait for it."""
        in_background(self, "acting", lambda: self.office.acting, lambda _: self.garbage.settle())

    def on_unmount(self) -> None:
        """Stop following."""
        self._follower.stop()
        self._note()
        self.memory.write()

    def _note(self) -> None:
        self.memory.keep("app", screen=self.current_mode, theme=self.theme)

    def _remember(self) -> None:
        """Write what the screens remember: a lost connection ends the program without a word."""
        self._note()
        in_background(self, "memory", self.memory.write, lambda _: None)

    # news

    def _hear(self, events: list[Recorded], head: int, passed: int) -> None:
        self.post_message(News(events, head, passed))

    def _trouble(self, text: str) -> None:
        self.call_from_thread(self.say, fault_in_words(text), "bad")

    def on_news(self, news: News) -> None:
        """Tell the screen that is shown, and those above it."""
        self.head = news.head
        self.garbage.stir()
        for screen in self.screen_stack:
            if isinstance(screen, Hears) and screen.is_mounted:
                screen.news(news.events)
        if not self._recounting:
            self._recounting = True
            self.set_timer(0.25, self._recount)

    _recounting = False

    def _recount(self) -> None:
        self._recounting = False
        ask = self.office.ask
        in_background(self, "counts", lambda: (ask.open_counts(), ask.balance()), self._counted)

    def _counted(self, found: tuple[dict[str, int], list["Row"]]) -> None:
        if found == (self.counts, self.grabbers):
            return
        self.counts, self.grabbers = found
        for screen in self.screen_stack:
            if isinstance(screen, OfficeScreen) and screen.is_mounted:
                screen.counts_changed()

    @property
    def grabbers_in_a_word(self) -> tuple[str, Ink]:
        """How the mailboxes do, for the top bar: a sign, a word, a colour; the sign alone says it, too."""
        if not self.grabbers:
            return _("no mailbox read yet"), "dim"
        failing = [row["grabber"] for row in self.grabbers if is_failing(row)]
        if failing:
            return "✗ " + _("{names} failing").format(names=", ".join(failing)), "bad"
        names = ", ".join(row["grabber"] for row in self.grabbers)
        if len(names) >= LONG_NAMES:
            names = counted(len(self.grabbers), "{} mailbox", "{} mailboxes")
        return f"✓ {names}", "good"

    # notices and keys

    def say(self, text: str, ink: Ink = "") -> None:
        """Show a notice on the screen that is shown, until the next key."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, OfficeScreen):
                screen.say(text, ink)
                return

    async def on_event(self, event: Event) -> None:
        """Take a notice away once another key is pressed, then go on as ever."""
        if isinstance(event, Resize):
            self._send_all(event.size.width, event.size.height)
        if isinstance(event, KeyPressed) and not event.is_forwarded:
            self.garbage.stir()
            for screen in self.screen_stack:
                if isinstance(screen, OfficeScreen):
                    screen.hush()
            # Textual hands a key to the widget in focus, which looks for its binding in its own time; keys that
            # come in one packet would then all go to the screen of before. Ours are acted on one by one.
            ours = self.focused is None or isinstance(self.focused, Inked)
            if ours and await self._check_bindings(event.key):
                return
        await super().on_event(event)

    def _send_all(self, width: int, height: int) -> None:
        from mgtui.tui.driver import Sparing

        if isinstance(self._driver, Sparing):
            self._driver.resized(width, height)

    def action_redraw(self) -> None:
        """Draw everything anew, for a terminal that something else has written on."""
        self._send_all(*self.size)
        self.screen.refresh()

    async def action_switch_mode(self, mode: str) -> None:
        """Go to a numbered screen, and be there when this returns."""
        left = self.screen
        await self.switch_mode(mode)
        if left is not self.screen and isinstance(left, OfficeScreen):
            left.forget_drawn()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Give the command palette what the keys of the screen do, and the themes."""
        for key in with_common(getattr(screen, "KEYS", ()), self.keymap):
            if key.id != "app.palette":
                told = _("key {key}").format(key=key.shown)
                does = f"{_(key.word)}: {_(key.help)}" if key.word else _(key.help)
                yield SystemCommand(does, told, partial(self.run_action, key.action, screen))
        for theme in THEMES:
            name = _("colours: {theme}").format(theme=theme.name)
            yield SystemCommand(name, _("from now on"), partial(self.wear, theme.name))

    async def action_palette(self) -> None:
        """Let a command be chosen by name."""
        from mgtui.tui.palette import Palette

        def run(command: SystemCommand | None) -> None:
            if command is not None:
                self.call_next(command.callback)

        commands = [*self.get_system_commands(self.screen)]
        await self.push_screen(Palette(commands), run)

    def _put_on(self, theme: str) -> None:
        """Wear a theme from the start: set as later on, Textual would work out all styles once more for it."""
        self.set_reactive(MgtuiApp.theme, theme)
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def wear(self, theme: str) -> None:
        """Change the colours."""
        self.theme = theme

    # what several screens open

    async def show_card(self, subject: str, category: str) -> None:
        """Open the decision card of a mail or a contact."""
        from mgtui.tui.card import CardScreen

        await self.push_screen(CardScreen(subject, category))

    async def show_raw(self, mail_id: str, headers_only: bool = False) -> None:
        """Open a mail as it came."""
        from mgtui.tui.raw import RawScreen

        await self.push_screen(RawScreen(mail_id, headers_only))

    def copy(self, text: str) -> None:
        """Copy a text to the clipboard of whoever sits at the terminal, by OSC 52."""
        self.copy_to_clipboard(plain(text))
        self.say(_("copied: {text}").format(text=text), "good")

    async def action_help(self) -> None:
        """Show the keys of this screen."""
        from mgtui.tui.help import HelpScreen

        await self.push_screen(HelpScreen(self.screen, self.keymap))
