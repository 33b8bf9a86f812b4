"""Stores and reads mails in a process of its own, so that two cores work on a full mailbox.

It is shown bytes and gives digests and what was read in them: it knows no server, no log and no password.
"""

from mgtui.apart.memory import PLACE, PLACES
from mgtui.apart.process import Apart, ProcessEnded
from mgtui.apart.starting import Start, reserve, spawned

__all__ = ["PLACE", "PLACES", "Apart", "ProcessEnded", "Start", "reserve", "spawned"]
