"""When garbage is looked for: a full look takes ten milliseconds and more, which would be felt at a key.

The collector goes on with its quick looks at what is young. The full one is left to moments in which nobody
presses a key, and comes by itself only where there are none of these for long.
"""

import gc
import time
from dataclasses import dataclass, field

LOOK_EVERY = 1.0  #: seconds
QUIET = 0.4  #: seconds after a key before a moment counts as idle
WORTH = 3  #: middle looks since the last full one from which another is worth it; some two keys each
MOST = 10


@dataclass(slots=True)
class Garbage:
    """Collects garbage in idle moments."""

    pressed: float = field(default=0.0, init=False)  #: when a key came last, by the monotonic clock
    begun: bool = field(default=False, init=False)

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

    def key(self) -> None:
        """Note that a key was pressed."""
        self.pressed = time.monotonic()

    def look(self) -> None:
        """Collect, if the moment is idle and there may be something."""
        if time.monotonic() - self.pressed >= QUIET and gc.get_count()[2] >= WORTH:
            gc.collect()
