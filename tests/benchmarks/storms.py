"""300 random kills and 300 random cuts: nothing may be lost, nothing doubled."""

import time

from tests.mgtui.grabber import storm


def run() -> None:
    """Print how many there were; fails where a mail was lost or doubled."""
    begun = time.monotonic()
    kills, cuts = storm.run(300)
    print(f"{kills} kills and {cuts} cuts in {time.monotonic() - begun:.0f} s: nothing lost, nothing doubled")
