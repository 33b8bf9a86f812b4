"""The seam to Textual: what its screens write is understood, sent sparingly, and looks the same.

Relied upon of Textual 8.2: a driver gets one `write` for a frame (`App._display`), made of `CSI y;x H`, `CSI ... m`,
text and line ends (`LayoutUpdate` and `ChopsUpdate.render_segments`); a resize reaches `App.on_event`.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from textual import events
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.pilot import Pilot

from mgtui.tui.app import MgtuiApp
from mgtui.tui.driver import SparingDriver
from tests.mgtui.tui.offices import TestOffice
from tests.mgtui.tui.screens_twice import Twice
from tests.mgtui.tui.steps import until

SIZE = (90, 28)
Step = str | tuple[str, str]

#: keys, texts that are waited for, sizes
TOUR: tuple[Step, ...] = (
    *("2", ("seen", "answers"), "j", "j", "k", "G", "g", "space", "space", "escape"),
    *("enter", ("seen", "MailMoved"), "j", "escape", "e", ("seen", "◆ Diagnostic-Code"), "n", "l", "escape"),
    *("a", ("seen", "Dora Vogel"), "escape", "d", ("seen", "1-9"), "escape"),
    *("3", ("seen", "a.berg@berg.example"), "slash", "s", "h", "o", "p", "enter", "escape"),
    *(("size", "60x15"), "4", "j", ("seen", "k002"), ("size", "120x40"), "question_mark"),
    *(("seen", "everywhere"), "escape", "5", "1", ("seen", "MailMoved"), "ctrl+l"),
    *("colon", ("seen", "figures and plots"), "d", "r", "a", "w", "escape"),
)


class Recorder(Driver):
    """A terminal that is none: it draws what Textual writes, and what `ChangedCells` makes of it, side by side."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.both = Twice(*SIZE)
        self.frames = 0

    def write(self, data: str) -> None:
        """Draw, and compare."""
        self.both.write(data)
        self.frames += 1
        differences = self.both.differences()
        assert not differences, (differences[:3], data)

    def start_application_mode(self) -> None:
        """Say how large the terminal is."""
        size = Size(*SIZE)
        asyncio.get_running_loop().create_task(self._app._post_message(events.Resize(size, size)))

    def resized(self, width: int, height: int) -> None:
        """Take another size."""
        self.both.resize(width, height)

    def disable_input(self) -> None:
        """There is none."""

    def stop_application_mode(self) -> None:
        """There is nothing to restore."""


async def test_every_frame_of_the_screens_is_understood_and_looks_as_it_would_in_full(
    office: TestOffice,
) -> None:
    app = MgtuiApp(office.application, (), "live")
    app.driver_class = Recorder

    async def walk(pilot: Pilot[None]) -> None:
        await until(app, "MailMoved")
        for step in TOUR:
            match step:
                case ("seen", str(text)):
                    await until(app, text)
                case ("size", str(size)):
                    width, height = map(int, size.split("x"))
                    await pilot.resize_terminal(width, height)
                case str(key):
                    await pilot.press(key)
                    await pilot.pause()
        app.exit()

    await app.run_async(auto_pilot=walk, size=SIZE)
    driver = recorder_of(app)
    full, spared = driver.both.sizes
    assert driver.both.changed.misread == 0
    assert driver.frames > len(TOUR) / 2
    assert spared < full / 3


def recorder_of(app: MgtuiApp) -> Recorder:
    """Give the driver that ran."""
    assert isinstance(app._driver, Recorder)
    return app._driver


def test_the_screens_take_our_driver_where_textual_would_take_its_own(office: TestOffice) -> None:
    app = MgtuiApp(office.application)
    chosen: Callable[[], type[Driver]] = super(MgtuiApp, app).get_driver_class
    assert chosen() is LinuxDriver
    assert app.driver_class is SparingDriver
