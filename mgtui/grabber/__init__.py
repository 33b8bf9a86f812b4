"""Takes mail in: fetch, store, decide, move, each step committed before the next.

`Grabber` is the state machine; its docstring has the order of commits in one place.
"""

from mgtui.grabber.grabber import Grabber, Progress
from mgtui.grabber.lease import Lease, LeaseTaken, holder
from mgtui.grabber.places import Folders, Places, Round
from mgtui.grabber.preview import Foreseen, foresee
from mgtui.grabber.service import Report, Service, run_all

__all__ = [
    "Folders",
    "Foreseen",
    "Grabber",
    "Lease",
    "LeaseTaken",
    "Places",
    "Progress",
    "Report",
    "Round",
    "Service",
    "foresee",
    "holder",
    "run_all",
]
