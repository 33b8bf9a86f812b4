"""The office as it stood right after an event of the log: to look at, never to act on."""

import threading
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, TypeVar

from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from mgtui.language import N_, _, figures
from mgtui.lookback import LookBack
from mgtui.moments import moment
from mgtui.tui.background import in_background
from mgtui.tui.frame import OfficeScreen, Title
from mgtui.tui.keys import Key, bindings
from mgtui.tui.paint import Ink, Line
from mgtui.tui.pane import Layout, Pane
from mgtui.tui.past_views import overview, views
from mgtui.tui.window import WindowList

Answer = TypeVar("Answer")


def nothing(_width: int) -> Sequence[Line]:
    """Lay out what a past says that has gone."""
    return ()


class PastScreen(OfficeScreen):
    """Queue, import list, contacts and counts as of a position; framed, so that nobody takes it for today."""

    KEYS: ClassVar[Sequence[Key]] = (
        Key(
            "past.back",
            "escape,backspace,q",
            "back",
            N_("back to today"),
            N_("back to the log, and to today"),
        ),
        Key("past.overview", "1", "view(0)", N_("counts"), N_("what could be counted, then and now")),
        Key("past.queue", "2", "view(1)", N_("queue"), N_("bounces that needed a person then")),
        Key("past.imports", "3", "view(2)", N_("imports"), N_("letters that waited for a contact then")),
        Key("past.contacts", "4", "view(3)", N_("contacts"), N_("contacts as they were then")),
        Key("past.search", "slash", "search", N_("search"), N_("show only rows with this text")),
        Key("past.earlier", "left_square_bracket,h,left", "step(-1)", N_("earlier"), N_("one event earlier")),
        Key("past.later", "right_square_bracket,l,right", "step(1)", N_("later"), N_("one event later")),
        Key("past.more", "J", "scroll_details(3)", "", N_("details down")),
        Key("past.less", "K", "scroll_details(-3)", "", N_("details up")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEYS)]
    CSS = """
    PastScreen .split { border: heavy $warning; }
    """

    def __init__(self, position: int) -> None:
        super().__init__()
        self._position, self._text = position, ""
        self._look: LookBack | None = None
        self._lock = threading.Lock()

    def body(self) -> Sequence[Widget]:
        """Give the list and the row at hand."""
        self._views = (overview(self.office), *views())
        self._view = self._views[0]
        self._title, self._about = Title(), Title()
        self._list = WindowList(
            self._fetch, lambda row, width: self._view.draw(row, width), lambda row: self._view.key(row)
        )
        self._pane = Pane(can_focus=False)
        first = Container(self._title, self._list, classes="first")
        return (Container(first, Container(self._about, self._pane, classes="second"), classes="split"),)

    def on_mount(self) -> None:
        """Fold the log up to the position, and show what it says."""
        self.set_focus(self._list)
        self._retitle(_("looking back …"))
        self._go(self._position)

    def on_unmount(self) -> None:
        """Let the past go, once nobody asks it any more."""
        threading.Thread(target=self._close, name="past", daemon=True).start()

    def _close(self) -> None:
        with self._lock:
            if self._look is not None:
                self._look.close()
            self._look = None

    def _go(self, position: int) -> None:
        def go() -> int:
            with self._lock:
                if not self.is_attached:
                    return position
                if self._look is None:
                    self._look = self.office.as_of(position)
                else:
                    self._look.go_to(position)
            return position

        in_background(self, "go", go, self._went)

    def _went(self, position: int) -> None:
        self._position = position
        self._list.empty = _("there was nothing")
        self._list.load()
        in_background(self, "when", lambda: self._asked(lambda look: look.moment, None), self._say_when)

    def _say_when(self, when: Any) -> None:
        self._retitle(moment(when))

    def _retitle(self, when: str) -> None:
        left: list[tuple[str, Ink]] = [(f"◂ {_('AS IT WAS')}", "warn"), (f"  {_(self._view.name)}", "strong")]
        if self._text:
            left.append((f"  {_('filter: {text}').format(text=self._text)}", "accent"))
        self._when = when
        self._title.say(tuple(left), f"#{figures(self._position)}, {when}")

    def _asked(self, question: Callable[[LookBack], Answer], otherwise: Answer) -> Answer:
        with self._lock:
            return question(self._look) if self._look is not None else otherwise

    def _fetch(self, anchor: Any, backwards: bool, limit: int) -> list[Any]:
        view, text = self._view, self._text
        return self._asked(lambda look: view.page(look, text, anchor, backwards, limit), [])

    def on_listing_moved(self) -> None:
        """Tell the row under the cursor, as it was."""
        row, view = self._list.current, self._view
        if row is None:
            self._about.say(())
            self._pane.show(nothing)
            return
        gone: Layout = nothing
        in_background(self, "told", lambda: self._asked(lambda look: view.tell(look, row), gone), self._tell)

    def _tell(self, layout: Layout) -> None:
        left: Line = ((_("read only"), "warn"),)
        self._about.say(left)
        self._pane.show(layout)

    def action_view(self, number: int) -> None:
        """Show another list."""
        self._view, self._text = self._views[number], ""
        self._list.rows = ()
        self._retitle(self._when)
        self._list.load()

    def action_step(self, by: int) -> None:
        """Go an event back or on."""
        position = self._position + by
        if 1 <= position <= self.screens.head:
            self._go(position)

    async def action_search(self) -> None:
        """Ask for a text."""
        await self.ask_filter(self._text, self._narrow, self._list)

    def _narrow(self, text: str) -> None:
        self._text = text.strip()
        self._list.load()
        self._retitle(self._when)

    def action_scroll_details(self, by: int) -> None:
        """Move the details."""
        self._pane.action_scroll_by(by)

    def action_back(self) -> None:
        """Go back to today."""
        self.dismiss()
