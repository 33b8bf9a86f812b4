"""Takes mail in: fetch, store, decide, move, each step committed before the next.

`Grabber` is the state machine; its docstring has the order of commits in one place.
"""

from mgtui.grabber.grabber import Grabber, Progress
from mgtui.grabber.lease import Lease, LeaseTaken
from mgtui.grabber.places import Folders, Places, Round
from mgtui.grabber.service import Report, Service, run_all

__all__ = [
    "Folders",
    "Grabber",
    "Lease",
    "LeaseTaken",
    "Places",
    "Progress",
    "Report",
    "Round",
    "Service",
    "run_all",
]
