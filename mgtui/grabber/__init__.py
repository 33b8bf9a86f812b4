"""Takes mail in: fetch, store, decide, move, each step committed before the next.

`Grabber` is the state machine; its docstring has the order of commits in one place.
"""

from mgtui.grabber.activity import Activity, read_activity
from mgtui.grabber.grabber import Grabber, Progress
from mgtui.grabber.lease import Lease, LeaseTaken, holder, lease_file
from mgtui.grabber.places import Folders, Places, Round
from mgtui.grabber.preview import Foreseen, foresee
from mgtui.grabber.service import Paused, Report, Service, run_all

__all__ = [
    "Activity",
    "Folders",
    "Foreseen",
    "Grabber",
    "Lease",
    "LeaseTaken",
    "Paused",
    "Places",
    "Progress",
    "Report",
    "Round",
    "Service",
    "foresee",
    "holder",
    "lease_file",
    "read_activity",
    "run_all",
]
