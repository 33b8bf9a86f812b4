"""Log: the whole of it, page by page; where an event came from, and whether the chain holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from eventstore import Commit, Recorded
from mgtui.eventfilter import filter_of
from mgtui.language import N_, _, counted
from mgtui.logbook import Logbook
from mgtui.tui.ahead import Ahead
from mgtui.tui.background import in_background
from mgtui.tui.eventlines import at_length, commit_lines, draw, title
from mgtui.tui.frame import OfficeScreen, Title
from mgtui.tui.keys import Key, bindings
from mgtui.tui.paint import Ink, Line
from mgtui.tui.pane import Pane
from mgtui.tui.window import WindowList

SOON = 0.25  #: seconds within which news become one look


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with the commit it came in with."""

    event: Recorded
    commit: Commit | None

    def lines(self, width: int) -> list[Line]:
        """Lay it out."""
        return at_length(self.event, width) + commit_lines(self.commit, width)


class LogScreen(OfficeScreen):
    """Every event, forwards and backwards from any place."""

    KEYS: ClassVar[Sequence[Key]] = (
        Key("log.card", "enter", "card", N_("why"), N_("the decision card of what the event is about")),
        Key(
            "log.filter",
            "slash",
            "filter",
            N_("filter"),
            N_("show only some: type:Bounce grabber:post stream:mail by:eva, or words"),
        ),
        Key("log.goto", "p", "goto", N_("go to"), N_("go to a position or a day")),
        Key("log.past", "t", "past", N_("as it was"), N_("how the office stood right after this event")),
        Key("log.cause", "c", "cause", N_("cause"), N_("go to the event that led to this one")),
        Key("log.next", "n", "same(1)", "", N_("the next event of this type")),
        Key("log.previous", "N", "same(-1)", "", N_("the one before of this type")),
        Key("log.stream", "s", "stream", "", N_("only events of this stream; once more: all again")),
        Key(
            "log.verify", "v", "verify", N_("verify"), N_("prove that no event was changed, from end to end")
        ),
        Key("log.copy", "y", "copy", "", N_("copy position and digest to your own clipboard (OSC 52)")),
        Key("log.clear", "escape", "clear", "", N_("take the filter away")),
        Key("log.more", "J", "scroll_details(3)", "", N_("details down")),
        Key("log.less", "K", "scroll_details(-3)", "", N_("details up")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEYS)]

    def body(self) -> Sequence[Widget]:
        """Give the list and the event at hand."""
        self._title, self._about = Title(), Title()
        self._wanted, self._broken_off, self._stale = filter_of(""), False, False
        self._here: int | None = None  #: position that was under the cursor last
        self._list = WindowList(self._fetch, draw, lambda event: event.position, _("no event fits"))
        self._pane = Pane(can_focus=False)
        self._ahead = Ahead(self, self._list, self._entry, self._show)
        events = Container(self._title, self._list, classes="first")
        return (Container(events, Container(self._about, self._pane, classes="second"), classes="split"),)

    @property
    def _book(self) -> Logbook:
        return Logbook(self.office.store)

    def on_mount(self) -> None:
        """Show the end of the log, or where one was."""
        self.set_focus(self._list)
        remembered = self.screens.memory.of("log")
        self._wanted = filter_of(str(remembered.get("filter", "")))
        position = remembered.get("position")
        if isinstance(position, int) and position < self.screens.head:
            self._list.load_at(position - 1)
        else:
            self._to_end()
        self._retitle()

    def _fetch(self, anchor: Any, backwards: bool, limit: int) -> list[Recorded]:
        page = self._book.page(self._wanted, anchor, backwards, limit)
        self._broken_off = page.broken_off
        return list(page.events)

    def news(self, events: Sequence[Recorded]) -> None:
        """Go on growing where the end is in sight."""
        self._retitle()
        in_sight = self._list.at_end and any(self._wanted.fits(event) for event in events)
        if in_sight and not self._stale:
            self._stale = True
            self.set_timer(SOON, self._grow)

    def _grow(self) -> None:
        """Show what came behind the last row; who stands on that goes on with it."""
        self._stale = False
        if self._list.cursor >= len(self._list.rows) - 1:
            self._to_end()
        else:
            self._list.fetch_on()

    def _to_end(self) -> None:
        self._list.at_end = False  # as far as is known
        self._list.action_last()

    def _retitle(self) -> None:
        left: list[tuple[str, Ink]] = [(_("Log"), "strong")]
        if self._wanted.text:
            left.append((f"  {_('filter: {text}').format(text=self._wanted.text)}", "accent"))
        if self._broken_off:
            left.append((f"  {_('more may fit further on: n, N')}", "warn"))
        self._title.say(tuple(left), counted(self.screens.head, "{} event", "{} events"))

    # the event at hand

    def _entry(self, event: Recorded) -> Entry:
        return Entry(event, self.office.store.commit_of(event.position))

    def on_listing_moved(self) -> None:
        """Tell the event under the cursor."""
        event = self._list.current
        self._retitle()
        if event is None:
            self._about.say(())
            self._pane.show(lambda _width: ())
            return
        self._here = event.position
        self.screens.memory.keep("log", position=event.position, filter=self._wanted.text)
        self._ahead.look()

    def _show(self, entry: Entry) -> None:
        self._about.say(title(entry.event))
        self._pane.show(entry.lines)

    def action_scroll_details(self, by: int) -> None:
        """Move the details."""
        self._pane.action_scroll_by(by)

    async def on_listing_chosen(self) -> None:
        """Open the card of what the event is about."""
        event = self._list.current
        if event is not None:
            await self.screens.show_card(event.stream.partition("-")[2], event.category)

    async def action_card(self) -> None:
        """Open the card of what the event is about."""
        await self.on_listing_chosen()

    def action_copy(self) -> None:
        """Copy what proves the event."""
        event = self._list.current
        if event is not None:
            self.screens.copy(f"{event.position} {event.digest}")

    # going about

    async def action_goto(self) -> None:
        """Ask where to."""
        from mgtui.tui.goto import GotoDialog

        def go(position: int | None) -> None:
            if position is not None:
                self._list.load_at(position - 1)

        await self.app.push_screen(GotoDialog(self._book), go)

    def action_cause(self) -> None:
        """Go to the event that led to this one."""
        event = self._list.current
        if event is None or event.cause is None:
            self.say(_("nothing is recorded as its cause"), "warn")
            return
        if self._wanted.text:
            self._narrow("", event.cause)
        else:
            self._list.load_at(event.cause - 1)

    def action_same(self, by: int) -> None:
        """Go to the next event of this type, or that fits the filter."""
        event = self._list.current
        if event is None:
            return
        wanted = self._wanted if self._wanted.text else filter_of(f"type:{event.type}")
        book = self._book

        def went(found: tuple[Recorded, ...]) -> None:
            if found:
                self._list.load_at(found[0].position - 1)
            else:
                self.say(_("no further one"), "warn")

        in_background(self, "same", lambda: book.page(wanted, event.position, by < 0, 1).events, went)

    def action_stream(self) -> None:
        """Show only the stream of the event, or all again."""
        event = self._list.current
        if event is not None:
            self._narrow("" if self._wanted.stream else f"stream:{event.stream}", event.position)

    async def action_filter(self) -> None:
        """Ask for a filter."""
        await self.ask_filter(self._wanted.text, self._narrow, self._list)

    def _narrow(self, text: str, at: int | None = None) -> None:
        position = at if at is not None else self._here
        self._wanted = filter_of(text)
        self.screens.memory.keep("log", filter=self._wanted.text)
        if position is None:
            self._to_end()
        else:
            self._list.load_at(position - 1)
        self._retitle()

    def action_clear(self) -> None:
        """Take the filter away."""
        if self._wanted.text:
            self._narrow("")

    # proof, and the past

    async def action_verify(self) -> None:
        """Prove the log."""
        from mgtui.tui.proving import VerifyDialog

        await self.app.push_screen(VerifyDialog(self.office))

    async def action_past(self) -> None:
        """Show how the office stood right after the event."""
        event = self._list.current
        if event is not None:
            from mgtui.tui.past import PastScreen

            await self.app.push_screen(PastScreen(event.position))
