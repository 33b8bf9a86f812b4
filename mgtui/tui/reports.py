"""Reports: figures of a span of days, each with its course, a chart of the one at hand, and what is behind it."""

import time
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from eventstore import Recorded
from mgtui.figures import SECTIONS, SPANS, WAITING, Figure
from mgtui.language import N_, _, counted
from mgtui.language import figures as number_of
from mgtui.moments import day as day_of
from mgtui.tui.background import in_background
from mgtui.tui.eventlist import Behind, EventsScreen
from mgtui.tui.frame import OfficeScreen, Title
from mgtui.tui.keys import Key, bindings
from mgtui.tui.listing import Listing
from mgtui.tui.paint import Line, field
from mgtui.tui.pane import Pane
from mgtui.tui.plots import chart, share, sparkline
from mgtui.tui.telling import columns, words

SOON = 1.0  #: seconds within which news become one look
SPARING = 20  #: figures that take long are asked for so many times less often
HEIGHT = 12  #: of a chart, at most


class ReportsScreen(OfficeScreen):
    """A line for each figure; the span by keys."""

    KEYS: ClassVar[Sequence[Key]] = (
        Key("reports.behind", "enter", "behind", N_("what is behind"), N_("the mails or events of a figure")),
        Key("reports.shorter", "h,left,minus", "span(-1)", N_("shorter"), N_("fewer days: 7, 30, 90, 365")),
        Key("reports.longer", "l,right,plus", "span(1)", N_("longer"), N_("more days: 7, 30, 90, 365")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEYS)]

    def body(self) -> Sequence[Widget]:
        """Give the list and the chart."""
        self._title, self._about = Title(), Title()
        self._days, self._stale, self._took = 30, False, 0.0
        self._wholes: dict[str, int] = {}
        self._list = Listing(
            self._draw, lambda figure: (figure.what, figure.name), _("nothing was counted yet")
        )
        self._pane = Pane(can_focus=False)
        figures = Container(self._title, self._list, classes="first")
        return (Container(figures, Container(self._about, self._pane, classes="second"), classes="split"),)

    def on_mount(self) -> None:
        """Ask for the figures."""
        self.set_focus(self._list)
        days = self.screens.memory.of("reports").get("days")
        self._days = days if days in SPANS else 30
        self._ask()

    def on_screen_resume(self) -> None:
        """See what changed while another screen was shown."""
        if self._list.rows:
            self._ask()

    def news(self, events: Sequence[Recorded]) -> None:
        """Count on, once a second at most."""
        if not self._stale:
            self._stale = True
            self.set_timer(max(SOON, SPARING * self._took), self._ask)

    def _ask(self) -> None:
        self._stale = False
        days, today = self._days, self.office.today()

        def ask() -> tuple[list[Figure], float]:
            began = time.perf_counter()
            return self.office.figures.all(days, today), time.perf_counter() - began

        in_background(self, "figures", ask, self._show)

    def _show(self, found: tuple[list[Figure], float]) -> None:
        figures, self._took = found
        self._wholes = {}
        for figure in figures:
            whole = self._wholes.get(figure.section, 0)
            self._wholes[figure.section] = max(whole, figure.number)
        here = self._list.current
        keys = [self._list.key(figure) for figure in figures]
        cursor = keys.index(self._list.key(here)) if here and self._list.key(here) in keys else 0
        self._list.show(figures, cursor)
        told = counted(self._days, "the last {} day", "the last {} days")
        self._title.say(((_("Reports"), "strong"), (f"  {told}", "accent")), self._spans())

    def _spans(self) -> str:
        return " ".join(f"[{days}]" if days == self._days else str(days) for days in SPANS)

    def _draw(self, figure: Figure, width: int) -> Line:
        rows = self._list.rows
        at = rows.index(figure)
        first = at == 0 or rows[at - 1].section != figure.section
        section = 20 if width < 100 else 22
        name = min(22, max(14, width // 4))
        rest = width - section - name - 13
        course = sparkline(figure.series, rest)
        if not figure.series:
            course = share(figure.number, self._wholes[figure.section], rest)
        return columns(
            (_(figure.section) if first else "", section, "strong"),
            (name_of(figure), name, ""),
            (f"{number_of(figure.number):>8}", 9, ""),
            (course, rest, "accent"),
        )

    def on_listing_moved(self) -> None:
        """Draw the chart of the figure under the cursor."""
        figure, today, office = self._list.current, self.office.today(), self.office
        if figure is None:
            return
        left: Line = ((_(figure.section), "strong"), (f"  {name_of(figure)}", "accent"))
        self._about.say(left, number_of(figure.number))
        height = self._pane.size.height

        def lines(width: int) -> list[Line]:
            if figure.series:
                return about(figure, today, width, min(max(height, 3), HEIGHT))
            return field("", meaning(figure, office.today()), width)

        self._pane.show(lines)

    def action_span(self, by: int) -> None:
        """Look at fewer or more days together."""
        at = min(max(SPANS.index(self._days) + by, 0), len(SPANS) - 1)
        self._days = SPANS[at]
        self.screens.memory.keep("reports", days=self._days)
        self._ask()

    async def action_behind(self) -> None:
        """List what is behind the figure."""
        await self.on_listing_chosen()

    async def on_listing_chosen(self) -> None:
        """List what is behind the figure."""
        figure = self._list.current
        if figure is None:
            return
        if figure.what in WAITING:
            await self.screens.action_switch_mode("queue" if figure.what == "bounces" else "imports")
            return
        figures, last = self.office.figures, self.office.today()
        first = last - timedelta(days=self._days - 1)
        behind: Behind = partial(figures.suppressing, figure.what, last)
        if figure.series:
            behind = partial(figures.behind, figure.what, figure.name, first, last)
        name = f"{_(figure.section)}: {name_of(figure)}"
        await self.app.push_screen(EventsScreen(name, number_of(figure.number), behind))


def name_of(figure: Figure) -> str:
    """Write the name of a figure as a person reads it; a domain or a mailbox stays as it is."""
    own = figure.what in ("domain", "fetched", "rule")
    return figure.name if own else words(figure.name) if _is_value(figure) else _(figure.name)


def _is_value(figure: Figure) -> bool:
    return figure.what in ("kind", "severity", "reason")


def about(figure: Figure, today: date, width: int, height: int) -> list[Line]:
    """Draw a figure's chart, with its greatest day in words."""
    series = figure.series
    lines = chart(series, today, width, height - 1)
    top = max(range(len(series)), key=lambda at: series[at])
    day = today - timedelta(days=len(series) - 1 - top)
    mean = number_of(sum(series) / len(series), 1)
    told = _("most on {day}: {number}; {mean} a day").format(
        day=day_of(day), number=number_of(series[top]), mean=mean
    )
    return [*lines, ((f"  {told}", "dim"),)]


def meaning(figure: Figure, today: date) -> str:
    """Say what a figure without a course counts."""
    if figure.what == "standing":
        return _("Addresses that get no mail today, {day}.").format(day=day_of(today))
    if figure.what == "ended":
        return _(
            "Suppressions that have run out: one mail may go to each, and the next bounce suppresses again."
        )
    assert figure.what in WAITING or figure.section in SECTIONS  # noqa: S101 - the sections are ours
    return _("Items that wait for a person, by the day they came. Enter leads there.")
