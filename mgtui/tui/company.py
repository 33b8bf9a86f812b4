"""Who else works on the items of a list, and telling the others where one is."""

from collections.abc import Callable
from datetime import UTC, datetime

from mgtui.language import _
from mgtui.moments import clock
from mgtui.presence import Working
from mgtui.tui.background import in_background
from mgtui.tui.dialog import Dialog
from mgtui.tui.frame import OfficeScreen

LOOK = 2.0  #: seconds between two looks at where the others are
SETTLED = 0.4  #: seconds on an item after which one is at it: who runs through the list is nowhere


class Company:
    """Looks while its screen is shown, and writes a small file when one settles on another item."""

    def __init__(
        self, screen: OfficeScreen, here: Callable[[], int | None], changed: Callable[[], None]
    ) -> None:
        self._screen, self._here, self._changed = screen, here, changed
        self._others: list[Working] = []
        self._waiting = False
        self._told: int | None = None

    def start(self) -> None:
        """Begin to look."""
        self._screen.set_interval(LOOK, self._look)
        self._look()

    def moved(self) -> None:
        """Note that the cursor moved; once it stands still the others are told."""
        if not self._waiting:
            self._waiting = True
            self._screen.set_timer(SETTLED, self._look)

    def names(self, item: int) -> str:
        """Name those who are at an item, "" for nobody."""
        return ", ".join(dict.fromkeys(one.name for one in self._others if one.item == item))

    def at_length(self, item: int) -> str:
        """Say who is at an item, and since when."""
        told = []
        for one in self._others:
            if one.item == item:
                doing = (
                    _("{who} works on it since {time}") if one.acting else _("{who} looks at it since {time}")
                )
                since = clock(datetime.fromtimestamp(one.since, UTC))[:5]
                told.append(doing.format(who=one.name, time=since))
        return ", ".join(told)

    def _look(self) -> None:
        self._waiting = False
        shown = self._screen in self._screen.app.screen_stack
        item = self._here() if shown else None
        if not shown and self._told is None:
            return
        self._told = item
        acting = shown and isinstance(self._screen.app.screen, Dialog)
        presence = self._screen.office.presence

        def look() -> list[Working]:
            presence.at(item, acting)
            return presence.others()

        in_background(self._screen, "company", look, self._saw)

    def _saw(self, others: list[Working]) -> None:
        if others != self._others:
            self._others = others
            self._changed()
