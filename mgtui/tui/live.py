"""Live: events as they come."""

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from textual.binding import BindingType
from textual.widget import Widget

from eventstore import Recorded
from mgtui.eventfilter import NOTHING, Face, face_of, filter_of
from mgtui.language import N_, _, counted, figures
from mgtui.moments import clock
from mgtui.story import words_of
from mgtui.tui.background import in_background
from mgtui.tui.frame import OfficeScreen, Title
from mgtui.tui.keys import Key, bindings
from mgtui.tui.listing import Listing
from mgtui.tui.paint import Ink, Line
from mgtui.tui.telling import SIGNS, columns

RING = 1000  #: events held in memory
SPARE = 250  #: events let go at once when the ring is full
AT_START = 300  #: events of the past that are shown at first


class Told(NamedTuple):
    """An event as it is shown."""

    position: int
    at: str
    type: str
    sign: str
    ink: Ink
    subject: str  #: what the event is about: the id of a mail or a contact, or a grabber's name
    stream: str
    actor: str
    text: str
    face: Face


def told(recorded: Recorded) -> Told:
    """Put an event into words."""
    sign, ink = SIGNS.get(recorded.type, ("·", ""))
    text = words_of(recorded)
    subject = recorded.stream.partition("-")[2]
    when = clock(recorded.recorded_at)
    return Told(
        recorded.position,
        when,
        recorded.type,
        sign,
        ink,
        subject,
        recorded.stream,
        recorded.actor,
        text,
        face_of(recorded, text),
    )


def draw(event: Told, width: int) -> Line:
    """Lay out one event."""
    wide = width >= 110
    fixed = 9 + 2 + 19 + (9 if wide else 8)
    return columns(
        (event.at, 8, "dim"),
        (event.sign, 1, event.ink),
        (event.type, 18, event.ink),
        (event.subject[:7], 8 if wide else 7, "dim"),
        (event.text, width - fixed - 1, "dim" if event.ink == "dim" else ""),
    )


class EventList(Listing):
    """A list that grows at its end. Following, it moves on by half a page, so that lines stand still."""

    def grow(self, rows: list[Any], dropped: int, follow: bool) -> None:
        """Show more rows behind those there are; `dropped` of the oldest are gone."""
        was_empty = not self.rows
        before = len(self.rows) - dropped
        self.rows = rows
        self.cursor = max(0, self.cursor - dropped)
        top = self.top = max(0, self.top - dropped)
        height = max(self.size.height, 1)
        if not follow:
            self.refresh()
            return
        old, self.cursor = self.cursor, max(len(rows) - 1, 0)
        if self.cursor >= self.top + height:
            self.top = max(0, self.cursor - (height - 1 if was_empty else height // 2))
        if self.top != top or dropped or was_empty or before < 0:
            self.refresh()
        else:
            self.paint_rows(old, *range(before, len(rows)))


class LiveScreen(OfficeScreen):
    """Follows the log while it is shown; away from it nothing is drawn."""

    KEYS: ClassVar[Sequence[Key]] = (
        Key(
            "live.card",
            "enter",
            "card",
            N_("why"),
            N_("the decision card of the mail or contact of this event"),
        ),
        Key("live.pause", "space", "pause", N_("pause"), N_("stand still, or follow again")),
        Key(
            "live.filter",
            "slash",
            "filter",
            N_("filter"),
            N_("show only some: type:Bounce grabber:post stream:mail by:eva, or words"),
        ),
        Key("live.clear", "escape", "clear", "", N_("take the filter away and follow again")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEYS)]

    def __init__(self) -> None:
        super().__init__()
        self._ring: list[Told] = []
        self._wanted = NOTHING
        self._following = True
        self._unseen = 0
        self._counting = False

    def body(self) -> Sequence[Widget]:
        """Give the title and the list."""
        self._title = Title()
        self._list = EventList(draw, lambda event: event.position, _("no event yet"))
        return self._title, self._list

    def on_mount(self) -> None:
        """Show the newest events of the past."""
        self.set_focus(self._list)
        self._catch_up()

    def on_screen_resume(self) -> None:
        """Show what came while another screen was shown."""
        if self._ring:
            self._catch_up()

    def _catch_up(self) -> None:
        after = self._ring[-1].position if self._ring else 0

        def read() -> list[Told]:
            newest = self.office.ask.events(after=after, backwards=True, limit=AT_START)
            return [told(recorded) for recorded in newest][::-1]

        in_background(self, "past", read, self._add)

    def news(self, events: Sequence[Recorded]) -> None:
        """Take new events in."""
        self._add([told(recorded) for recorded in events])

    def _add(self, fresh: list[Told]) -> None:
        last = self._ring[-1].position if self._ring else 0
        fresh = [event for event in fresh if event.position > last]
        self._ring += fresh
        dropped = len(self._ring) - RING if len(self._ring) > RING + SPARE else 0
        if dropped > 0:
            del self._ring[:dropped]
        shown = [event for event in fresh if self._fits(event)]
        if not self._following:
            self._unseen += len(shown)
            self._retitle_soon()
            return
        if shown or not self._list.rows:
            rows = [*self._list.rows, *shown]
            surplus = max(0, len(rows) - RING)
            self._list.grow(rows[surplus:], surplus, self._list.cursor >= len(self._list.rows) - 1)
        self._retitle_soon()

    def _fits(self, event: Told) -> bool:
        return self._wanted.fits_face(event.face)

    def _retitle_soon(self) -> None:
        """Count on, once a second at most."""
        if not self._title.is_said:
            self._retitle()
        elif not self._counting:
            self._counting = True
            self.set_timer(1.0, self._retitle)

    def _retitle(self) -> None:
        self._counting = False
        left: list[tuple[str, Ink]] = [(_("Live"), "strong")]
        if self._wanted.text:
            left.append((f"  {_('filter: {text}').format(text=self._wanted.text)}", "accent"))
        if not self._following:
            left.append((f"  ‖ {_('paused, {number} new').format(number=figures(self._unseen))}", "warn"))
        self._title.say(tuple(left), counted(self.screens.head, "{} event", "{} events"))

    def action_pause(self) -> None:
        """Stand still, or follow again."""
        self._following = not self._following
        if self._following:
            self._show_ring()
        self._retitle()

    def _show_ring(self) -> None:
        self._unseen = 0
        rows = [event for event in self._ring if self._fits(event)]
        self._list.show(rows, len(rows), len(rows))

    async def action_filter(self) -> None:
        """Ask for words."""
        await self.ask_filter(self._wanted.text, self._narrow, self._list)

    def _narrow(self, text: str) -> None:
        self._wanted = filter_of(text)
        self._show_ring()
        self._retitle()

    def action_clear(self) -> None:
        """Show everything, and follow."""
        self._following = True
        self._narrow("")

    async def on_listing_chosen(self) -> None:
        """Open the card of the event."""
        event = self._list.current
        if event is not None:
            await self.screens.show_card(event.subject, event.stream.partition("-")[0])

    async def action_card(self) -> None:
        """Open the card of the event."""
        await self.on_listing_chosen()
