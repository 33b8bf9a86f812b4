"""When garbage is looked for: a full look takes ten milliseconds and more, which would be felt at a key.

The collector goes on with its quick looks at what is young. The full one is left to moments in which nobody
presses a key, and comes by itself only where there are none of these for long.
"""

import asyncio
import gc
import time
from dataclasses import dataclass, field

from textual._styles_cache import StylesCache

QUIET = 0.12  #: seconds after a key, or after news, before a moment counts as idle
WORTH = 3  #: middle looks since the last full one from which another is worth it; some two keys each
MOST = 10
HELD = 150  #: styles that Textual remembers; those of all our screens are some hundred


@dataclass(slots=True)
class Garbage:
    """Collects garbage in idle moments."""

    stirred: float = field(default=0.0, init=False)  #: when something happened last, by the monotonic clock
    begun: bool = field(default=False, init=False)
    waiting: bool = field(default=False, init=False)  #: for the next idle moment

    def begin(self) -> None:
        """Let the collector work from now on, but only at what comes from now on, where the start held it off."""
        if gc.isenabled():
            return
        self.begun = True
        gc.freeze()
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, MOST)
        gc.enable()

    def settle(self) -> None:
        """Take what is there for lasting, too: what acts need was made."""
        if not self.begun:
            return
        gc.collect()
        gc.freeze()
        gc.collect()  # full looks are put off until there is a quarter more than the last one left

    def stir(self) -> None:
        """Note that something happens, a key or news; the idle moment after it is waited for."""
        self.stirred = time.monotonic()
        forget_closed()
        if not self.waiting:
            self._wait(QUIET)

    def _wait(self, seconds: float) -> None:
        self.waiting = True
        asyncio.get_running_loop().call_later(seconds, self.look)

    def look(self) -> None:
        """Collect, if the moment is idle and there may be something."""
        self.waiting = False
        early = self.stirred + QUIET - time.monotonic()
        if early > 0:
            self._wait(early)
        elif gc.get_count()[2] >= WORTH:
            gc.collect()


def forget_closed() -> None:
    """Let go of what widgets drew that are gone.

    QUIRK: Textual 8.2 remembers two styles for each of the last 1,024 pairs of a widget's cache and its colours, and
    with the cache all that the widget ever drew: 10 MB after some hundred cards.
    """
    if StylesCache.get_inner_outer.cache_info().currsize > HELD:
        StylesCache.get_inner_outer.cache_clear()
