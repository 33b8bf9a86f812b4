"""The screens: they show what `Application` answers and send it commands. The only room that imports textual."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mgtui.application import Application
    from mgtui.grabber import Service


def run_screens(application: "Application", services: Sequence["Service"] = ()) -> None:
    """Open the screens; `services` are the grabbers that run in this process."""
    from mgtui.tui.app import MgtuiApp

    MgtuiApp(application, services).run()


__all__ = ["run_screens"]
