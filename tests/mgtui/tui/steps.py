"""What tests of the screens have in common: an app under Pilot, and waiting for what it shows."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from mgtui.application import Application
from mgtui.tui.app import MgtuiApp

SIZE = (80, 24)


def shown(app: MgtuiApp) -> str:
    """Give the text that stands on the screen."""
    size = app.size
    strips = app.screen._compositor.render_strips(size)
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def until(app: MgtuiApp, seen: str | Callable[[str], bool], seconds: float = 10.0) -> str:
    """Let the program work until a text stands on the screen, or a question about it is answered yes."""
    fits = (lambda text: seen in text) if isinstance(seen, str) else seen
    end = time.monotonic() + seconds
    while not fits(text := shown(app)):
        assert time.monotonic() < end, f"waited in vain for {seen!r}; on the screen:\n{text}"
        await asyncio.sleep(0.01)
    return text


@asynccontextmanager
async def screens(
    office: Application, first: str = "", size: tuple[int, int] = SIZE
) -> AsyncIterator[tuple[MgtuiApp, Pilot[None]]]:
    """Run the screens without a terminal."""
    app = MgtuiApp(office, (), first)
    async with app.run_test(size=size) as pilot:
        yield app, pilot
